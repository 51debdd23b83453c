"""What can be typed, in English: the menu, the help and the list of decks."""

from typing import Final

from bot.wording.catalogues.en.common import CommonPhrases

_COMMANDS: Final = {
    "play": "Start a round in this channel",
    "daily": "Set, show, post or stop the question of the day",
    "daily set": "Set a question a day in this channel, or change it",
    "daily show": "Show this channel's questions of the day and the next posts",
    "daily now": "Post today's question now",
    "daily off": "Stop posting until it is set again",
    "top": "Show who leads in this group, this channel or everywhere",
    "me": "Show where you stand, your streak and your topics",
    "stop": "End the round now, with the standing so far",
    "skip": "Drop the open question; it counts for nobody",
    "pause": "Stop the clock",
    "resume": "Let the clock go on",
    "next": "Move on to the next question",
    "begin": "Start without waiting for the lobby",
    "join": "Take part in the round",
    "leave": "Stop taking part; your points stay",
    "flag": "Say that the question asked last here is bad, and why",
    "decks": "List the decks there are, and bring your own",
    "decks list": "List the decks there are",
    "decks add": "Add a file to this group's own decks",
    "decks write": "Write a question for this group's own decks",
    "decks propose": "Propose a question to those who organise",
    "decks proposals": "Look at what was proposed",
    "decks review": "Decide about questions that were flagged, or look wrong",
    "decks export": "Take this group's own decks away as a file",
    "decks remove": "Remove one of this group's own decks",
    "settings": "Show this group's settings, or change its zone, roles, recap, seasons and reactions",
    "link": "Link your accounts, or this group or channel with another, by a code",
    "help": "Show what can be typed",
}

_OPTIONS: Final = {
    "deck": "A deck, or a whole pack; all decks when left out",
    "count": "How many questions, {least} to {most}",
    "mode": "Who may score, and what moves the round on",
    "seconds": "Time for each question, {least} to {most} seconds",
    "topic": "Only this topic",
    "level": "Only this difficulty",
    "lobby": "Time to join, {least} to {most} seconds, or “wait” for the host",
    "pause": "Time after each answer, {least} to {most} seconds, or “wait” for the host",
    "change": "How often an answer may be changed",
    "speed": "Whether a faster right answer earns more",
    "partial": "Whether a partly right answer earns a part",
    "teams": "How many teams, {least} to {most}",
    "time": "When to post, by the clock of the zone: 9:00, 9 pm",
    "zone": "Your time zone, or a city in it",
    "weekdays": "On which days; every day when left out",
    "reveal": "When the answer comes: after so many hours (8h), or at a time (18:00)",
    "mention": "A role to call with each post, or “none”",
    "since": "Of which time; this week when left out",
    "scope": "Of whom; of this group when left out",
    "by": "What decides the place; points when left out",
    "page": "Which page, {least} to {most}",
    "name": "Which one, where a channel has several",
    "channel": "Another channel than this one",
    "season": "Only this season, by its name",
    "hide": "Whether you are left out of what others see of leaderboards",
    "reason": "What is wrong with it, in {least} to {most} characters",
    "file": "Your file: a page, a spreadsheet, an archive",
    "format": "As what; a pack when left out",
    "decks export deck": "Which one; all of them when left out",
    "decks remove deck": "Which one",
    "settings zone": "The group's time zone, or a city in it",
    "organisers": "Who else organises, beside those whom the platform lets: roles or people, with commas",
    "hosts": "Who may start rounds beside organisers: “everybody”, or roles and people, with commas",
    "recap": "When this channel has its recap of the week: a weekday and a time, or “off”",
    "settings season": "Plan a season by its name, or end the one that runs with “off”",
    "reactions": "Whether this channel's questions are answered with reactions, and which one counts",
    "what": "What to make a code for; your own account when left out",
    "code": "A code that was made elsewhere, {least} to {most} characters",
    "off": "What to unlink",
    "starts": "The first day of the season; tomorrow when left out",
    "ends": "The last day of the season; after thirteen weeks when left out",
}

