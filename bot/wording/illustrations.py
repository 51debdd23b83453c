"""Illustrations: what pictures show, in words of the catalogue.

Who has the facts of a message makes its picture here; how one is drawn is nobody's business in this package.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Literal, assert_never

from bot.core.commands import RankedBy
from bot.core.effects import BoardLine, MeShown, QuestionClosed, Tally, TopicLine
from bot.core.questions import letter
from bot.core.streaks import Mark
from bot.wording import pictures
from bot.wording.catalogues import Catalogue
from bot.wording.cleaning import clean_line, shorten
from bot.wording.pieces import LONGEST_TITLE, line_of
from bot.wording.plain import plain_inline
from bot.wording.views import Table

CALENDAR_WEEKS: Final = 26
SHOWN_MARKS: Final = (Mark.ANSWERED, Mark.FROZEN, Mark.MISSED, Mark.OPEN)


# --------------------------------------------------------------------------------------------- leaderboards


def board_facts(
    title: str,
    about: Sequence[str],
    by: RankedBy,
    rows: Sequence[BoardLine | None],
    table: Table,
    catalogue: Catalogue,
) -> pictures.BoardPicture:
    """Return a leaderboard whose *table* has one row for each of *rows*; None are ranks that are left out.

    The third column of the table is what is ranked by. *about* is what there is to say of the whole.
    """
    earned = [plain_inline(cells[2]) for cells in table.rows]
    best = max((_worth(row, by) for row in rows if row is not None), default=0)
    gaps = (False, *(row is None for row in rows))
    lines = tuple(
        _board_line(row, said, _worth(row, by) / best if best else 0, catalogue, gap=gap)
        for row, said, gap in zip(rows, earned, gaps, strict=False)
        if row is not None
    )
    spoken = (
        _board_said(row, said, table.header[2], catalogue) for row, said in zip(rows, earned, strict=True)
    )
    return pictures.BoardPicture(
        title=title,
        subtitle=catalogue.beside(about),
        lines=lines,
        alt="\n".join((title, *about, *spoken)),
        earned=table.header[2],
        mine=catalogue.you(),
    )


def _worth(row: BoardLine, by: RankedBy) -> float:
    """Return what a line is ranked by, as the length of its bar has it."""
    match by:
        case RankedBy.POINTS:
            return max(0, row.points)
        case RankedBy.ACCURACY:
            return row.share
        case RankedBy.IMPROVEMENT:
            return max(0, row.gain)
        case _:
            assert_never(by)


def _board_line(
    row: BoardLine, earned: str, share: float, catalogue: Catalogue, *, gap: bool
) -> pictures.BoardLine:
    return pictures.BoardLine(
        rank=catalogue.number(row.rank),
        name=catalogue.name(row.name),
        earned=earned,
        share=share,
        medal=_medal(row.rank) if share > 0 else 0,
        mine=row.mine,
        gap=gap,
    )


def _board_said(row: BoardLine | None, earned: str, column: str, catalogue: Catalogue) -> str:
    if row is None:
        return catalogue.top_gap()
    return catalogue.board_line(row.rank, catalogue.name(row.name), earned, column, mine=row.mine)


def _medal(rank: int) -> Literal[0, 1, 2, 3]:
    match rank:
        case 1 | 2 | 3:
            return rank
        case _:
            return 0


# -------------------------------------------------------------------------------------------------- answers


def answers_facts(effect: QuestionClosed, catalogue: Catalogue) -> pictures.AnswersPicture | None:
    """Return how the answers to a question fell; None when nobody answered, or nothing can be counted."""
    if not effect.answered or not effect.tallies:
        return None
    title = shorten(line_of(effect.item.prompt), LONGEST_TITLE)
    bars = tuple(_answer_bar(tally, effect, catalogue) for tally in effect.tallies)
    subtitle, note = catalogue.answers(effect.answered), _other_answers(effect, catalogue)
    said = [
        catalogue.answer_bar(
            catalogue.labelled(bar.letter, bar.text) if bar.letter else catalogue.quoted(bar.text),
            bar.percent,
            bar.count,
            right=bar.right,
        )
        for bar in bars
    ]
    return pictures.AnswersPicture(
        title=title,
        subtitle=subtitle,
        bars=bars,
        alt="\n".join(text for text in (title, subtitle, *said, note) if text),
        right=catalogue.right_sign() if any(bar.right for bar in bars) else "",
        note=note,
    )


def chosen_line(effect: QuestionClosed, catalogue: Catalogue) -> str:
    """Return how many chose each option, in few words, because the options themselves stand beside it."""
    counts = {letter(t.position): t.count for t in effect.tallies if t.position is not None}
    return catalogue.times_chosen(counts, effect.answered)


def _answer_bar(tally: Tally, effect: QuestionClosed, catalogue: Catalogue) -> pictures.AnswerBar:
    place = tally.position
    text = clean_line(tally.text) if place is None else line_of(effect.item.options[effect.order[place]].text)
    return pictures.AnswerBar(
        letter="" if place is None else letter(place),
        text=text,
        count=catalogue.people(tally.count),
        percent=_percent(tally.count, effect.answered, catalogue),
        share=tally.count / effect.answered,
        right=tally.right,
    )


def _other_answers(effect: QuestionClosed, catalogue: Catalogue) -> str:
    """Count the typed answers beyond those that are shown."""
    if any(tally.position is not None for tally in effect.tallies):
        return ""
    others = effect.answered - sum(tally.count for tally in effect.tallies)
    return catalogue.other_answers(others) if others > 0 else ""


def _percent(part: int, whole: int, catalogue: Catalogue) -> str:
    """Say a share, rounded, but all only where it is all."""
    rounded = (200 * part + whole) // (2 * whole)
    return catalogue.hundredths(min(rounded, 99) if part < whole else 100)


# ------------------------------------------------------------------------------------- a learner's own days


def calendar_facts(
    effect: MeShown, said: Sequence[str], catalogue: Catalogue
) -> pictures.CalendarPicture | None:
    """Return the days of the last half year, from the first that had a question; *said* are the streaks.

    None for who has never answered a question of the day, and where there was none in all that time.
    """
    first, last = _reach(effect)
    marks = tuple((day, mark) for day, mark in effect.marks if first <= day <= last)
    if not effect.best or not marks:
        return None
    title, note = catalogue.calendar_title(), _freeze(effect, catalogue)
    return pictures.CalendarPicture(
        title=title,
        subtitle="",
        first=first,
        last=last,
        marks=marks,
        months=catalogue.short_months(),
        weekdays=catalogue.short_weekdays(),
        legend=_legend(first, last, marks, catalogue),
        alt="\n".join(text for text in (title, *said, note) if text),
        figures=_figures(effect, marks, catalogue),
        note=note,
    )


def days_line(effect: MeShown, catalogue: Catalogue) -> str:
    """Return what the days of the calendar were, counted."""
    first, last = _reach(effect)
    counts = Counter(mark for day, mark in effect.marks if first <= day <= last)
    return catalogue.days_said(first, last, [(mark, counts[mark]) for mark in SHOWN_MARKS if counts[mark]])


def _reach(effect: MeShown) -> tuple[date, date]:
    """Return the first and the last day of the calendar; a question may be of a day that is tomorrow here."""
    last = max([effect.today, *(day for day, _ in effect.marks)])
    monday = last - timedelta(days=last.weekday())
    earliest = monday - timedelta(weeks=CALENDAR_WEEKS - 1)
    return min((day for day, _ in effect.marks if day >= earliest), default=last), last


def _figures(
    effect: MeShown, marks: Sequence[tuple[date, Mark]], catalogue: Catalogue
) -> tuple[pictures.Figure, ...]:
    answered = sum(mark is Mark.ANSWERED for _, mark in marks)
    figures = (
        (effect.days, catalogue.days_running(effect.days)),
        (effect.best, catalogue.longest_streak()),
        (answered, catalogue.days_answered(answered)),
    )
    return tuple(pictures.Figure(catalogue.number(value), label) for value, label in figures)


def _legend(
    first: date, last: date, marks: Sequence[tuple[date, Mark]], catalogue: Catalogue
) -> tuple[tuple[Mark | None, str], ...]:
    """Return the signs that there are, with what they mean."""
    there = {mark for _, mark in marks}
    free = Mark.BEFORE in there or len(marks) <= (last - first).days
    shown: list[Mark | None] = [mark for mark in SHOWN_MARKS if mark in there]
    return tuple((mark, catalogue.day_mark(mark)) for mark in (*shown, *((None,) if free else ())))


def _freeze(effect: MeShown, catalogue: Catalogue) -> str:
    """Say what became of the week's freeze, to who has a streak to keep."""
    return catalogue.freeze_note(used=effect.frozen) if effect.days else ""


# --------------------------------------------------------------------------------------------------- topics


def topics_facts(topics: Sequence[TopicLine], catalogue: Catalogue) -> pictures.TopicsPicture:
    """Return how well each of *topics* goes."""
    title, subtitle = catalogue.topics_title(), catalogue.weakest_first()
    bars = tuple(
        pictures.TopicBar(
            name=catalogue.name(line.title or line.topic),
            accuracy=_percent(line.right, line.answers, catalogue),
            answers=catalogue.answers(line.answers),
            share=line.right / line.answers,
        )
        for line in topics
    )
    said = (catalogue.topic_said(bar.name, bar.accuracy, bar.answers) for bar in bars)
    return pictures.TopicsPicture(
        title=title, subtitle=subtitle, bars=bars, alt="\n".join((title, subtitle, *said))
    )
