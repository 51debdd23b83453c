"""Samples: one effect of each class and how to change it, whose facts have no Latin letter in them.

What a person or a pack wrote is Greek here, so that a Latin letter in a view is a word of ours.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from bot.core import effects as fx
from bot.core.commands import Change, DrawRequest, Mode, RankedBy, RevealAfter, Scope, Since
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
from bot.core.streaks import Mark as StreakMark
from bot.core.streaks import day_marks

NOON: Final = datetime(2026, 5, 5, 12, tzinfo=UTC)
LATER: Final = NOON + timedelta(seconds=30)
ROUND: Final = RoundId("2345672345672")
QUESTION: Final = QuestionId(f"{ROUND}.1")
DAY: Final = date(2026, 11, 22)
DAY_ROUND: Final = RoundId("234-2026-11-22")
DAY_QUESTION: Final = QuestionId(f"{DAY_ROUND}.0")
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


def day_opened(of: Item = SINGLE, /, **changes: object) -> fx.QuestionOpened:
    """Return the question of a day, just posted: open for twelve hours."""
    plain = opened(of, sheet=day_sheet(of), closes_at=NOON + timedelta(hours=12), joined=0, day=DAY)
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def day_changed(of: Item = SINGLE, /, **changes: object) -> fx.QuestionChanged:
    """Return the question of a day that three have answered."""
    plain = changed(
        of, sheet=day_sheet(of), closes_at=NOON + timedelta(hours=12), joined=3, answered=3, day=DAY
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def day_sheet(of: Item) -> fx.Sheet:
    """Return *of* as the question of a day."""
    return sheet(of, question=DAY_QUESTION, number=1, total=1)


def day_closed(of: Item = SINGLE, /, **changes: object) -> fx.QuestionClosed:
    """Return the reveal of the question of a day: two of three were right."""
    plain = closed(
        of,
        question=DAY_QUESTION,
        number=1,
        total=1,
        next_at=None,
        last=True,
        mode=Mode.RELAXED,
        day=DAY,
        keepers=(fx.Keeper("Άδα", 12), fx.Keeper("Βίκη", 2)),
        next_post=NOON + timedelta(days=1),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def schedule(**changes: object) -> fx.ScheduleLine:
    """Return a schedule in Berlin, in the week in which its clocks go back."""
    plain = fx.ScheduleLine(
        name="daily",
        at=time(9),
        zone="Europe/Berlin",
        weekdays=(0, 1, 2, 3, 4, 5, 6),
        request=DrawRequest(1),
        reveal=RevealAfter(12),
        mention="",
        paused=False,
        next=(
            datetime(2026, 10, 24, 7, tzinfo=UTC),
            datetime(2026, 10, 25, 8, tzinfo=UTC),
            datetime(2026, 10, 26, 8, tzinfo=UTC),
        ),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def top_line(rank: int, name: str = "Άδα", /, **changes: object) -> fx.BoardLine:
    """Return a line of a leaderboard: three of four answers were right."""
    plain = fx.BoardLine(rank, name, 1000 // rank, 3, 4, 0.3006)
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def top(**changes: object) -> fx.TopShown:
    """Return the leaderboard of a group in a week, on which its reader is second."""
    lines = (top_line(1), top_line(2, "Βίκη", mine=True), top_line(3, "Γιώργος"), top_line(4, "Δάφνη"))
    plain = fx.TopShown(
        scope=Scope.GROUP,
        since=Since.WEEK,
        by=RankedBy.POINTS,
        topic=Topic(""),
        first=date(2026, 11, 16),
        last=DAY,
        lines=lines,
        page=1,
        pages=1,
        listed=4,
        own=lines[1],
        near=lines,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def my_marks() -> tuple[tuple[date, StreakMark], ...]:
    """Return three weeks of a learner who came on the second day, and has today's question before them."""
    asked = [DAY - timedelta(days=back) for back in range(21) if back % 7 != 3]
    answered = set(asked[1:-1]) - {DAY - timedelta(days=back) for back in (6, 12, 13)}
    return tuple(day_marks(asked, answered, still_open={DAY}).items())


def me(**changes: object) -> fx.MeShown:
    """Return where somebody stands who has answered for some days."""
    plain = fx.MeShown(
        name="Άδα",
        week=fx.Rank(2, 9, 340),
        ever=fx.Rank(11, 40, 5210),
        right=61,
        answers=80,
        days=5,
        best=12,
        todo=(DAY,),
        frozen=True,
        topics=(fx.TopicLine(Topic("2.1"), 3, 9, "Τίτλος"), fx.TopicLine(Topic("1.1"), 9, 10)),
        marks=my_marks(),
        today=DAY,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


OWN: Final = fx.OwnAnswer(Kind.SINGLE_CHOICE, ("B",), ("άλφα **βήτα**",))


def open_day(**changes: object) -> fx.OpenDay:
    """Return the open question of a day, which its reader has answered."""
    plain = fx.OpenDay(fx.Spot("γενικά"), "daily", DAY, NOON, OWN)
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def open_round(**changes: object) -> fx.OpenRound:
    """Return a round at its second question, which its reader has answered."""
    plain = fx.OpenRound(fx.Spot("γενικά"), "Σεισμοί", fx.Stage.ASKING, 2, 5, OWN)
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def coming(**changes: object) -> fx.ComingPost:
    """Return a schedule of every day, and its next post."""
    plain = fx.ComingPost(
        fx.Spot("γενικά"), "daily", time(9), "Europe/Berlin", (0, 1, 2, 3, 4, 5, 6), NOON + timedelta(days=1)
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def home(**changes: object) -> fx.HomeShown:
    """Return all that concerns somebody: a round, a day, where they stand, and two posts to come."""
    recap_ = coming(name="recap", at=time(18), weekdays=(4,), recap=True)
    plain = fx.HomeShown((open_round(),), (open_day(),), me(), (coming(), recap_))
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names only fields there are


def recap(**changes: object) -> fx.RecapPosted:
    """Return the recap of a week in which two took part."""
    plain = fx.RecapPosted(
        id=RoundId("recap2345672345672-2026-11-22"),
        first=date(2026, 11, 15),
        last=DAY,
        lines=(top_line(1, points=900), top_line(2, "Βίκη", points=500)),
        listed=2,
        learners=3,
        answers=12,
        right=7,
        improved=(fx.Improved("Άδα", 0.5, 0.833),),
        hardest=fx.Hardest(SINGLE, 1, 4),
        days=5,
        best=5,
        weak=(fx.WeakTopic(Topic("1.1"), "Τίτλος", 3, 8), fx.WeakTopic(Topic("2.3"), "", 1, 4)),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names fields that there are


def settings(**changes: object) -> fx.SettingsShown:
    """Return the settings of a group that has chosen all there is to choose."""
    plain = fx.SettingsShown(
        zone="Europe/Berlin",
        organisers=("Άδα", "Βίκη"),
        hosts=("Γιώργος",),
        recap=fx.RecapLine(4, time(18), "Europe/Berlin", NOON + timedelta(days=3), paused=False),
        seasons=(
            fx.SeasonLine("Άνοιξη", date(2027, 3, 1), date(2027, 5, 31), fx.SeasonState.PLANNED),
            fx.SeasonLine("Χειμώνας", date(2026, 11, 1), date(2027, 2, 28), fx.SeasonState.RUNNING),
            fx.SeasonLine("Φθινόπωρο", date(2026, 8, 1), date(2026, 10, 31), fx.SeasonState.PAST),
        ),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # a test names fields that there are
