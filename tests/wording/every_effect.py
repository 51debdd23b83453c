"""Every effect: each class in every variant that reads differently."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from typing import Final

from bot.core import deck_effects as dx
from bot.core import effects as fx
from bot.core.commands import (
    Change,
    DrawRequest,
    LinkKind,
    Mode,
    RankedBy,
    Reacting,
    RevealAfter,
    RevealAt,
    Scope,
    Since,
)
from bot.core.deck_commands import Draft
from bot.core.drafting import Flaw
from bot.core.grades import Unreadable
from bot.core.ids import DeckId, Topic
from bot.core.items import Difficulty, Kind
from bot.core.own_packs import DeckCount
from bot.core.streaks import Mark
from bot.packs.importing.drafts import Repair
from bot.wording.menu import InputProblem
from tests.wording.every_review import EVERY_REVIEW
from tests.wording.samples import (
    ADA,
    BLUE,
    BO,
    DAY,
    DAY_QUESTION,
    ITEMS,
    LATER,
    MULTIPLE,
    OWN,
    QUESTION,
    RED,
    ROUND,
    SINGLE,
    TEXT,
    changed,
    closed,
    coming,
    day_changed,
    day_closed,
    day_opened,
    ended,
    home,
    lobby,
    me,
    mine,
    missed,
    open_day,
    open_round,
    opened,
    recap,
    schedule,
    settings,
    sheet,
    skipped,
    top,
    top_line,
)


def _lobbies() -> Iterator[fx.Effect]:
    for mode in Mode:
        yield fx.LobbyOpened(lobby(mode=mode, teams=2 if mode is Mode.TEAMS else 0))
    yield fx.LobbyOpened(lobby(mode=Mode.TEAMS, teams=1, count=1, seconds=90))
    yield fx.LobbyOpened(lobby(title="", seconds=None, starts_at=None))
    yield fx.LobbyChanged(lobby(joined=0, names=()))
    yield fx.LobbyChanged(lobby(joined=15, names=tuple("αβγδεζηθικλμ"), host=""))
    yield fx.LobbyChanged(lobby(joined=3))
    yield fx.LobbyChanged(lobby(open=False))


def _questions() -> Iterator[fx.Effect]:
    for of in ITEMS:
        yield opened(of)
        yield opened(of, closes_at=None)
        for state in fx.QuestionState:
            yield changed(of, state=state)
    for state in fx.QuestionState:
        yield changed(state=state, by="Άδα")
        yield changed(state=state, alone=True)
    yield opened(closes_at=None, alone=True)
    for change in Change:
        yield opened(change=change)
    yield opened(mode=Mode.FIRST)
    for rule in Reacting:
        for of in (SINGLE, MULTIPLE):
            yield opened(of, reacting=rule)
        yield changed(reacting=rule)
    yield opened(replace(SINGLE, scenario="Σενάριο."))
    yield opened(opened_at=None, joined=0)
    yield changed(answered=1)
    for choose in (0, 1, 9, 12):
        yield opened(sheet=sheet(MULTIPLE, choose=choose))


def _reveals() -> Iterator[fx.Effect]:
    for of in ITEMS:
        yield closed(of)
        yield skipped(of)
    texts = (fx.Tally(2, right=True, text="άλφα"), fx.Tally(1, right=False, text="βήτα"))
    yield closed(TEXT, tallies=texts)
    yield closed(answered=0, right=0, right_names=(), fastest_ms=None)
    yield closed(answered=1, right=0, right_names=(), fastest_ms=None)
    yield closed(right=0, right_names=(), fastest_ms=None)
    yield closed(right=3, right_names=("Άδα", "Βίκη", "Γιώργος"))
    yield closed(right=1, right_names=("Άδα",), winner="Άδα", mode=Mode.FIRST)
    yield closed(right=15, joined=20)
    yield closed(mode=Mode.RELAXED, next_at=None)
    yield closed(mode=Mode.TEAMS, teams=(RED, BLUE), top=())
    for last in (True, False):
        for next_at in (LATER, None):
            for scored in (True, False):
                yield closed(last=last, next_at=next_at, scored=scored)
                yield skipped(last=last, next_at=next_at, scored=scored)
    for state in fx.RevealState:
        for last in (True, False):
            yield fx.RevealChanged(closed(last=last), state)
            yield fx.RevealChanged(skipped(last=last), state)
    yield closed(scored=False, answered=0, right=0)
    yield closed(scored=False, right=0)


def _rounds() -> Iterator[fx.Effect]:
    for left in (None, 0, 1, 12, 61, 120):
        yield fx.RoundPaused(ROUND, "Άδα", left)
    for left in (None, 0, 1, 12, 61, 120):
        yield fx.RoundResumed(ROUND, "Άδα", left)
    yield fx.RoundResumed(ROUND, "")
    for ending in fx.Ending:
        yield ended(ending=ending, by="Άδα")
        yield ended(ending=ending, title="", asked=0, standing=(), joined=0)
    yield ended(joined=12, asked=1)
    yield ended(joined=1, standing=(ADA,))
    yield ended(mode=Mode.TEAMS, teams=(RED, BLUE))
    yield ended(standing=(replace(ADA, points=0), replace(BO, points=0, rank=1)))
    yield ended(standing=(ADA, replace(BO, rank=1, points=320), replace(BO, rank=3)))
    yield ended(scored=False)
    yield ended(scored=False, standing=())


def _replies() -> Iterator[fx.Effect]:
    for kind in Kind:
        for changed_ in (True, False):
            labels = ("1", "2", "3") if kind is Kind.MULTIPLE_RESPONSE else ("1",)
            yield fx.AnswerAccepted(QUESTION, kind, labels, changed=changed_, more=not changed_)
    for rule in Reacting:
        for more in (True, False):
            yield fx.AnswerAccepted(
                QUESTION, Kind.SINGLE_CHOICE, ("1",), changed=False, more=more, reacting=rule
            )
    yield fx.AnswerWithdrawn(QUESTION)
    for right, near in ((True, False), (False, True), (False, False)):
        yield fx.AnswerJudged(QUESTION, right=right, near=near)
    for refusal in fx.Refusal:
        yield fx.AnswerRefused(QUESTION, refusal)
        yield fx.CommandRefused(refusal, "Άδα")
        yield fx.CommandRefused(refusal)
    for setting in ("count", "seconds", "lobby_seconds", "pause_seconds", "teams"):
        yield fx.CommandRefused(fx.Refusal.BAD_SETTING, f"{setting} 1 50")
    for unreadable in Unreadable:
        yield fx.AnswerRefused(QUESTION, None, unreadable.value)
    yield fx.AnswerRefused(QUESTION, None, "ξένο")
    for what in fx.Confirmation:
        yield fx.CommandDone(what)
        yield fx.CommandDone(what, "2")


def _private() -> Iterator[fx.Effect]:
    for of in ITEMS:
        yield mine(of)
        yield fx.FormOpened(sheet(of))
    for again in (True, False):
        yield fx.QuestionFlagged(QUESTION, again)
    yield mine(response=None)
    yield mine(counted=False)
    yield mine(near=True)
    yield mine(credit=0.5, points=50, base=50)
    yield mine(right=True, credit=1, points=1, base=1)
    yield mine(right=True, credit=1, points=150, base=100, speed=20, streak_bonus=30)
    yield missed()
    yield missed(missed=(), title="")
    yield missed(scored=False)
    yield missed(rank=0)
    for rank in (1, 2, 3, 4, 11, 22, 103, 111):
        yield missed(rank=rank, points=1, asked=1)


def _dailies() -> Iterator[fx.Effect]:
    for of in ITEMS:
        yield day_opened(of)
        yield day_closed(of)
        for state in fx.QuestionState:
            yield day_changed(of, state=state)
    yield fx.FormOpened(sheet(SINGLE), DAY)
    yield fx.FormOpened(sheet(TEXT), DAY, practice=True)
    yield day_opened(mention="Ομάδα")
    yield day_opened(closes_at=None)
    for answered in (0, 1, 2):
        yield day_changed(answered=answered)
    yield day_closed(keepers=(fx.Keeper("Άδα", 2),), next_post=None)
    yield day_closed(keepers=())
    yield day_closed(answered=0, right=0, right_names=())
    yield day_closed(right=0, right_names=())
    yield day_closed(answered=2)
    yield fx.RevealChanged(day_closed(), fx.RevealState.OVER)
    yield mine(question=DAY_QUESTION)
    yield mine(question=DAY_QUESTION, counted=False)
    yield mine(question=DAY_QUESTION, right=True, credit=1, points=100, base=100)


def _schedules() -> Iterator[fx.Effect]:
    yield fx.SchedulesShown(())
    for days in ((0, 1, 2, 3, 4), (5, 6), (0, 2, 4), (0, 1, 2, 4, 5), (6,), (0, 1, 3, 4, 5)):
        yield fx.SchedulesShown((schedule(weekdays=days),))
    narrow = DrawRequest(
        1, (DeckId("π/δ"), DeckId("π/ε")), (Topic("1.1"),), (Difficulty.EASY, Difficulty.HARD)
    )
    yield fx.SchedulesShown((schedule(name="βράδυ"), schedule(name="πρωί", request=narrow, mention="Ομάδα")))
    yield fx.SchedulesShown((schedule(paused=True, next=()),))
    yield fx.ScheduleSet(schedule(name="πρωί", paused=True, next=()), new=False)
    for reveal in (RevealAfter(1), RevealAfter(24), RevealAfter(48), RevealAt(time(18, 30))):
        yield fx.ScheduleSet(schedule(reveal=reveal), new=True)
    for name in ("daily", "πρωί"):
        yield fx.ScheduleStopped(name)
        yield fx.SchedulePaused(name, "γενικά", "Όχι")
        yield fx.SchedulePaused(name, "γενικά", " ")
    yield fx.DaysSkipped("πρωί", "Europe/Berlin", DAY, DAY, 1)
    yield fx.DaysSkipped("πρωί", "Europe/Berlin", DAY, DAY + timedelta(days=3), 3)


def _tops() -> Iterator[fx.Effect]:
    for since in Since:
        for by in RankedBy:
            yield top(since=since, by=by)
            yield top(since=since, by=by, lines=(), near=(), own=None, listed=0, lacking=1, first=None)
    for scope in Scope:
        yield top(scope=scope, page=2, pages=3)
    yield top(topic=Topic("1.1"), first=None, last=None, page=1, pages=3)
    yield top(topic=Topic("1.1"), topic_title="Τίτλος", first=None, last=None)
    yield top(since=Since.SEASON, season="Άνοιξη", season_id="2026-01-01", others=("Χειμώνας",))
    for by in RankedBy:
        for lacking in (0, 1, 3):
            yield top(by=by, own=None, near=(), lines=(top_line(1),), lacking=lacking)
    own = top_line(40, mine=True, points=1, right=1, answers=1)
    for by in RankedBy:
        yield top(by=by, lines=(top_line(1), top_line(1)), near=(top_line(39), own), own=own, listed=40)
    yield me()
    yield me(days=0, todo=(), frozen=False, topics=())
    yield me(days=1, best=1, right=1, answers=1, todo=(DAY, DAY + timedelta(days=1)))
    yield me(marks=())
    yield me(marks=tuple((DAY - timedelta(days=back), Mark.MISSED) for back in range(10, 300)), days=0)
    yield me(week=fx.Rank(0, 9, 0), ever=fx.Rank(0, 0, 0), answers=0, best=0, days=0, topics=())


def _homes() -> Iterator[fx.Effect]:
    nobody = me(week=fx.Rank(0, 9, 0), ever=fx.Rank(0, 0, 0), answers=0, best=0, days=0, topics=())
    yield home()
    yield home(rounds=(), days=(), coming=(), me=nobody)
    yield home(rounds=(), days=())
    yield home(days_left=1, coming_left=1)
    yield home(days_left=2, coming_left=12)
    answers = (
        None,
        replace(OWN, more=False),
        fx.OwnAnswer(Kind.MULTIPLE_RESPONSE, ("A", "C"), ("άλφα", "γάμμα")),
        fx.OwnAnswer(Kind.ORDERING, ("C", "A", "B")),
        fx.OwnAnswer(Kind.FILL_IN, ("άλφα", "βήτα")),
    )
    spots = (
        fx.Spot("γενικά"),
        fx.Spot(),
        *(fx.Spot(platform=one) for one in ("discord", "slack", "web", "ξ")),
    )
    for until in (LATER, None):
        yield home(days=tuple(open_day(answer=answer, until=until) for answer in answers))
    yield home(rounds=tuple(open_round(answer=answer) for answer in answers))
    for stage in fx.Stage:
        yield home(
            rounds=(open_round(stage=stage, answer=None), open_round(stage=stage, number=0, answer=None))
        )
    yield home(rounds=(open_round(later=True, answer=None, title=""),))
    yield home(
        rounds=tuple(open_round(spot=spot) for spot in spots),
        days=tuple(open_day(spot=spot, name="πρωί") for spot in spots),
        coming=tuple(coming(spot=spot, name="πρωί") for spot in spots),
    )


def _recaps() -> Iterator[fx.Effect]:
    yield recap()
    yield recap(
        answers=0, right=0, listed=0, learners=0, lines=(), improved=(), hardest=None, weak=(), days=0, best=0
    )
    yield recap(answers=1, listed=1, learners=1, right=0, days=3, best=9)
    for listed in (5, 6, 9):
        yield recap(listed=listed)
    for right, answers in ((0, 1), (0, 3), (2, 3)):
        yield recap(hardest=fx.Hardest(SINGLE, right, answers))
    for of in ITEMS:
        yield recap(hardest=fx.Hardest(of, 1, 4))
    yield fx.DaysSkipped("πρωί", "Europe/Berlin", DAY, DAY, 1, empty=True)
    yield fx.DaysSkipped("recap", "Europe/Berlin", DAY, DAY, 1, recap=True)
    yield fx.DaysSkipped("recap", "Europe/Berlin", DAY, DAY, 3, recap=True)
    yield fx.SchedulePaused("recap", "γενικά", "Όχι", recap=True)


def _settings() -> Iterator[fx.Effect]:
    yield settings()
    yield settings(changed=True)
    for rule in Reacting:
        yield settings(reacting=rule)
    yield fx.SettingsShown("", (), None, None, ())
    yield settings(hosts=())
    yield settings(recap=fx.RecapLine(4, time(18), "Europe/Berlin", None, paused=True))


def _links() -> Iterator[fx.Effect]:
    for kind in LinkKind:
        yield fx.CodeMade("4K7M-HQ2X", kind, LATER)
        yield fx.Unlinked(kind)
        for platform in ("discord", "slack", "web", "ξένο"):
            yield fx.Linked(kind, "Άδα", platform, group=platform == "slack")
    mine, other = fx.LinkedAccount("discord", "Άδα", mine=True), fx.LinkedAccount("slack", "Βίκη")
    yield fx.LinksShown((mine,), (), ())
    yield fx.LinksShown((mine, other), ("slack", "ξένο"), (fx.Spot("γενικά"), fx.Spot(platform="slack")))


def _guides() -> Iterator[fx.Effect]:
    lines = tuple(fx.DeckLine(f"π/{n}", f"Τίτλος {n}", pack, "Κείμενο", n) for pack in "ΠΡ" for n in (1, 12))
    yield fx.DecksListed(lines)
    yield fx.DecksListed((fx.DeckLine("own-α/1", "Τίτλος", "Π", "Κείμενο", 1),))
    yield fx.DecksListed(())
    yield fx.HelpShown()
    for problem in InputProblem:
        yield fx.InputRefused(problem.value, "ξένο")
        yield fx.InputRefused(problem.value, "ξένο", "/quiz play")
    yield fx.InputRefused("ξένο", "")


DRAFT: Final = Draft("Τι επιπλέει;", "* φελλός\nμόλυβδος", "Είναι ελαφρύς.", "Νερό")


def _own_decks() -> Iterator[fx.Effect]:
    kinds = tuple((kind.value, 2) for kind in Repair)
    report = dx.UploadReport(
        files=(dx.FileRead("α", "μορφή", 2, 3, 1), dx.FileRead("β", "μορφή", 1)),
        new=2,
        changed=1,
        same=1,
        others=3,
        decks=tuple(DeckCount(DeckId(f"ο/{n}"), f"Κόμποι {n}", n, 1) for n in range(21)),
        adds=True,
        off=1,
        repaired=(*kinds, ("ξένο", 1)),
        dropped=4,
        problems=tuple(dx.FileProblem("α", n, "Λάθος.", "Διόρθωσε.") for n in range(12)),
    )
    yield dx.UploadRead("α1", report)
    yield dx.UploadRead("α1", dx.UploadReport((dx.FileRead("α", "μορφή", 1, 1, 0),), others=1, off=2))
    yield dx.UploadRead("", dx.UploadReport(tuple(dx.FileRead("α", "μορφή", 0) for _ in range(11))))
    yield dx.UploadRead("α1", dx.UploadReport((), problems=report.problems[:11], dropped=1))
    yield dx.UploadRead("α1", dx.UploadReport((), problems=report.problems[:1], repaired=kinds[:1]))
    yield dx.DecksAdded(report)
    yield dx.DecksAdded(dx.UploadReport((), new=1, decks=(*report.decks, report.decks[0])))
    yield dx.DecksAdded(dx.UploadReport((), new=2))
    yield dx.UploadDropped()
    yield dx.NoProposals()
    for questions in (1, 12):
        yield dx.RemovalAsked(DeckId("own-a/b"), "Κόμποι", questions)
    yield dx.RemovalAsked(DeckId("ο" * 120), "Κόμποι", 2)
    yield dx.DeckRemoved("Κόμποι")
    yield dx.WritingOpened(Draft("", ""))
    yield dx.WritingOpened(DRAFT, proposal=True)
    yield dx.WritingOpened(DRAFT, mends="α1")
    for flaw in Flaw:
        yield dx.WritingOpened(DRAFT, flaw=flaw, said="ξένο")
    yield dx.QuestionWritten(SINGLE, "Νερό")
    yield dx.QuestionWritten(TEXT, "Νερό")
    yield dx.QuestionProposed()
    yield dx.ProposalShown("α1", "Άδα", DRAFT, 1, SINGLE)
    yield dx.ProposalShown("α1", "", Draft("Τι;", ""), 3, SINGLE, next="α1")
    yield dx.ProposalShown("α1", "Άδα", DRAFT, 2, flaw=Flaw.THERE_ALREADY, next="α1")
    yield dx.ProposalShown("α1", "Άδα", DRAFT, 2)
    for left in (0, 1, 2):
        yield dx.ProposalDecided(accepted=True, by="Άδα", deck="Νερό", left=left)
    yield dx.ProposalDecided(accepted=False, by="Άδα", deck="", left=0)
    for accepted, mended in ((True, False), (True, True), (False, False)):
        yield dx.ProposalAnswered("Τι επιπλέει;", accepted=accepted, mended=mended, deck="Νερό")
    yield dx.FileGiven("κόμποι", "")
    yield dx.FileGiven("κόμποι", "", ("Ένα.",))
    yield dx.FileGiven("κόμποι", "", tuple("αβγδεζηθικλ"))
    yield dx.FileGiven("κόμποι", "", tuple("αβγδεζηθικλμ"))
    for why in dx.DeckTrouble:
        yield dx.DecksRefused(why, "Λάθος.")


EFFECTS: Final[tuple[fx.Effect, ...]] = (
    *_lobbies(),
    *_questions(),
    *_reveals(),
    *_rounds(),
    *_replies(),
    *_private(),
    *_dailies(),
    *_schedules(),
    *_tops(),
    *_homes(),
    *_recaps(),
    *_settings(),
    *_links(),
    *_own_decks(),
    *EVERY_REVIEW,
    *_guides(),
)
"""Every class of effect in every variant that reads differently."""
