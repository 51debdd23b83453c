"""What was typed and not understood, in English: what was wrong, and what to do next."""

from typing import Final

from bot.wording.catalogues.en.common import CommonPhrases
from bot.wording.views import Code, Inline

_INPUT: Final = {
    "unknown_command": "I do not know {said}.",
    "unknown_word": "I do not know what {said} means here.",
    "unknown_option": "There is no option {said}.",
    "unknown_deck": "There is no deck {said}. See /quiz decks.",
    "several_decks": "More than one deck fits {said}. Say which; /quiz decks lists them.",
    "unknown_topic": "There is no topic {said}.",
    "no_options": "{said} is more than this command needs; it stands alone.",
    "too_long": "{said} is longer than a command can be. Say it in one short line.",
    "value_missing": "The option {said} needs a value after it.",
    "bad_mode": "{said} is no mode. There are everyone, first, teams and relaxed.",
    "bad_level": "{said} is no level. There are easy, medium and hard.",
    "bad_change": "{said} does not say how often an answer may be changed. Say until_close, once or never.",
    "bad_switch": "{said} is neither on nor off.",
    "bad_count": "{said} is no number of questions. Ask for {least} to {most}.",
    "bad_seconds": "{said} is no time for a question. Give {least} to {most} seconds.",
    "bad_lobby": "{said} is no time to join. Give {least} to {most} seconds, or wait.",
    "bad_pause": "{said} is no time between questions. Give {least} to {most} seconds, or wait.",
    "bad_teams": "{said} is no number of teams. Ask for {least} to {most}.",
    "unknown_daily": "I do not know what to do about {said}. There are set, show, now and off.",
    "bad_time": "{said} is no time of day. Say it as 9:00, 9 pm or 21:30.",
    "no_such_time": "No clock shows {said}. Say a time from 0:00 to 23:59, or 12 am to 11:59 pm.",
    "unknown_zone": "I know no zone or city {said}. Name a big city in your time zone.",
    "several_zones": "More than one zone fits {said}. Name a city in yours.",
    "zone_abbreviation": "{said} does not say whether clocks change in summer. Name a city in your zone.",
    "zone_offset": "{said} knows no summer time. Name a city in your zone.",
    "bad_weekdays": "{said} is no weekday. Say them as mon-fri, or as mon, wed and fri.",
    "several_weekdays": "{said} begins more than one weekday. Write a letter or two more.",
    "numbered_weekdays": "{said} could be counted from Sunday or from Monday. Say weekdays by name.",
    "bad_reveal": "{said} does not say when the answer comes. Say 8h for hours after the post, or 18:00.",
    "reveal_unclear": "{said} could be hours or a time of day. Say 8h for hours after the post, or 8:00.",
    "reveal_not_open": "{said} is no time that a question can be open. Give 1 to 168 hours.",
    "bad_mention": "{said} cannot be called with a question. Name one role, or none.",
    "bad_since": "{said} is no time of a leaderboard. There are day, week, month, season and all.",
    "bad_scope": "{said} has no leaderboard. There are channel, group and everywhere.",
    "bad_by": "{said} decides no place. There are points, accuracy and improvement.",
    "bad_page": "{said} is no page. Ask for {least} to {most}.",
    "several_topics": "More than one topic fits {said}. A leaderboard is about one of them.",
    "unknown_top": "I do not know what {said} means for a leaderboard.",
    "unknown_person": "Nobody called {said} has joined here. Name somebody who has.",
    "unknown_channel": "There is no channel {said} here. Use the name of one that there is.",
    "bad_schedule": "{said} is no name for a schedule. Use up to 30 letters and digits.",
    "bad_season": "{said} is too long for a season. Say the name of one, or season alone for the latest.",
    "unknown_setting": (
        "There is no setting {said}. There are zone, organisers, hosts, recap, season and reactions."
    ),
    "empty_setting": "The setting {said} needs a value after it.",
    "bad_names": (
        "{said} is too much. Name at most 20 roles or people, with commas in between,"
        " each in up to 80 characters."
    ),
    "names_unclear": (
        "{said} could be one name or several. Put commas between names, or quotation marks around one name."
    ),
    "bad_organisers": "With {said}, anybody could change the settings. Name roles or people, or say none.",
    "bad_recap": "{said} does not say when the recap comes. Say one weekday and one time, or off.",
    "bad_season_name": "{said} is no name for a season. Use letters and digits, up to 40 characters.",
    "bad_date": "{said} is no date that I can read. Write year, month and day, as in 2027-01-04.",
    "bad_reactions": "{said} does not say which reaction counts. Say first or last, or off for buttons.",
    "season_missing": "{said} says when a season is, but not which. Name the season in the same line.",
    "bad_reason": "{said} is longer than a reason can be. Say it in up to {most} characters.",
    "bad_link": (
        "{said} is no code, and nothing to link. A code has eight letters and digits; without one say me,"
        " group, channel, show or off."
    ),
    "bad_decks": (
        "I do not know what to do about {said}. There are list, add, write, propose, proposals, export"
        " and remove."
    ),
    "bad_format": "{said} is no format that decks can be taken away in. See /quiz decks export.",
    "no_own_deck": "This group has brought no deck {said} itself. The list names those that it has.",
    "bad_hide": "I do not know what {said} means here. Say hide:on to be hidden, or hide:off to be seen.",
}


class InputPhrases(CommonPhrases):
    """What to say of a line that is no command."""

    def input_title(self) -> str:
        """Head what was not understood."""
        return self.say("Not understood")

    def input_problem(self, reason: str, said: str, least: int, most: int) -> str:
        """Say what was wrong with what was typed; *reason* is one of the menu's problems."""
        template = _INPUT.get(reason, "I do not understand {said}.")
        return self.say(template, said=self.quoted(said), least=least, most=most)

    def did_you_mean(self, command: str) -> tuple[Inline, ...]:
        """Offer what was probably meant."""
        return self.weave("Did you mean {command}?", command=Code(command))

    def for_example(self, command: str) -> tuple[Inline, ...]:
        """Give an example that works."""
        return self.weave("For example: {command}", command=Code(command))
