"""Refusals in English: what was wrong, and what to do next, in one or two short sentences each."""

from typing import Final

from bot.core.effects import Refusal
from bot.core.grades import Unreadable
from bot.wording.catalogues.en.common import CommonPhrases

_REFUSALS: Final = {
    Refusal.REDO_RUNS: (
        "What you do again is not finished. Go on with it in your private channel, or end it there with"
        " /quiz stop."
    ),
    Refusal.LATE: "That question is closed, so this answer does not count. Answer the next one.",
    Refusal.EARLY: "No question is open yet. Answer when the first one is here.",
    Refusal.PAUSED: "The round is paused. Try again when it goes on.",
    Refusal.NOT_JOINED: "You are not in this round. Join, and you play from the next question.",
    Refusal.NEXT_QUESTION: "You play from the next question. This one began without you.",
    Refusal.LOCKED: "You have had your one try at this question. The next one is open to you again.",
    Refusal.TAKEN: "Somebody else was right just before you. Be ready for the next one.",
    Refusal.NO_CHANGE: "In this round the first answer counts. Yours stays as it is.",
    Refusal.SAME: "That is already your answer. There is nothing to change.",
    Refusal.REACTED_ALREADY: "Here your first reaction counts. Take it away first to answer anew.",
    Refusal.ONE_CHANGE: "You have changed your answer once, and this round allows no more. It stays.",
    Refusal.OUTDATED: "A newer answer of yours arrived before this one, and the newer one stands.",
    Refusal.OTHER_QUESTION: "The round has moved on from that question. Use the newest message.",
    Refusal.NO_ROUND: "No round is running here. Start one with /quiz play.",
    Refusal.ALREADY_JOINED: "You are in this round already. Just answer when a question is open.",
    Refusal.NOT_IN_ROUND: "You are not in this round. Join first to take part.",
    Refusal.ALREADY_BEGUN: "The round has begun already. Nothing more is needed.",
    Refusal.ALREADY_PAUSED: "The round is paused already. Go on with /quiz resume.",
    Refusal.NOT_PAUSED: "The round is not paused. There is nothing to resume.",
    Refusal.NOTHING_OPEN: "No question is open right now. Wait for the next one.",
    Refusal.CLOCK_RUNS: "This question closes by its clock. Use /quiz skip to drop it.",
    Refusal.NO_ITEMS: "No questions fit that. Ask for another deck, topic or level; see /quiz decks.",
    Refusal.NOTHING_MISSED: "You missed nothing in that round. There is nothing to redo.",
    Refusal.NOT_CLOSED: "That question is still open. Your result is here once it closes.",
    Refusal.NOT_ORGANISER: "Only organisers can do that. Ask an organiser of this group.",
    Refusal.TIME_MISSING: "The time is missing. Say when, as in /quiz daily set 9:00 zone:berlin.",
    Refusal.ZONE_MISSING: "The zone is missing. Name a city in it, as in /quiz daily set 9:00 zone:berlin.",
    Refusal.DAY_DONE: "Today's question has been posted already. The next one comes at its hour.",
    Refusal.NOT_A_HOST: "Not everybody starts rounds here; /quiz settings says who does. Ask one of them.",
    Refusal.NO_RECAP: "This channel has no weekly recap. Set one with /quiz settings recap:fri 18:00.",
    Refusal.NO_SEASON_RUNS: "No season is running or planned. Begin one with /quiz settings season:spring.",
    Refusal.NOTHING_BEFORE: (
        "Improvement compares a week, say, with the one before. Try /quiz top by:improvement since:week."
    ),
    Refusal.NOTHING_ASKED: "No question has been asked in this channel yet. Flag one once it is here.",
    Refusal.NO_SUCH_CODE: "There is no such code. Look at it again, or make a new one with /quiz link.",
    Refusal.CODE_USED: "That code has been used, and each works once. Make a new one with /quiz link.",
    Refusal.CODE_EXPIRED: "That code is older than ten minutes. Make a new one with /quiz link.",
    Refusal.TOO_MANY_TRIES: "Those were too many wrong codes. Wait ten minutes, then try again.",
    Refusal.OWN_CODE: "That is your own code. Type it in your other account.",
    Refusal.SAME_PERSON: "These accounts are linked already. See them with /quiz link show.",
    Refusal.SAME_ROUND: (
        "Both accounts are in the same open round, or question of the day. Link them when it is over."
    ),
    Refusal.SAME_GROUP: "The code is from this group itself, or from one that is linked already.",
    Refusal.TWO_UNIONS: (
        "Both groups are linked with others already. Unlink one of them first: /quiz link off group"
    ),
    Refusal.SAME_CHANNEL: "The code is from this channel itself, or from one that is linked already.",
    Refusal.CHANNEL_LINKED: "This channel is linked with another. Unlink it first: /quiz link off channel",
    Refusal.CHANNEL_PLAYS: "A round is open in one of the channels. Try again when it is over.",
    Refusal.NO_CHANNEL_HERE: "That works in a channel of the group. Type it there.",
    Refusal.NOT_LINKED_ME: "This account is linked with no other. There is nothing to undo.",
    Refusal.NOT_LINKED_GROUP: "This group is linked with no other. There is nothing to undo.",
    Refusal.NOT_LINKED_CHANNEL: "This channel is linked with no other. There is nothing to undo.",
    Refusal.TOO_MANY_ACCOUNTS: "A learner can have eight accounts. Unlink one of them first: /quiz link off",
    Refusal.TOO_MANY_PLACES: "Eight channels can be one. Unlink one of them first: /quiz link off channel",
    Refusal.UNKNOWN_QUESTION: "That question cannot be found any more. Use a newer message.",
}