_VALUES: Final = {
    "format pack": "A folder in this program's own form",
    "format mkdocs-quiz": "Markdown pages for mkdocs-quiz",
    "format gift": "Moodle's GIFT",
    "format aiken": "Aiken",
    "format moodle-xml": "Moodle XML",
    "format qti": "A QTI 2.1 package",
    "format anki": "An Anki deck",
    "format tsv": "Lines with tabs, for Anki",
    "format kahoot": "A sheet for Kahoot",
    "format csv": "A sheet with commas",
    "mode everyone": "Everyone answers and scores",
    "mode first": "The first right answer takes the question",
    "mode teams": "Teams, each scoring its mean",
    "mode relaxed": "No clock",
    "level easy": "Easy",
    "level medium": "Medium",
    "level hard": "Hard",
    "change until_close": "As often as you like, until the question closes",
    "change once": "Once",
    "change never": "Never",
    "speed on": "Faster earns more",
    "speed off": "Speed does not matter",
    "partial on": "Partly right earns a part",
    "partial off": "All or nothing",
    "lobby wait": "Until the host starts",
    "pause wait": "Until the host moves on",
    "weekdays mon-fri": "Monday to Friday",
    "weekdays weekend": "Saturday and Sunday",
    "weekdays daily": "Every day",
    "weekdays mon": "Monday",
    "weekdays tue": "Tuesday",
    "weekdays wed": "Wednesday",
    "weekdays thu": "Thursday",
    "weekdays fri": "Friday",
    "weekdays sat": "Saturday",
    "weekdays sun": "Sunday",
    "reveal 8h": "8 hours after the post",
    "reveal 12h": "12 hours after the post",
    "reveal 24h": "A day after the post",
    "mention none": "Call nobody",
    "since day": "Today",
    "since week": "This week",
    "since month": "This month",
    "since season": "The season that runs, or the last one",
    "since all": "All time",
    "scope channel": "This channel",
    "scope group": "This group",
    "scope everywhere": "Everybody everywhere",
    "by points": "Points",
    "by accuracy": "How sure the answers are to be right",
    "by improvement": "How much more is right than in the time before",
    "hide on": "Others do not see you there",
    "hide off": "Others see you there",
    "organisers none": "Only those whom the platform lets",
    "hosts everybody": "Everybody",
    "hosts organisers": "Organisers only",
    "recap off": "No recap",
    "settings season off": "End it tonight",
    "reactions first": "A learner's first reaction counts, until it is taken away",
    "reactions last": "A learner's last reaction counts",
    "reactions off": "Buttons, as everywhere else",
    "what me": "Another account of yours",
    "what group": "This group with another",
    "what channel": "This channel with another",
    "what show": "No code: show what is linked",
    "off me": "This account from your others",
    "off group": "This group from the others",
    "off channel": "This channel from the others",
}


class CommandPhrases(CommonPhrases):
    """Descriptions of commands, options and decks."""

    def command_description(self, name: str) -> str:
        """Say what a subcommand does; nothing for one that there is not."""
        return self.say(_COMMANDS.get(name, ""))

    def option_description(self, name: str, least: int, most: int) -> str:
        """Say what an option sets; nothing for one that there is not."""
        return self.say(_OPTIONS.get(name, ""), least=least, most=most)

    def value_description(self, option: str, value: str) -> str:
        """Say what a value means; nothing for one that there is not."""
        return self.say(_VALUES.get(f"{option} {value}", ""))

    # ------------------------------------------------------------------------------------------------- help

    def help_title(self) -> str:
        """Head the help."""
        return self.say("What you can type")

    def help_lead(self) -> str:
        """Say how to begin."""
        return self.say(
            "One line starts a round; everything after the command may be left out. "
            "One more sets a question a day."
        )

    def command_column(self) -> str:
        """Head the column of commands."""
        return self.say("Command")

    def meaning_column(self) -> str:
        """Head the column of what commands do."""
        return self.say("What it does")

    def option_column(self) -> str:
        """Head the column of options."""
        return self.say("Option")

    def examples(self) -> str:
        """Lead in some examples."""
        return self.say("For example:")

    def play_options(self) -> str:
        """Name the table of options."""
        return self.say("Options of play")

    def daily_options(self) -> str:
        """Name the table of the options of a question of the day."""
        return self.say("Options of daily set")

    def top_options(self) -> str:
        """Name the table of the options of a leaderboard."""
        return self.say("Options of top")

    def me_options(self) -> str:
        """Name the table of the options of where the reader stands."""
        return self.say("Options of me")

    def flag_options(self) -> str:
        """Name the table of the options of a flag."""
        return self.say("Options of flag")

    def export_options(self) -> str:
        """Name the options of taking decks away."""
        return self.say("Options of /quiz decks export")

    def link_options(self) -> str:
        """Name the table of the options of a link."""
        return self.say("Options of link")

    def settings_options(self) -> str:
        """Name the table of the options of a group's settings."""
        return self.say("Options of settings")

    # ------------------------------------------------------------------------------------------------ decks

    def decks_title(self) -> str:
        """Head the list of decks."""
        return self.say("Decks")

    def no_decks(self) -> str:
        """Say that there is nothing to play, and what to do about it."""
        return self.say(
            "There are no decks yet. Whoever runs this tutor can add a pack to its content folder."
        )

    def deck_column(self) -> str:
        """Head the column of decks."""
        return self.say("Deck")

    def questions_column(self) -> str:
        """Head the column of counts."""
        return self.say("Questions")

    def to_play_column(self) -> str:
        """Head the column of what to type."""
        return self.say("To play it")

    def deck_hint(self, title: str, questions: int) -> str:
        """Describe a deck or a pack while somebody types."""
        return self.say("{title}, {questions}", title=title, questions=self.questions(questions))

    def topic_hint(self, title: str, questions: int) -> str:
        """Describe a topic while somebody types."""
        return self.deck_hint(title, questions) if title else self.questions(questions)

    def recap_hint(self, day: str, time: str) -> str:
        """Describe a recap while somebody types when it should come."""
        return self.say("Every {day} at {time}", day=day, time=time)
