"""The question of the day in English: its post, its reveal, and its schedules."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from bot.core.commands import DAILY_NAME, DrawRequest, Reveal, RevealAfter
from bot.core.effects import DaysSkipped, Keeper, QuestionState, SchedulePaused
from bot.wording.catalogues.en.dates import DatePhrases
from bot.wording.views import ChannelName, Code, Inline, RoleName

_SET: Final = "/quiz daily set"
_LEVELS: Final = {"easy": "easy", "medium": "medium", "hard": "hard"}


class DailyPhrases(DatePhrases):
    """A question a day, and when it comes."""

    # ------------------------------------------------------------------------------------------- the post

    def daily_title(self, day: date) -> str:
        """Head the post of a question of the day."""
        return self.say("Question of the day · {day}", day=self.day(day))

    def daily_answer_title(self, day: date) -> str:
        """Head its reveal."""
        return self.say("Question of the day · {day}: the answer", day=self.day(day))

    def daily_rule(self, until: datetime | None) -> tuple[Inline, ...]:
        """Say who may answer, and until when."""
        if until is None:
            return self.weave("Anybody may answer, and change the answer until it is revealed.")
        return self.weave(
            "Anybody may answer, and change the answer until {moment}.", moment=self.moment(until)
        )

    def daily_count(self, answered: int) -> str:
        """Say how many have answered; nobody is waited for."""
        if answered == 0:
            return self.say("Nobody has answered yet")
        return self.count(answered, {"one": "{n} has answered", "other": "{n} have answered"})

    def daily_state(self, state: QuestionState) -> str:
        """Say why the question of a day takes no more answers."""
        if state is QuestionState.CLOSED:
            return self.say("This question is closed, and its answer has been shown.")
        return self.say("This question was stopped. It counts for nobody, and no streak breaks.")

    def daily_practice(self) -> str:
        """Ask for an answer that is late."""
        return self.say("You may still answer, for practice and without points.")

    def practice(self) -> str:
        """Label the button that sends such an answer."""
        return self.say("Practise")

    # ----------------------------------------------------------------------------------------- the reveal

    def daily_right(self, names: Sequence[str], right: int, answered: int) -> str:
        """Say who of those that answered was right."""
        facts = {"names": self.names(names, right)}
        if right == answered and answered > 1:
            return self.say("All {n} were right: {names}.", n=answered, **facts)
        return self.say("{right} of {answered} right: {names}.", right=right, answered=answered, **facts)

    def keepers(self, keepers: Sequence[Keeper]) -> str:
        """Say who has answered on how many days running."""
        if len(keepers) == 1:
            return self.say(
                "{name} has answered {days} running.",
                name=self.name(keepers[0].name),
                days=self.days(keepers[0].days),
            )
        each = [
            self.say("{name} {days}", name=self.name(one.name), days=self.days(one.days)) for one in keepers
        ]
        return self.say("Day streaks: {each}.", each=self.listing(each))

    def next_post(self, at: datetime) -> tuple[Inline, ...]:
        """Say when the next question comes."""
        return self.weave("The next question: {moment}.", moment=self.moment(at))

    def late_answers(self) -> str:
        """Say what is left to whoever missed it."""
        return self.say("Missed it? Answer the question above all the same, for practice and without points.")

    def practised(self) -> str:
        """Say that a late answer earns nothing, and costs nothing either."""
        return self.say("That was for practice: it earns no points, and it changes no streak.")

    # -------------------------------------------------------------------------------------- the schedules

    def schedules_title(self) -> str:
        """Head the schedules of a channel."""
        return self.say("Questions of the day in this channel")

    def no_schedules(self) -> tuple[Inline, ...]:
        """Say that there is none, and how to set one."""
        return self.weave(
            "There is none yet. An organiser can set one: {command}", command=Code(f"{_SET} 9:00 zone:berlin")
        )

    def schedule_set_title(self, *, new: bool) -> str:
        """Head what was set."""
        return self.say("Question of the day set") if new else self.say("Question of the day changed")

    def schedule_name(self, name: str) -> str:
        """Name one of several schedules."""
        return self.say("{name}", name=name)

    def schedule_when(self, days: Sequence[int], at: str, zone: str) -> str:
        """Say when a schedule posts: *days* are weekdays, *at* is a time of day in *zone*."""
        return self.say("{days} at {at}, {zone}.", days=self.weekdays(days), at=at, zone=self.zone(zone))

    def zone(self, name: str) -> str:
        """Return a zone's name as people read it."""
        return self.say("{zone}", zone=name.replace("_", " "))

    def schedule_draws(self, request: DrawRequest) -> str:
        """Say what a schedule draws from."""
        decks = self.listing(request.decks)
        said = self.say("From {decks}", decks=decks) if decks else self.say("From all decks")
        if request.topics:
            said = self.say("{said}, topic {topics}", said=said, topics=self.listing(request.topics))
        if request.difficulties:
            levels = self.listing([self.say(_LEVELS[level]) for level in request.difficulties])
            said = self.say("{said}, {levels} questions only", said=said, levels=levels)
        return self.say("{said}.", said=said)

    def schedule_reveals(self, reveal: Reveal) -> str:
        """Say when a schedule's questions are revealed."""
        if isinstance(reveal, RevealAfter):
            return self.say("The answer comes {hours} after the question.", hours=self.hours(reveal.hours))
        return self.say("The answer comes at {time}.", time=self.clock(reveal.at))

    def schedule_calls(self, role: str) -> tuple[Inline, ...]:
        """Say which role is called with each post."""
        return self.weave("Each post calls {role}.", role=RoleName(role))

    def schedule_paused(self, name: str) -> tuple[Inline, ...]:
        """Say that a schedule posts nothing, and how it goes on."""
        return self.weave("Paused. It goes on with {command}.", command=Code(self._set_again(name)))

    def next_posts(self, zone: str) -> str:
        """Lead in the next posts."""
        return self.say("Next posts, in {zone} and by your own clock:", zone=self.zone(zone))

    def post_at(self, local: datetime, at: datetime) -> tuple[Inline, ...]:
        """Say when a post comes: by the clock of its zone, and by the reader's."""
        return self.weave("{local} ({moment})", local=self.local(local), moment=self.moment(at))

    def schedule_stopped_title(self) -> str:
        """Head that a schedule was stopped."""
        return self.say("Question of the day paused")

    def schedule_stopped(self, name: str) -> tuple[Inline, ...]:
        """Say that nothing more is posted, and how to begin again."""
        again = Code(self._set_again(name))
        if name == DAILY_NAME:
            return self.weave(
                "No more questions come, until somebody sets it again: {command}", command=again
            )
        return self.weave(
            "No more questions come from {name}, until somebody sets it again: {command}",
            name=self.quoted(name),
            command=again,
        )

    def _set_again(self, name: str) -> str:
        return _SET if name == DAILY_NAME else f"{_SET} name:{name}"

    # -------------------------------------------------------------------------------- what organisers hear

    def days_skipped_title(self, *, recap: bool) -> str:
        """Head that questions of the day did not come, or recaps."""
        return self.say("Recap skipped") if recap else self.say("Question of the day skipped")

    def days_skipped(self, skipped: DaysSkipped) -> str:
        """Say which days had no question, and that it costs nobody anything."""
        first, last = self.day(skipped.first), self.day(skipped.last)
        if skipped.recap:
            return self._recaps_skipped(skipped.count, last)
        if skipped.empty:
            return self.say(
                "{day} has no question, because none fits the schedule any more. "
                "Nobody's streak breaks. Set another deck, topic or level with /quiz daily set.",
                day=first,
            )
        if skipped.count == 1:
            said = self.say("The question of {day} was too late to be posted.", day=first)
        else:
            said = self.say(
                "{n} questions, from {first} to {last}, were too late to be posted.",
                n=skipped.count,
                first=first,
                last=last,
            )
        return self.say("{said} Nobody's streak breaks, and the next one comes at its hour.", said=said)

    def _recaps_skipped(self, count: int, last: str) -> str:
        """Say that recaps did not come; *last* is the day of the last one."""
        return self.count(
            count,
            {
                "one": "The recap of {last} was too late to be posted. The next one comes at its hour.",
                "other": "{n} recaps, the last of {last}, were too late to be posted. The next one comes.",
            },
            last=last,
        )

    def of_schedule(self, name: str, zone: str = "") -> str:
        """Say which schedule is spoken of."""
        if not zone:
            return self.say("Schedule: {name}", name=name)
        return self.say("Schedule: {name}, {zone}", name=name, zone=self.zone(zone))

    def trouble_paused_title(self, *, recap: bool) -> str:
        """Head that a schedule was paused because of trouble."""
        return self.say("Recap paused") if recap else self.say("Question of the day paused")

    def trouble_paused(self, paused: SchedulePaused) -> tuple[Inline, ...]:
        """Say where nothing could be posted, and how it goes on."""
        if paused.recap:
            return self.weave(
                "Three recaps in a row could not be posted in {channel}, so no more are tried. "
                "Let me write there again, and then type there: {command}",
                channel=ChannelName(paused.channel),
                command=Code("/quiz settings recap:fri 18:00"),
            )
        return self.weave(
            "Three questions in a row could not be posted in {channel}, so no more are tried. "
            "Let me write there again, and then type there: {command}",
            channel=ChannelName(paused.channel),
            command=Code(self._set_again(paused.name)),
        )

    def trouble_why(self, why: str) -> str:
        """Say what the platform said."""
        return self.say("The reason that was given: {why}", why=self.quoted(why))
