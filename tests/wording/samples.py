"""Samples: effects of every class in every variant, whose facts have no Latin letter in them.

What a person or a pack wrote is Greek here, so that a Latin letter in a view is a word of ours.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from bot.core import effects as fx
from bot.core.commands import Change, Mode
from bot.core.grades import Unreadable
from bot.core.ids import DeckId, ItemId, LearnerId, OptionId, QuestionId, RoundId, StemId, Topic
from bot.core.items import (
    Blank,
    BlanksKey,
    ChoiceKey,
    Difficulty,
    Item,
    Kind,
    MatchKey,
    NumberKey,
    Option,
    OrderKey,
    Point,
    Source,
    Stem,
    TextKey,
)
from bot.core.questions import Question
from bot.core.responses import Chosen, Response, Typed
from bot.wording.menu import InputProblem

NOON: Final = datetime(2026, 5, 5, 12, tzinfo=UTC)
LATER: Final = NOON + timedelta(seconds=30)
ROUND: Final = RoundId("2345672345672")
QUESTION: Final = QuestionId(f"{ROUND}.1")
A, B, C = OptionId("α"), OptionId("β"), OptionId("γ")
ONE, TWO = StemId("ι"), StemId("κ")

OPTIONS: Final = (
    Option(A, "**άλφα**", "γιατί άλφα"),
    Option(B, "βήτα", "γιατί βήτα"),
    Option(C, "γάμμα", "γιατί γάμμα"),
)
STEMS: Final = (Stem(ONE, "ένα"), Stem(TWO, "δύο"))


def item(kind: Kind = Kind.SINGLE_CHOICE, /, **changes: object) -> Item:
    """Return an item of *kind* with Greek in all of it."""
    plain = Item(
        id=ItemId("π/ι"),
        deck=DeckId("π/δ"),
        kind=kind,
        prompt="Ποιο *είναι* σωστό;",
        key=ChoiceKey((B,)),
        topic=Topic("1.1"),
        difficulty=Difficulty.EASY,
        explanation="Επειδή `έτσι`.",
        hints=("μυστικό",),
        sources=(Source("Πηγή", "https://1.2/3"),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


SINGLE: Final = item(options=OPTIONS)
TRUE_FALSE: Final = item(Kind.TRUE_FALSE, options=OPTIONS[:2])
MULTIPLE: Final = item(Kind.MULTIPLE_RESPONSE, options=OPTIONS, key=ChoiceKey((A, C)))
ONE_BLANK: Final = item(Kind.FILL_IN, prompt="Το ___;", key=BlanksKey((Blank(("άλφα", "αα")),)))
TWO_BLANKS: Final = item(
    Kind.FILL_IN, prompt="Το ___ και ___.", key=BlanksKey((Blank(("άλφα", "αα")), Blank(("βήτα",))))
)
NUMERIC: Final = item(Kind.NUMERIC, key=NumberKey(Decimal("12.50"), Decimal("0.5"), unit="μμ"))
PERCENT: Final = item(Kind.NUMERIC, key=NumberKey(Decimal(100), Decimal(5), percent=True))
EXACT: Final = item(Kind.NUMERIC, key=NumberKey(Decimal(7)), sources=())
POINT: Final = Point("λέει άλφα", ("άλφα",))
TEXT: Final = item(Kind.FREE_TEXT, key=TextKey(("άλφα",)))
POINTS: Final = item(Kind.FREE_TEXT, key=TextKey(("άλφα",), (POINT, POINT), need=1))
ALL_POINTS: Final = item(Kind.FREE_TEXT, key=TextKey((), (POINT, POINT)))
ORDER: Final = item(Kind.ORDERING, options=OPTIONS, key=OrderKey((C, A, B)))
MATCH: Final = item(Kind.MATCHING, options=OPTIONS, stems=STEMS, key=MatchKey(((ONE, B), (TWO, A))))
ITEMS: Final = (
    SINGLE,
    TRUE_FALSE,
    MULTIPLE,
    ONE_BLANK,
    TWO_BLANKS,
    NUMERIC,
    PERCENT,
    EXACT,
    TEXT,
    POINTS,
    ALL_POINTS,
    ORDER,
    MATCH,
)

ADA: Final = fx.Standing(1, "Άδα", 320, 3, LearnerId(1), 120, 2)
BO: Final = fx.Standing(2, "Βίκη", 100, 1, LearnerId(2))
RED: Final = fx.Standing(1, "1", 200, 4)
BLUE: Final = fx.Standing(2, "2", 150, 2)


def sheet(of: Item, /, **changes: object) -> fx.Sheet:
    """Return *of* as it is shown while it is open, everything in the author's order."""
    options, stems = tuple(range(len(of.options))), tuple(range(len(of.stems)))
    shown = Question(QUESTION, 1, of, options, stems).sheet(5)
    return replace(shown, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def lobby(**changes: object) -> fx.Lobby:
    """Return a lobby with two people in it."""
    plain = fx.Lobby(ROUND, "Τίτλος", "Άδα", Mode.EVERYONE, 5, 30, LATER, 2, ("Άδα", "Βίκη"), opened_at=NOON)
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def opened(of: Item = SINGLE, /, **changes: object) -> fx.QuestionOpened:
    """Return a question that was just opened, with a clock."""
    plain = fx.QuestionOpened(sheet(of), NOON, LATER, 3, Mode.EVERYONE, Change.UNTIL_CLOSE)
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def changed(of: Item = SINGLE, /, **changes: object) -> fx.QuestionChanged:
    """Return a question that two of three have answered."""
    plain = fx.QuestionChanged(
        sheet(of), fx.QuestionState.OPEN, NOON, LATER, 2, 3, Mode.EVERYONE, Change.UNTIL_CLOSE
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def closed(of: Item = SINGLE, /, **changes: object) -> fx.QuestionClosed:
    """Return a reveal: of three, one chose the first option and two the second."""
    counts = (1, 2, 0)[: len(of.options)] if isinstance(of.key, ChoiceKey) else ()
    right = of.key.right if isinstance(of.key, ChoiceKey) else ()
    plain = fx.QuestionClosed(
        question=QUESTION,
        item=of,
        number=2,
        total=5,
        order=tuple(range(len(of.options))),
        stem_order=tuple(range(len(of.stems))),
        tallies=tuple(fx.Tally(n, of.options[at].id in right, at) for at, n in enumerate(counts)),
        answered=3,
        joined=3,
        right=2,
        right_names=("Άδα", "Βίκη"),
        fastest_ms=2400,
        winner="",
        top=(ADA, BO),
        teams=(),
        next_at=LATER,
        last=False,
        mode=Mode.EVERYONE,
        closed_at=NOON,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def skipped(of: Item = SINGLE, /, **changes: object) -> fx.QuestionSkipped:
    """Return a question that the host dropped."""
    order, stems = tuple(range(len(of.options))), tuple(range(len(of.stems)))
    plain = fx.QuestionSkipped(QUESTION, of, 2, 5, order, stems, LATER, last=False, closed_at=NOON)
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def ended(**changes: object) -> fx.RoundEnded:
    """Return the end of a round of five questions for two people."""
    plain = fx.RoundEnded(ROUND, "Τίτλος", fx.Ending.FINISHED, "", (ADA, BO), (), 2, 5, 5, Mode.EVERYONE)
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


RESPONSES: Final[dict[Kind, Response]] = {
    Kind.SINGLE_CHOICE: Chosen((A,)),
    Kind.TRUE_FALSE: Chosen((A,)),
    Kind.MULTIPLE_RESPONSE: Chosen((C, A)),
    Kind.FILL_IN: Typed(("έψιλον", "ζήτα")),
    Kind.NUMERIC: Typed(("12",)),
    Kind.FREE_TEXT: Typed(("ήτα",)),
    Kind.ORDERING: Chosen((A, B, C)),
    Kind.MATCHING: Chosen((A, A)),
}


def mine(of: Item = SINGLE, /, **changes: object) -> fx.MineShown:
    """Return what the reader answered: something wrong."""
    plain = fx.MineShown(
        question=QUESTION,
        item=of,
        order=tuple(range(len(of.options))),
        response=RESPONSES[of.kind],
        right=False,
        credit=0,
        near=False,
        points=0,
        base=0,
        speed=0,
        streak_bonus=0,
        elapsed_ms=2400,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def missed(**changes: object) -> fx.MissedListed:
    """Return a list of everything missed, once without an answer."""
    lines = tuple(fx.Missed(QUESTION, of, RESPONSES[of.kind]) for of in ITEMS)
    unanswered = fx.Missed(QuestionId(f"{ROUND}.2"), SINGLE, None)
    plain = fx.MissedListed(ROUND, "Τίτλος", 100, 2, 2, 1, 5, (*lines, unanswered))
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


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


def _guides() -> Iterator[fx.Effect]:
    lines = tuple(fx.DeckLine(f"π/{n}", f"Τίτλος {n}", pack, "Κείμενο", n) for pack in "ΠΡ" for n in (1, 12))
    yield fx.DecksListed(lines)
    yield fx.DecksListed(())
    yield fx.HelpShown()
    for problem in InputProblem:
        yield fx.InputRefused(problem.value, "ξένο")
        yield fx.InputRefused(problem.value, "ξένο", "/quiz play")
    yield fx.InputRefused("ξένο", "")


EFFECTS: Final[tuple[fx.Effect, ...]] = (
    *_lobbies(),
    *_questions(),
    *_reveals(),
    *_rounds(),
    *_replies(),
    *_private(),
    *_guides(),
)
"""Every class of effect in every variant that reads differently."""