_WITH_DETAIL: Final = {
    Refusal.SEASON_BEGINS_EARLY: "A season begins at midnight. The first day that it can have is {detail}.",
    Refusal.SEASON_ENDS_EARLY: "A season cannot end before it begins. Say an end from {detail} on.",
    Refusal.SEASON_NAME_TAKEN: "There was a season {detail} already. Give this one another name.",
    Refusal.TOO_MANY_SEASONS: "A group can have {detail} seasons, and this one has had them all.",
    Refusal.TOO_MANY_TO_COMPARE: (
        "More than {detail} learners are on that leaderboard: too many to compare. Try /quiz top by:accuracy."
    ),
}

_UNREADABLE: Final = {
    Unreadable.EMPTY: "There was no answer in that. Choose or type one and send it again.",
    Unreadable.TOO_LONG: "That is too long to be read as an answer. Say it in fewer words.",
    Unreadable.WRONG_COUNT: "Each blank needs one text. Fill in all of them and send again.",
    Unreadable.NOT_A_NUMBER: "That cannot be read as one number. Write it as digits, such as 12.5.",
    Unreadable.UNIT_MISSING: "The unit is missing. Write it after the number and send again.",
    Unreadable.UNIT_UNKNOWN: "That unit is not known here. Use the unit that the question asks for.",
    Unreadable.UNKNOWN_OPTION: "That does not fit this question. Use the choices or fields shown with it.",
    Unreadable.REPEATED_OPTION: "The same option was used twice. Use each one once.",
    Unreadable.ONE_ONLY: "Only one option can be chosen here. Choose one and send it again.",
    Unreadable.INCOMPLETE: "Something was left open. Give every line its place and send again.",
}

_SETTINGS: Final = {
    "count": "The number of questions",
    "seconds": "The time for a question in seconds",
    "lobby_seconds": "The lobby's time in seconds",
    "pause_seconds": "The pause in seconds",
    "teams": "The number of teams",
}


class RefusalPhrases(CommonPhrases):
    """Why something changed nothing."""

    def refused_title(self) -> str:
        """Head a command that changed nothing."""
        return self.say("That did not work")

    def answer_refused_title(self) -> str:
        """Head an answer that did not count."""
        return self.say("Answer not counted")

    def refusal(self, reason: Refusal, detail: str = "") -> str:
        """Say why, and what to do next; *detail* is a name, or a setting with its limits."""
        match reason:
            case Refusal.NOT_HOST:
                return self._not_host(detail)
            case Refusal.ROUND_RUNS:
                return self._round_runs(detail)
            case Refusal.BAD_SETTING:
                return self._bad_setting(detail)
            case Refusal.NO_SCHEDULE:
                return self._no_schedule(detail)
            case Refusal.WHICH_SCHEDULE:
                return self._which_schedule(detail)
            case Refusal.TOO_MANY_SCHEDULES:
                return self._too_many_schedules(detail)
            case Refusal.NO_SEASON:
                return self._no_season(detail)
            case _ if reason in _WITH_DETAIL:
                return self.say(_WITH_DETAIL[reason], detail=detail)
            case _:
                return self.say(_REFUSALS[reason])

    def _not_host(self, host: str) -> str:
        if not host:
            return self.say("Only the host can do that. Ask the host.")
        return self.say("Only the host can do that. Ask {host}.", host=self.name(host))

    def _round_runs(self, host: str) -> str:
        """Say that a round stands in the way: in this channel, or a redo in the reader's private one."""
        if not host:
            return self.say("A round is running already. Take part in it there, or wait until it ends.")
        return self.say(
            "A round of {host} is running already. Take part in it there, or wait until it ends.",
            host=self.name(host),
        )

    def _no_season(self, names: str) -> str:
        """Say that there is no such season; *names* are those there have been, joined by commas."""
        if not names:
            return self.say("No season has begun yet. An organiser plans one: /quiz settings season:spring")
        return self.say("There is no such season. There have been: {names}.", names=names)

    def _no_schedule(self, name: str) -> str:
        if not name:
            return self.say(
                "This channel has no question of the day. Set one with /quiz daily set 9:00 zone:berlin."
            )
        return self.say(
            "There is no schedule {name} in this channel. See what there is with /quiz daily show.",
            name=self.quoted(name),
        )

    def _which_schedule(self, names: str) -> str:
        """Ask for a name; *names* are those there are, joined by commas."""
        if not names:
            return self.say("This channel has several schedules. Say which; /quiz daily show lists them.")
        return self.say("This channel has several schedules: {names}. Say the name of one.", names=names)

    def _too_many_schedules(self, most: str) -> str:
        if not most:
            return self.say("This channel has no room for another schedule. Change one that is there.")
        return self.say(
            "This channel has no room for more than {most} schedules. Change one that is there.", most=most
        )

    def _bad_setting(self, detail: str) -> str:
        setting, _, limits = detail.partition(" ")
        least, _, most = limits.partition(" ")
        if setting not in _SETTINGS or not most:
            return self.say("One of the settings is out of its range. See /quiz help.")
        return self.say(
            "{setting} must be from {least} to {most}. Try again with a number in between.",
            setting=self.say(_SETTINGS[setting]),
            least=least,
            most=most,
        )

    def unreadable(self, reason: str) -> str:
        """Say why an answer could not be read; *reason* is one of grading's."""
        if reason not in set(Unreadable):
            return self.say("That could not be read as an answer. Send it again in another way.")
        return self.say(_UNREADABLE[Unreadable(reason)])
