"""Deciding: a batch of events and what was loaded for it in, what to write and what to reply out.

A :class:`Batch` is used inside one transaction, perhaps on the database's thread, and perhaps more than once
after a conflict: :meth:`Batch.decide` starts from nothing but its arguments each time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.core import effects as fx
from bot.core import rounds
from bot.core.commands import (
    ChangeSettings,
    Close,
    DrawRequest,
    Flag,
    Hide,
    Intent,
    LinkCommand,
    PauseSchedules,
    Person,
    Posted,
    React,
    ScheduleCommand,
    StartRound,
    SubmitAnswer,
    Tick,
    Unposted,
)
from bot.core.copies import changed
from bot.core.deck_commands import DeckCommand
from bot.core.draws import draw_items, with_decks
from bot.core.effects import Confirmation, Refusal
from bot.core.groups import GroupSettings, hosts, organises
from bot.core.ids import ChannelId, ItemId, LearnerId, RoundId
from bot.core.packs import Library
from bot.core.questions import Question, round_of
from bot.core.review_commands import DecideReview, Regrade, ReviewCommand
from bot.core.schedules import Schedule, daily_round, day_of, is_recap
from bot.core.states import Attempt, Participant, Phase, Round
from bot.engine import codec, dispatch, rows
from bot.engine.asking import is_link_command, is_round_command, is_schedule_command
from bot.engine.codec import to_ms
from bot.engine.counting import boards_of, totals_everywhere
from bot.engine.dailies import DAILY_SETTINGS, Dailies
from bot.engine.drawing import beyond_limits, drawn, hardest_oldest, title_of
from bot.engine.events import Event, Reply, is_private
from bot.engine.flagging import LONGEST_REASON, tidied
from bot.engine.groups import Groups
from bot.engine.identities import new_channel, new_learner, round_id
from bot.engine.linking import Linking
from bot.engine.lives import Decision, Known, Live, Outcome
from bot.engine.own_decks import is_deck_command
from bot.engine.promises import Promises, count, told
from bot.engine.reviewing import Reviewing
from bot.engine.reviews import is_review_command
from bot.engine.settings import changed_settings, reacting_in, season_lines, today
from bot.engine.shelving import Shelving
from bot.engine.sides import is_played_in, mirrors_of, of_schedule, played_at, side_of
from bot.engine.typed_lines import LONGEST_SAID
from bot.records import (
    Account,
    AttemptRow,
    ChannelRow,
    FlagRow,
    HidingRow,
    LearnerRow,
    Mirror,
    ParticipantRow,
    Place,
    RoundRow,
    Snapshot,
    home_of,
    schedule_of,
    totals_of,
)
from bot.wording.cleaning import shorten
from bot.wording.menu import InputProblem


class Batch:
    """Decides events in order, each on what the ones before it left."""

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        known: Mapping[str, Known],
        library: Library,
        seed: str,
        now: datetime,
    ) -> None:
        """Begin with what was loaded; *known* saves reading again what this process has read before."""
        self._snapshot = snapshot
        self._known = known
        self._library = library
        self._fitting = library
        self._seed = seed
        self._now = now
        self._now_ms = to_ms(now)
        self._live: dict[int, Live | None] = {}
        self._seen: set[str] = set()
        self._people: dict[tuple[RoundId, LearnerId], Participant] = {}
        self._owns: dict[tuple[str, LearnerId], int] = {}
        self._ended: list[RoundRow] = []
        self._decision = Decision()
        self._promises = Promises(self._decision.changes)
        self._groups = Groups(snapshot, self._decision.changes)
        self._linking = Linking(snapshot, self._decision.changes, self._groups, now, seed=seed)
        changes = self._decision.changes
        self._reviewing = Reviewing(snapshot, changes, self._groups, self._promises, now)
        self._shelving = Shelving(snapshot, self._decision.changes, now)
        self._dailies = Dailies(snapshot, self._decision.changes, self._groups, now, fits=self._fits)

    def decide(self, events: Sequence[Event]) -> Decision:
        """Decide every event; one that raises changes nothing and its exception is its outcome."""
        for event in events:
            try:
                outcome: Outcome = self._one(event)
            except Exception as error:  # noqa: BLE001 - one broken event must not take the batch with it
                outcome = error
            self._decision.outcomes.append(outcome)
        self._write_rounds()
        self._write_schedules()
        for place, proposal, heard in self._shelving.told:
            self._promises.keep([dispatch.to_learner(heard, proposal, place, now=self._now)])
        self._groups.write()
        return self._decision

    def _one(self, event: Event) -> Reply:
        if event.id and (event.id in self._snapshot.events or event.id in self._seen):
            return Reply(duplicate=True)
        reply = self._handle(event, event.intent)
        if event.id:
            self._seen.add(event.id)
            self._decision.changes.events.append((event.id, self._now_ms))
        return reply

    def _handle(self, event: Event, intent: Intent) -> Reply:
        if isinstance(intent, SubmitAnswer | React):
            return self._answer(event, intent)
        if isinstance(intent, StartRound):
            return self._start(event, intent)
        if is_schedule_command(intent):
            return self._command_schedule(event, intent)
        if isinstance(intent, ChangeSettings):
            return self._settings(event, intent)
        if isinstance(intent, Hide):
            return self._hide(event, intent)
        if isinstance(intent, Flag):
            return self._flag(event, intent)
        if is_link_command(intent):
            return self._link(event, intent)
        if is_deck_command(intent):
            return self._shelve(event, intent)
        return self._review(event, intent) if is_review_command(intent) else self._passed(event)

    def _passed(self, event: Event) -> Reply:
        """Let an event pass to the round that runs in its place, or to the schedule that the place is of."""
        if isinstance(event.intent, PauseSchedules):
            self._dailies.pause_all(event.place)
            return Reply()
        schedule = schedule_of(event.place)
        if is_recap(schedule):
            return self._step_recap(event)
        return self._step_day(event) if schedule else self._step(event)

    # ------------------------------------------------------------------------------------------ who and where

    def _person(self, event: Event) -> Person | None:
        """Return the sender with what they may do; None for our own events."""
        if event.account is None:
            return None
        row = self._learner(event, event.account)
        settings = self._groups.of(self._channel_seen(event))
        names = (event.account.id, *event.roles)
        organiser = event.organiser or organises(settings, names)
        host = organiser or hosts(settings, names)
        return Person(LearnerId(row.id), row.name, event.account.id, organiser=organiser, host=host)

    def _learner(self, event: Event, account: Account) -> LearnerRow:
        """Return the sender as a learner, and remember a new one or a new name."""
        row = self._snapshot.learners.get(account)
        if row is None or (row.name != event.name and event.name and not (event.tentative and row.name)):
            row = row._replace(name=event.name) if row else new_learner(account, event.name)
            self._snapshot.learners[account] = row
            alone = [row._replace(id=row.own)] if row.own and row.own != row.id else []
            self._decision.changes.learners.extend([row, *alone])
        return row

    def _playing_as(self, live: Live, row: LearnerRow) -> LearnerId:
        """Return as whom somebody plays in a round: of a person, as whoever came in first."""
        learner = LearnerId(self._snapshot.parts.get((live.row.id, row.account), row.id))
        if row.own not in {0, learner} and learner not in live.people:
            self._owns[live.row.id, learner] = row.own
        return learner

    def _own(self, round_: str, learner: LearnerId) -> int:
        """Return the own learner of whoever plays as *learner* in a round."""
        return self._owns.get((round_, learner), learner)

    def _channel_seen(self, event: Event) -> ChannelRow:
        """Return the channel of *event*, as it will be if nothing has happened in it."""
        return self._groups.channel(event.place, event.workspace)

    def _channel(self, event: Event) -> ChannelRow:
        row = self._channel_seen(event)
        if event.place not in self._snapshot.channels:
            self._snapshot.channels[event.place] = row
            self._decision.changes.channels.append(row)
        return row

    def _open(self, place: Place) -> Live | None:
        """Return the open round of the channel of *place* as the batch has left it so far."""
        there = self._snapshot.channels.get(place)
        channel = there.id if there else new_channel(place, "").id
        if channel not in self._live:
            row = self._snapshot.rounds.get(place)
            self._live[channel] = None if row is None else self._load(row)
        return self._live[channel]

    def _load(self, row: RoundRow) -> Live:
        known = self._known.get(row.id)
        if known is not None and known.version == row.version:
            round_ = known.round
        else:
            questions = known.round.questions if known else self._questions(row.id)
            round_ = codec.with_questions(codec.ROUND.decode(row.body), questions)
        stored = self._snapshot.participants.get(row.id, {})
        people = {LearnerId(one): codec.PARTICIPANT.decode(part.body) for one, part in stored.items()}
        self._owns.update({(row.id, LearnerId(one)): part.own for one, part in stored.items() if part.own})
        return Live(round_, people, row)

    def _questions(self, round_: str) -> tuple[Question, ...]:
        return tuple(codec.QUESTION.decode(row.body) for row in self._snapshot.questions[round_])

    # ----------------------------------------------------------------------------------------------- commands

    def _start(self, event: Event, command: StartRound) -> Reply:
        by = self._person(event)
        live = self._open(event.place)
        if by is None or live is not None:
            return Reply((_runs_already(live),))
        wrong = beyond_limits(command)
        if wrong is not None:
            return Reply((fx.CommandRefused(Refusal.BAD_SETTING, wrong),))
        if not by.host and not is_private(event.place):
            return Reply((fx.CommandRefused(Refusal.NOT_A_HOST),))
        recent = [ItemId(item) for item in self._snapshot.recent.get(event.place, ())]
        library = event.library or self._library
        request = with_decks(library, command.request, recent, self._now.date())
        questions = self._drawn(library, request, round_id(event.id), recent, event.id)
        if not questions:
            return Reply((fx.CommandRefused(Refusal.NO_ITEMS),))
        channel = self._channel(event)
        settings = command.settings
        if settings.scored:
            settings = replace(settings, reacting=reacting_in(self._groups.of(channel), event.place))
        step = rounds.start(
            settings,
            questions,
            by=by,
            round_id=round_id(event.id),
            channel=ChannelId(channel.id),
            title=title_of(library, request),
            now=self._now,
        )
        own = self._snapshot.learners[event.account].own if event.account else 0
        if own not in {0, by.learner}:
            self._owns[step.round.id, by.learner] = own
        return self._begin_live(step, channel, mirrors_of(self._snapshot, channel))

    def _drawn(
        self,
        library: Library,
        request: DrawRequest,
        round_: RoundId,
        recent: Sequence[ItemId],
        drawn_for: str,
    ) -> tuple[Question, ...]:
        seed = f"{self._seed}|{drawn_for}"
        return drawn(library, request, round_, recent=recent, today=self._now.date(), seed=seed)

    def _fits(self, request: DrawRequest) -> bool:
        """Tell whether there is anything that fits *request*."""
        return bool(draw_items(self._fitting, request, recent=(), today=self._now.date(), seed=self._seed))

    def _answer(self, event: Event, command: SubmitAnswer | React) -> Reply:
        """Take an answer: the commonest event by far, which changes and tells nobody but its sender."""
        live = self._playing(event)
        if live is None or event.account is None or round_of(command.question)[0] != live.round.id:
            return _no_round(event)
        if isinstance(command, React) and not self._heeds(live, event.account, command):
            return Reply()
        row = self._learner(event, event.account)
        learner = self._playing_as(live, row) if row.own else LearnerId(row.id)
        before = live.people.get(learner)
        if before is None and live.round.day is not None:
            side = side_of(live.row, event.place)
            before = rounds.newcomer(live.round, Person(learner, row.name, event.account.id, side=side))
        step = rounds.answered(live.round, before, command, name=row.name, now=self._now)
        if step.person is not None and step.person is not before:
            live.round, live.changed = step.round, True
            live.counted = live.counted or step.counted
            live.people[learner] = self._people[step.round.id, learner] = step.person
        return Reply() if step.reply is None else Reply((step.reply,))

    def _heeds(self, live: Live, account: Account, command: React) -> bool:
        """Tell whether a reaction can mean anything: else nobody becomes a learner by it."""
        known = command.on or account in self._snapshot.learners
        return known and rounds.reacting(live.round, command.question) is not None

    def _playing(self, event: Event) -> Live | None:
        """Return the open round that *event* is meant for."""
        live = self._open(event.place)
        if live is None or event.round not in {None, live.round.id}:
            return None
        return live if is_played_in(live.row, event.place) else None

    def _step(self, event: Event) -> Reply:
        command = event.intent
        if not is_round_command(command):
            message = f"{type(command).__name__} is not a command to a round."
            raise TypeError(message)
        live = self._playing(event)
        if live is None:
            return _no_round(event)
        by = self._person(event)
        if by is not None and event.account is not None:
            learner = self._playing_as(live, self._snapshot.learners[event.account])
            by = replace(by, learner=learner, side=side_of(live.row, event.place))
        moves = rounds.needs_everyone(command)
        repeats = self._repeats(live) if moves else {}
        whole = changed(live.round, people=live.people)
        step = rounds.step(whole, command, by=by, now=self._now, repeats=repeats)
        if isinstance(command, Tick) and step.round is whole:
            # Whoever sent it believed in a time that is not the round's: tell them the right one.
            self._decision.wakes[live.row.place] = live.row.wake_at
        return self._apply(live, whole, step, only=None if moves or by is None else by.learner)

    # ------------------------------------------------------------------------------- groups and learners

    def _settings(self, event: Event, command: ChangeSettings) -> Reply:
        """Change what the group has chosen, and the channel's recap, all that was said or nothing."""
        by = self._person(event)
        if by is None:
            return Reply()
        channel = self._channel_seen(event)
        settings = self._groups.of(channel)
        if command == ChangeSettings():
            return Reply((self._settings_shown(event, settings, changed=False),))
        if not by.organiser:
            return Reply((fx.CommandRefused(Refusal.NOT_ORGANISER),))
        new = changed_settings(settings, command, event.place, self._now)
        if isinstance(new, fx.CommandRefused):
            return Reply((new,))
        refused = self._dailies.set_recap(command.recap, event.place, channel, new.zone, by)
        if refused is not None:
            return Reply((refused,))
        self._groups.change(self._channel(event), new)
        return Reply((self._settings_shown(event, new, changed=True),))

    def _settings_shown(self, event: Event, settings: GroupSettings, *, changed: bool) -> fx.SettingsShown:
        return fx.SettingsShown(
            zone=settings.zone,
            organisers=settings.organisers,
            hosts=settings.hosts,
            recap=self._dailies.recap_line(event.place),
            seasons=season_lines(settings, today(settings, self._now)),
            changed=changed,
            reacting=reacting_in(settings, event.place),
        )

    def _hide(self, event: Event, command: Hide) -> Reply:
        if event.account is None:
            return Reply()
        learner = self._learner(event, event.account)
        self._decision.changes.hiding.append(HidingRow(learner.id, command.hidden))
        return Reply((fx.CommandDone(Confirmation.HIDDEN if command.hidden else Confirmation.LISTED),))

    def _link(self, event: Event, command: LinkCommand) -> Reply:
        """Make, use or take back a link."""
        by = self._person(event)
        if by is None:
            return Reply()
        channel = self._channel_seen(event) if is_private(event.place) else self._channel(event)
        return Reply((self._linking.command(event, command, by, channel),))

    def _shelve(self, event: Event, command: DeckCommand) -> Reply:
        """Change the decks that the group has brought itself, or what waits to be added to them."""
        by = self._person(event)
        if by is None:
            return Reply()
        return Reply((self._shelving.command(event, command, by, self._channel(event)),))

    def _flag(self, event: Event, command: Flag) -> Reply:
        """Write down what the sender says of a question that was found for them."""
        if event.account is None:
            return Reply()
        reason, meant = tidied(command.reason), event.meant
        if len(reason) > LONGEST_REASON:
            return Reply((fx.InputRefused(InputProblem.BAD_REASON, shorten(reason, LONGEST_SAID)),))
        if meant is None:
            asked = Refusal.UNKNOWN_QUESTION if command.question else Refusal.NOTHING_ASKED
            return Reply((fx.CommandRefused(asked),))
        row = self._learner(event, event.account)
        learner = row.own or row.id
        flags = self._decision.changes.flags
        again = meant.again or any((row.question, row.learner) == (meant.question, learner) for row in flags)
        flags.append(FlagRow(meant.group, meant.item, meant.question, learner, self._now_ms, reason))
        return Reply((fx.QuestionFlagged(meant.question, again),))

    def _review(self, event: Event, command: ReviewCommand) -> Reply:
        """Decide about an item, or look at one ourselves."""
        if isinstance(command, DecideReview):
            by = self._person(event)
            if by is None or event.account is None:
                return Reply()
            row = self._snapshot.learners[event.account]
            channel = self._channel(event)
            return Reply((self._reviewing.decide(event.judged, command, by, channel, row.own or row.id),))
        if event.regarded is not None and event.account is None:
            if isinstance(command, Regrade):
                self._reviewing.regrade(event.regarded)
            else:
                self._reviewing.suspect(event.regarded)
        return Reply()

    def _step_recap(self, event: Event) -> Reply:
        """Let one of our own events pass to a weekly recap; nobody else has anything to say to it."""
        plan = self._dailies.of(event.place)
        if plan is None or event.account is not None:
            return Reply()
        match event.intent:
            case Tick():
                self._post_recap(event, plan)
            case Posted():
                self._dailies.reached(plan)
            case Unposted(question=question, why=why) if day := day_of(round_of(question)[0]):
                self._dailies.unposted(plan, day[1], why)
            case _:
                pass
        return Reply()

    def _post_recap(self, event: Event, plan: Schedule) -> None:
        """Post what was gathered if it is owed by now; what is too late is skipped without it."""
        recap = event.recap
        day = self._dailies.settle(plan)
        self._dailies.retime(plan)
        if day is None or recap is None or recap.id != daily_round(plan.id, day):
            return
        self._dailies.posted(plan, day)
        home = self._groups.channel(home_of(event.place), "")
        sides = (event.place, of_schedule(mirrors_of(self._snapshot, home), plan.id))
        self._promises.keep(dispatch.to_channels(recap, recap.id, *sides, version=0, now=self._now))

    # ------------------------------------------------------------------------------- questions of the day

    def _command_schedule(self, event: Event, command: ScheduleCommand) -> Reply:
        if not self._is_ours(event):
            return Reply((fx.InputRefused(InputProblem.UNKNOWN_CHANNEL, event.place.id),))
        by = self._person(event)
        if by is None:
            return Reply()
        self._fitting = event.library or self._library
        reply = self._dailies.command(command, event.place, self._channel_seen(event), by)
        if isinstance(reply, fx.ScheduleSet):
            self._channel(event)
        return Reply((reply,))

    def _is_ours(self, event: Event) -> bool:
        """Tell whether the place of a command is not another group's than the one that it was sent from."""
        there = self._snapshot.channels.get(event.place)
        if event.sent_from is None or there is None:
            return True
        here = self._channel_seen(replace(event, place=event.sent_from))
        return here.group == there.group

    def _step_day(self, event: Event) -> Reply:
        """Let an event pass to the day's round; of our own ones the schedule takes note too."""
        day = self._day_open(event.place)
        reply = self._step(event)
        plan = self._dailies.of(event.place)
        if plan is not None and event.account is None:
            match event.intent:
                case Tick():
                    self._keep_time(event, plan)
                case Posted():
                    self._dailies.reached(plan)
                case Unposted(why=why) if day is not None and self._day_open(event.place) is None:
                    self._dailies.unposted(plan, day, why)
                case _:
                    pass
        return reply

    def _day_open(self, place: Place) -> date | None:
        live = self._open(place)
        return live.round.day if live else None

    def _keep_time(self, event: Event, plan: Schedule) -> None:
        """Post what is due by now; a question that is still open then is revealed first."""
        day = self._dailies.settle(plan)
        if day is None:
            self._dailies.retime(plan)
            return
        if self._open(event.place) is not None:
            self._step(replace(event, intent=Close()))
        self._post_day(event, self._dailies.plan(plan.id), day)

    def _post_day(self, event: Event, plan: Schedule, day: date) -> None:
        recent = hardest_oldest(
            [ItemId(item) for item in self._snapshot.recent.get(event.place, ())],
            self._snapshot.shares.get(event.place, {}),
        )
        library = event.library or self._library
        request = with_decks(library, plan.request, recent, self._now.date())
        round_ = daily_round(plan.id, day)
        questions = self._drawn(library, request, round_, recent, round_)
        if not questions:
            self._dailies.nothing_to_ask(plan, day)
            return
        channel = self._day_channel(event.place, plan)
        home = self._snapshot.channels.get(home_of(event.place), channel)
        mirrors = self._mirrored(channel, of_schedule(mirrors_of(self._snapshot, home), plan.id))
        step = rounds.start_day(
            questions[0],
            replace(DAILY_SETTINGS, reacting=reacting_in(self._groups.of(home), event.place)),
            day=day,
            round_id=round_,
            channel=ChannelId(channel.id),
            title=title_of(library, request),
            closes_at=self._dailies.closes_at(plan, day),
            now=self._now,
        )
        opened = tuple(
            replace(effect, mention=plan.mention) if isinstance(effect, fx.QuestionOpened) else effect
            for effect in step.effects
        )
        self._dailies.posted(plan, day)
        self._begin_live(replace(step, effects=opened), channel, mirrors)

    def _mirrored(self, channel: ChannelRow, mirrors: tuple[Mirror, ...]) -> tuple[Mirror, ...]:
        """Let the sub-places *mirrors* lead to the *channel* of a day for ever, and return them."""
        for place, _ in mirrors:
            if place not in self._snapshot.channels:
                self._snapshot.channels[place] = channel._replace(place=place)
                self._decision.changes.channels.append(self._snapshot.channels[place])
        return mirrors

    def _day_channel(self, place: Place, plan: Schedule) -> ChannelRow:
        row = self._snapshot.channels.get(place)
        if row is None:
            own = self._dailies.group(plan)
            row = new_channel(place, "")._replace(group=self._groups.joint(own), own=own)
            self._snapshot.channels[place] = row
            self._decision.changes.channels.append(row)
        return row

    def _begin_live(self, step: rounds.Step, channel: ChannelRow, mirrors: tuple[Mirror, ...]) -> Reply:
        """Write a round that begins, in *mirrors* too, and what its first step promised."""
        row = rows.begun(step.round, channel, mirrors, self._now)
        live = Live(replace(step.round, people={}), {}, row)
        reply = self._apply(live, live.round, step)
        self._live[channel.id] = live
        self._decision.changes.questions.extend(rows.question_rows(step.round))
        return reply

    def _repeats(self, live: Live) -> Mapping[LearnerId, int]:
        """Return who earned points before with the open question's item: none when it was opened just now."""
        if live.round.position < 0 or live.row.item != live.round.question.item.id:
            return {}
        return {LearnerId(k): n for k, n in self._snapshot.repeats.get(live.round.id, {}).items()}

    def _apply(self, live: Live, before: Round, step: rounds.Step, *, only: LearnerId | None = None) -> Reply:
        """Take over what a step from *before* changed and write down what it promised.

        *only* is who alone may have changed, None for anybody. Everything that could fail comes first, so
        that an event that raises has changed nothing.
        """
        after = step.round
        if after.phase is Phase.ENDED:
            after = changed(after, ended_at=self._now)
        place = live.row.place
        attempts = [
            rows.attempt_row(
                live.row, attempt, _group(live, after, attempt), self._own(after.id, attempt.learner)
            )
            for attempt in step.attempts
        ]
        replies, promised = told(live, after, self._dressed(place, step), self._now)
        ended = rows.saved(live.row, after) if after.phase is Phase.ENDED else None
        if after is not before:
            live.counted = step.counted or (live.counted and after.position == before.position)
            self._take_over(live, before, after, only)
        self._decision.changes.attempts.extend(attempts)
        if before.settings.scored and not is_private(place):
            self._count_totals(live.row, attempts, after)
        self._promises.keep(promised)
        if ended is not None:
            self._ended.append(ended)
            self._live[live.row.channel] = None
        return Reply(replies)

    def _count_totals(self, row: RoundRow, attempts: Sequence[AttemptRow], after: Round) -> None:
        """Add attempts to the boards that they count on, and a round that ended to those of everybody.

        Those of a day count in the channel itself. Whoever plays alone plays against nobody: what is earned
        in a private place counts on no board.
        """
        if after.phase is Phase.ENDED:
            gained = totals_everywhere(
                after.people.values(), self._now, lambda learner: self._own(after.id, learner)
            )
            self._decision.changes.totals.extend(gained)
        if not attempts:
            return
        home = home_of(row.place)
        channel = row.channel if home == row.place else self._groups.channel(home, "").id
        self._decision.changes.totals.extend(
            totals_of(attempts, lambda attempt: boards_of(attempt, channel, self._groups))
        )

    def _dressed(self, place: Place, step: rounds.Step) -> Sequence[rounds.Outgoing]:
        """Return what a step promised; the reveal of a day with what only its schedule can tell."""
        if step.round.day is None:
            return step.effects
        plan = self._dailies.of(place)
        return [
            self._dailies.revealed(plan, effect, step.round)
            if isinstance(effect, fx.QuestionClosed)
            else effect
            for effect in step.effects
        ]

    def _take_over(self, live: Live, before: Round, after: Round, only: LearnerId | None) -> None:
        """Remember the round, and who of its people has to be written: *only* one, or whoever changed."""
        live.round, live.changed = changed(after, people={}), True
        if after.people is before.people:
            return
        live.people = dict(after.people)
        if only is not None:
            self._people[after.id, only] = after.people[only]
            return
        for learner, person in after.people.items():
            if before.people.get(learner) is not person:
                self._people[after.id, learner] = person

    def _write_schedules(self) -> None:
        """Write schedules and what their owners are told; a place is woken for whatever comes first."""
        for place, round_, heard in self._dailies.told:
            self._promises.keep([dispatch.to_learner(heard, round_, place, now=self._now)])
        for place, due in self._dailies.write():
            earlier = self._decision.wakes.get(place)
            times = [at for at in (due, earlier) if at is not None]
            self._decision.wakes[place] = min(times, default=None)

    # ------------------------------------------------------------------------------------------ what to write

    def _write_rounds(self) -> None:
        """Write each changed round and participant once; rounds that ended come before those that began."""
        changes = self._decision.changes
        changes.rounds.extend(self._ended)
        for live in self._live.values():
            if live is not None and live.changed:
                self._promises.keep(count(live, self._now))
                place = live.row.place
                row = rows.saved(live.row, live.round)
                changes.rounds.append(row)
                self._decision.rounds[place] = Known(row.version, live.round)
                self._decision.wakes[place] = row.wake_at
        encode, owns = codec.PARTICIPANT.encode, self._owns
        changes.participants.extend(
            [
                ParticipantRow(*key, person.score, encode(person), owns.get(key, 0) if owns else 0)
                for key, person in self._people.items()
            ]
        )


def _group(live: Live, after: Round, attempt: Attempt) -> int:
    """Return the group of the side that an attempt was made on."""
    return played_at(live.row, after.people[attempt.learner].side).group


def _runs_already(live: Live | None) -> fx.CommandRefused:
    if live is None or live.round.settings.scored:
        return fx.CommandRefused(Refusal.ROUND_RUNS, live.round.host_name if live else "")
    return fx.CommandRefused(Refusal.REDO_RUNS)


def _no_round(event: Event) -> Reply:
    """Say that nothing runs here; our own events have nobody to say it to."""
    if event.account is None or (isinstance(event.intent, React) and not event.intent.on):
        return Reply()
    if isinstance(event.intent, SubmitAnswer | React):
        return Reply((fx.AnswerRefused(event.intent.question, Refusal.LATE),))
    return Reply((fx.CommandRefused(Refusal.NO_ROUND),))
