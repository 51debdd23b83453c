"""Scenes with pictures: a leaderboard, the answers of a day, a learner's days and topics."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.core import effects as fx
from bot.core.commands import Mode, RankedBy, Scope, Since
from bot.core.ids import DeckId, ItemId, OptionId, QuestionId, Topic
from bot.core.items import ChoiceKey, Difficulty, Item, Kind, Option, TextKey
from bot.core.streaks import day_marks
from bot.wording.render import view_of
from bot.wording.views import View

TODAY: Final = date(2026, 11, 22)
LONG_NAME: Final = "Maximiliane Theodora von und zu Hohenstein-Wittelsbach the Eleventh of Neverland"
NAMES: Final = (
    "مريم العلي من القاهرة",
    "王小明",
    LONG_NAME,
    "🦊 Fennec 👩‍👩‍👧‍👦🇧🇷❤️",
    "नंदिनी शर्मा",
    "דניאל כהן (Dani)",
    "김철수 & さくら",
    "<b>Robert'); DROP TABLE</b>",
)


def top(*names: str) -> View:
    """Return a leaderboard with *names*, or ours, on its first page, and its reader far below."""
    lines = tuple(
        fx.BoardLine(rank, name, 1300 - 97 * rank, 9, 10, 0.6) for rank, name in enumerate(names or NAMES, 1)
    )
    own = fx.BoardLine(42, "Ada", 48, 3, 10, 0.2, mine=True)
    near = (
        fx.BoardLine(41, "Ben Oyelaran", 61, 3, 9, 0.2),
        own,
        fx.BoardLine(43, "𝓥𝓪𝓵𝓮𝓷𝓽𝓲𝓷𝓪 ✨", 7, 1, 9, 0.1),
    )
    shown = fx.TopShown(
        scope=Scope.GROUP,
        since=Since.WEEK,
        by=RankedBy.POINTS,
        topic=Topic(""),
        first=TODAY - timedelta(days=6),
        last=TODAY,
        lines=lines,
        page=1,
        pages=5,
        listed=48,
        own=own,
        near=near,
    )
    return view_of(shown)


ITEM: Final = Item(
    id=ItemId("p/i"),
    deck=DeckId("p/d"),
    kind=Kind.SINGLE_CHOICE,
    prompt="Which of these keeps a replica from serving reads that are older than five seconds?",
    key=ChoiceKey((OptionId("b"),)),
    topic=Topic("1.1"),
    difficulty=Difficulty.MEDIUM,
    explanation="A replica knows how far it has come, and whoever reads knows how old is too old.",
    options=(
        Option(OptionId("a"), "Read from the leader only", "Then the replica serves no reads at all."),
        Option(
            OptionId("b"),
            "Compare the replica's last applied position with the leader's, and send the read on when it lags"
            " by more than the bound",
            "The bound is what was asked for.",
        ),
        Option(OptionId("c"), "إعادة المحاولة حتى تنجح 🔁", "Trying again does not make it younger."),
        Option(OptionId("d"), "增加副本的数量"),
    ),
)


def answers() -> View:
    """Return the reveal of a question of the day that 31 have answered."""
    counts = (9, 17, 5, 0)
    closed = fx.QuestionClosed(
        question=QuestionId("234-2026-11-22.0"),
        item=ITEM,
        number=1,
        total=1,
        order=(0, 1, 2, 3),
        stem_order=(),
        tallies=tuple(fx.Tally(count, right=at == 1, position=at) for at, count in enumerate(counts)),
        answered=31,
        joined=31,
        right=17,
        right_names=NAMES[:4],
        fastest_ms=None,
        winner="",
        top=(),
        teams=(),
        next_at=None,
        last=True,
        mode=Mode.RELAXED,
        day=TODAY,
        keepers=(fx.Keeper("王小明", 40), fx.Keeper("Ben Oyelaran", 12)),
    )
    return view_of(closed)


def typed() -> View:
    """Return the reveal of a question that was answered by typing."""
    texts = ("Titan", "titan (saturn)", "Europa 🌊", "القمر", "泰坦")
    tallies = tuple(fx.Tally(9 - 2 * place, right=place < 2, text=text) for place, text in enumerate(texts))
    key = TextKey(("Titan",))
    item = replace(ITEM, kind=Kind.FREE_TEXT, options=(), key=key, prompt="Which moon has lakes of methane?")
    shown = fx.QuestionClosed(
        question=QuestionId("234-2026-11-22.0"),
        item=item,
        number=1,
        total=1,
        order=(),
        stem_order=(),
        tallies=tallies,
        answered=28,
        joined=28,
        right=16,
        right_names=NAMES[:3],
        fastest_ms=None,
        winner="",
        top=(),
        teams=(),
        next_at=None,
        last=True,
        mode=Mode.RELAXED,
        day=TODAY,
    )
    return view_of(shown)


def me(weeks: int = 26) -> View:
    """Return where a learner stands who has answered for so many weeks."""
    days = [TODAY - timedelta(days=back) for back in range(weeks * 7)]
    asked = [day for day in days if day.weekday() < 6 or day == TODAY]
    answered = {day for day in asked if day.day % 9 not in {4, 5}} - {TODAY}
    shown = fx.MeShown(
        name="Ada",
        week=fx.Rank(2, 9, 340),
        ever=fx.Rank(11, 40, 5210),
        right=61,
        answers=80,
        days=5,
        best=14,
        todo=(TODAY,),
        frozen=True,
        topics=(
            fx.TopicLine(Topic("4.2"), 0, 2, "🐳 Containers"),
            fx.TopicLine(Topic("3.1"), 8, 21, "Troubleshooting wide area networks of several carriers"),
            fx.TopicLine(Topic("2.2"), 20, 33, "أمن الشبكات"),
            fx.TopicLine(Topic("2.1"), 42, 57, "加密与证书"),
            fx.TopicLine(Topic("1.1"), 114, 124, "Routing and switching"),
        ),
        marks=tuple(day_marks(asked, answered, still_open={TODAY}).items()),
        today=TODAY,
    )
    return view_of(shown)
