"""Facts to draw: a lively group, with names as people really have them."""

from datetime import date, timedelta

from bot.core.streaks import Mark, day_marks
from bot.wording.pictures import (
    AnswerBar,
    AnswersPicture,
    BoardLine,
    BoardPicture,
    CalendarPicture,
    Facts,
    Figure,
    TopicBar,
    TopicsPicture,
)

LONG = "Maximiliane Theodora von und zu Hohenstein-Wittelsbach the Eleventh of Neverland"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

BOARD = BoardPicture(
    title="Leaderboard of #networking",
    subtitle="This week, 16 to 22 November · Europe/Berlin",
    lines=(
        BoardLine("1", "مريم العلي 🌙 من القاهرة", "1,284", 1.0, medal=1),
        BoardLine("2", "王小明", "1,190", 0.93, medal=2),
        BoardLine("2", LONG, "1,190", 0.93, medal=2),
        BoardLine("4", "🦊 Fennec 👩‍👩‍👧‍👦🇧🇷❤️", "977", 0.76),
        BoardLine("5", "नंदिनी शर्मा", "954", 0.74),
        BoardLine("6", "דניאל כהן (Dani)", "870", 0.68),
        BoardLine("7", "김철수 & さくら", "655", 0.51),
        BoardLine("8", "สมชาย ใจดี", "502", 0.39),
        BoardLine("41", "<b>Robert'); DROP TABLE</b>", "61", 0.05, gap=True),
        BoardLine("42", "Ada Lovelace", "48", 0.04, mine=True),
        BoardLine("43", "𝓥𝓪𝓵𝓮𝓷𝓽𝓲𝓷𝓪 ✨", "0", 0.0),
    ),
    alt="Leaderboard of #networking, this week. 1st: مريم العلي with 1,284 points, and so on.",
    earned="Points",
    mine="you",
    note="Page 1 of 5 · 48 learners",
)

ANSWERS = AnswersPicture(
    title="Which of these keeps a replica from serving reads that are older than five seconds?",
    subtitle="Question of 22 November · 31 answers",
    bars=(
        AnswerBar("A", "Read from the leader only", "9 learners", "29 %", 0.29),
        AnswerBar(
            "B",
            "Compare the replica's last applied position with the leader's, and send the read on when it"
            " lags by more than the bound",
            "17 learners",
            "55 %",
            0.55,
            right=True,
        ),
        AnswerBar("C", "إعادة المحاولة حتى تنجح 🔁", "5 learners", "16 %", 0.16),
        AnswerBar("D", "增加副本的数量", "0 learners", "0 %", 0.0),
    ),
    alt="Answers: A 29 %, B, the right one, 55 %, C 16 %, D none.",
    right="the right answer",
    note="Next question: tomorrow at 09:00",
)


def calendar(weeks: int = 16) -> CalendarPicture:
    """Return a calendar of so many weeks with every kind of day in it."""
    last = date(2026, 11, 22)
    days = [last - timedelta(days=back) for back in range(weeks * 7)]
    asked = [day for day in days if day.weekday() < 6]
    answered = {day for day in asked if day.day % 9 not in {4, 5} and day > days[-1] + timedelta(days=9)} - {
        last
    }
    asked.append(last)
    marks = day_marks(asked, answered, still_open={last})
    return CalendarPicture(
        title="Your days",
        subtitle="#networking · Europe/Berlin",
        first=days[-1],
        last=last + timedelta(days=0),
        marks=tuple(marks.items()),
        months=MONTHS,
        weekdays=WEEKDAYS,
        legend=(
            (Mark.ANSWERED, "answered"),
            (Mark.FROZEN, "kept by a freeze"),
            (Mark.MISSED, "missed"),
            (Mark.OPEN, "still open"),
            (None, "no question"),
        ),
        alt="Your streak is 3 days, your best 14. In November you missed 3 days.",
        figures=(Figure("3", "days in a row"), Figure("14", "your best"), Figure("87 %", "of all days")),
        note="One freeze left this week",
    )


TOPICS = TopicsPicture(
    title="Your progress by topic",
    subtitle="All time, compared with last month",
    bars=(
        TopicBar("Routing and switching", "92 %", "124 answers", 0.92, 0.8),
        TopicBar("加密与证书", "74 %", "57 answers", 0.74, 0.78),
        TopicBar("أمن الشبكات", "61 %", "33 answers", 0.61, 0.4),
        TopicBar("Troubleshooting wide area networks of several carriers", "38 %", "21 answers", 0.38),
        TopicBar("🐳 Containers", "0 %", "2 answers", 0.0, 0.0),
    ),
    alt="Routing and switching 92 % of 124 answers, and so on.",
    before="where you stood a month ago",
    note="Most to gain: Containers",
)

PICTURES: dict[str, Facts] = {
    "board": BOARD,
    "answers": ANSWERS,
    "calendar": calendar(),
    "topics": TOPICS,
}
