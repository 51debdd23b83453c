"""Pictures: everything that the facts say can be seen, nothing runs over, nothing is told by colour alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest

from bot.charts.drawing import draw
from bot.charts.elements import Element, parsed
from bot.charts.frames import WIDTH
from bot.charts.typesetting import BOLD, width
from bot.core.streaks import Mark
from bot.wording.pictures import AnswerBar, BoardLine, BoardPicture, CalendarPicture, Facts, TopicBar
from tests.charts.samples import ANSWERS, BOARD, LONG, MONTHS, PICTURES, TOPICS, calendar

HOSTILE = (
    "</text><script>alert(1)</script>", "a & b < c > d", '"/><image href="//evil"/>', "]]>", "\x00\x1b[31m",
    "\u202eevil\u202c", "W" * 80, "王" * 80, "🦊" * 80, "م" * 80, "Z" + "\u0301" * 70, "﷽", " ", "",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A text in a picture, with the box that it fills at most."""

    text: str
    left: float
    right: float
    y: float


def every(root: Element, tag: str) -> Iterator[Element]:
    """Yield each element of that tag, in the order of drawing."""
    if root.tag == tag:
        yield root
    for child in root.children:
        if isinstance(child, Element):
            yield from every(child, tag)


def said(svg: str) -> list[Said]:
    """Return the texts of a picture and where they are."""
    return [_said(text) for text in every(parsed(svg), "text")]


def _said(node: Element) -> Said:
    text = "".join(child for child in node.children if isinstance(child, str)).strip("\u2067\u2069")
    size, bold = float(node.attributes["font-size"]), float(node.attributes["font-weight"]) >= BOLD
    reach, x = width(text, size, bold=bold), float(node.attributes["x"])
    left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[node.attributes["text-anchor"]] * reach
    return Said(text, left, left + reach, float(node.attributes["y"]))


def words(svg: str) -> list[str]:
    """Return the texts of a picture."""
    return [one.text for one in said(svg)]


def board_of(*names: str) -> BoardPicture:
    """Return a board with these names in the reader's own and other lines."""
    lines = tuple(
        BoardLine(str(place), name, "1,000,000 points", 1.5 - place / 5, mine=place % 2 == 0)
        for place, name in enumerate(names, start=1)
    )
    return replace(BOARD, lines=lines)


WIDE: dict[str, Facts] = {
    "names": board_of(*HOSTILE, LONG),
    "points": replace(BOARD, lines=(BoardLine("1,000,001", LONG, LONG, 1, mine=True),), mine=LONG, note=LONG),
    "board": replace(BOARD, title=LONG * 3, subtitle=LONG * 2),
    "answers": replace(
        ANSWERS, right=LONG, bars=tuple(AnswerBar("AB", text, text, text, 7, right=True) for text in HOSTILE)
    ),
    "topics": replace(TOPICS, before=LONG * 2, bars=tuple(TopicBar(x, x, x, -1, 2.0) for x in HOSTILE)),
    "calendar": replace(
        calendar(),
        legend=((Mark.FROZEN, LONG * 2), (Mark.BEFORE, LONG)),
        figures=tuple(replace(figure, value=LONG, label=LONG) for figure in calendar().figures),
    ),
    "half a year": calendar(27),
    "one week": calendar(1),
}


@pytest.mark.parametrize("wide", [WIDTH, 360])
@pytest.mark.parametrize("name", [*PICTURES, *WIDE])
def test_nothing_runs_over_the_edge_or_into_its_neighbour(name: str, wide: int) -> None:
    """Every text ends before the card does, and before the next text on its line begins."""
    texts = said(draw((PICTURES | WIDE)[name], wide))

    for one in texts:
        assert one.left >= 0, one
        assert one.right <= wide, one
        for other in texts:
            apart = one.right <= other.left + 0.5 or other.right <= one.left + 0.5
            assert one is other or abs(one.y - other.y) > 9 or apart, (one, other)


@pytest.mark.parametrize("name", [*PICTURES, *WIDE])
def test_a_picture_has_no_style_no_script_and_no_address(name: str) -> None:
    """The page's content security policy allows the drawing as it is, whatever people are called."""
    root = parsed(draw((PICTURES | WIDE)[name]))
    tags = {node.tag for tag in TAGS for node in every(root, tag)}

    assert tags <= TAGS
    assert sum(1 for tag in TAGS for _ in every(root, tag)) == len(list(_all(root)))
    assert {key for node in _all(root) for key in node.attributes} & {
        "style",
        "href",
        "onload",
        "class",
    } == set()


TAGS = frozenset({"svg", "title", "desc", "g", "rect", "circle", "path", "text"})


def _all(root: Element) -> Iterator[Element]:
    yield root
    for child in root.children:
        if isinstance(child, Element):
            yield from _all(child)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_described_for_who_cannot_see_it(name: str) -> None:
    """It is one image with a name, and its description is the alt text."""
    facts = PICTURES[name]
    root = parsed(draw(facts))
    described = [
        child for child in root.children if isinstance(child, Element) and child.tag in {"title", "desc"}
    ]

    assert root.attributes["role"] == "img"
    assert [node.children for node in described] == [(facts.title,), (facts.alt,)]


def test_a_leaderboard_says_every_line() -> None:
    """Ranks, names and what was earned stand as they were worded, ties with the rank that they share."""
    texts = words(draw(BOARD))

    at_ranks = [one.text for one in said(draw(BOARD)) if one.right < 72 and one.text.isdigit()]
    assert at_ranks == [line.rank for line in BOARD.lines]
    assert [line.earned for line in BOARD.lines if line.earned not in texts] == []
    assert [line.name for line in BOARD.lines if line.name not in texts] == [LONG]
    assert {BOARD.title, BOARD.subtitle, BOARD.earned, BOARD.note, "you"} <= set(texts)


def test_a_shortened_text_is_whole_on_hover() -> None:
    """What was cut can still be read on the page; a text that ends in dots by itself was not cut."""
    (cut,) = [
        node
        for node in every(parsed(draw(board_of(LONG, "and so on…"))), "title")
        if node.children == (LONG,)
    ]

    assert cut.children == (LONG,)
    assert "<title>and so on…</title>" not in draw(board_of("and so on…"))


def test_a_text_that_fills_its_place_is_held_to_it_in_any_font() -> None:
    """A reader's own font may be wider than ours: such a text is squeezed on the page."""
    tight = [
        node for node in every(parsed(draw(board_of(LONG, "Ada"))), "text") if "textLength" in node.attributes
    ]

    assert [_said(node).text[:5] for node in tight if "points" not in _said(node).text] == ["Maxim"]


@pytest.mark.parametrize("count", [0, 1, 20])
def test_a_board_of_any_length_ends_after_its_last_line(count: int) -> None:
    """An empty board says so; twenty lines are twenty lines."""
    facts = replace(board_of(*["Ada"] * count), empty="Nobody has answered yet.", note="")
    texts = said(draw(facts))
    height = float(parsed(draw(facts)).attributes["height"])

    assert sum(one.text == "Ada" for one in texts) == count
    assert ("Nobody has answered yet." in words(draw(facts))) == (count == 0)
    assert 12 < height - max(one.y for one in texts) < 45


def test_the_readers_own_line_is_marked_by_more_than_colour() -> None:
    """It has a word and bold letters; without a word it still has a bar at its side."""
    mine = parsed(draw(replace(board_of("Ada", "Bo"), mine="")))
    bold = [_said(node).text for node in every(mine, "text") if node.attributes["font-weight"] == "700"]

    assert "Bo" in bold
    assert "Ada" not in bold
    assert "you" in words(draw(board_of("Ada", "Bo")))


def test_left_out_ranks_are_three_dots_and_medals_go_to_the_first() -> None:
    """Six circles: three medals and three dots."""
    assert len(list(every(parsed(draw(BOARD)), "circle"))) == 3 + 3


def test_a_share_is_held_between_nothing_and_all() -> None:
    """Nothing has no bar at all, a very little is still seen, too much ends where the track does."""
    shares = (-1.0, 0.0, 0.0001, 1.0, 9.0)
    facts = replace(TOPICS, bars=tuple(TopicBar("x", "x", "x", share) for share in shares), before="")
    rects = [node for node in every(parsed(draw(facts)), "rect") if node.attributes["height"] == "10"]
    filled = [float(node.attributes["width"]) for node in rects if node.attributes["fill"] == "var(--accent)"]

    assert filled == [10, 432, 432]


def test_right_answers_have_a_tick_as_well_as_a_colour() -> None:
    """One tick at the option, one in the legend; and no legend where it has no words."""
    ticks = re.findall(r"<path ", draw(ANSWERS))

    assert len(ticks) == 2
    assert len(re.findall(r"<path ", draw(replace(ANSWERS, right="", note="")))) == 1


def test_answers_say_letters_counts_and_shares() -> None:
    """Long texts take two lines, and what is cut stands whole in the alt text."""
    texts = words(draw(ANSWERS))

    for option in ANSWERS.bars:
        assert {option.letter, option.count, option.percent} <= set(texts)
    assert sum(text.startswith(("Compare", "position")) for text in texts) == 2
    assert {"Read from the leader only", "增加副本的数量", "the right answer"} <= set(texts)


def test_what_was_typed_has_no_letters_and_their_room() -> None:
    """Its words begin where the title does."""
    typed = replace(ANSWERS, bars=tuple(replace(option, letter="") for option in ANSWERS.bars))
    left = {one.text: one.left for one in said(draw(typed))}

    assert left["增加副本的数量"] == left[ANSWERS.subtitle] == 24
    assert (
        len(list(every(parsed(draw(typed)), "rect"))) == len(list(every(parsed(draw(ANSWERS)), "rect"))) - 4
    )


def test_topics_say_names_answers_and_shares() -> None:
    """And an empty list says what to do."""
    texts = words(draw(TOPICS))

    assert all({topic.accuracy, topic.answers} <= set(texts) for topic in TOPICS.bars)
    assert sum(topic.name in texts for topic in TOPICS.bars) == len(TOPICS.bars) - 1
    assert "Play a round" in words(draw(replace(TOPICS, bars=(), empty="Play a round", before="", note="")))
    assert draw(replace(TOPICS, bars=())) != draw(TOPICS)


def test_a_calendar_names_its_months_and_days() -> None:
    """Each month stands above its first week, if it has room there."""
    texts = words(draw(calendar()))

    assert [text for text in texts if text in MONTHS] == ["Aug", "Sep", "Oct", "Nov"]
    assert texts.count("Wed") == 1
    assert {"Mon", "Wed", "Fri", "Sun"} <= set(words(draw(calendar(27))))
    assert "Tue" not in words(draw(calendar(27)))


def test_a_month_without_room_for_its_name_has_none() -> None:
    """Two names over one column could not be read."""
    days = CalendarPicture(
        title="", subtitle="", first=date(2026, 5, 31), last=date(2026, 11, 22), marks=(), months=MONTHS,
        weekdays=("M", "T", "W", "T", "F", "S", "S"), legend=(), alt="",
    )  # fmt: skip

    assert [text for text in words(draw(days)) if text in MONTHS] == list(MONTHS[5:11])


@pytest.mark.parametrize("weeks", [1, 2, 27, 60])
def test_a_calendar_has_a_column_a_week(weeks: int) -> None:
    """The last 27 weeks are drawn at most, days outside are not."""
    facts = replace(calendar(weeks), legend=(), figures=(), marks=())
    (dots,) = [node.attributes["d"] for node in every(parsed(draw(facts)), "path")]
    columns = re.findall(r"M([0-9.]+) ", dots)

    assert len(set(columns)) == min(weeks, 27)
    assert len(columns) == min(weeks, 27) * 7


def test_a_narrow_calendar_has_fewer_weeks_and_signs_as_large() -> None:
    """Half a year on a phone would be signs that nobody can tell apart."""
    facts = replace(calendar(27), legend=(), figures=(), marks=())
    places = {}
    for wide in (WIDTH, 360):
        (dots,) = [node.attributes["d"] for node in every(parsed(draw(facts, wide)), "path")]
        places[wide] = sorted({float(x) for x in re.findall(r"M([0-9.]+) ", dots)})

    assert len(places[360]) == 20
    assert all(xs[1] - xs[0] >= 14.5 for xs in places.values())


def test_every_mark_has_a_sign_of_its_own() -> None:
    """Who cannot tell the colours apart still sees what a day was."""
    signs = set()
    for mark in (Mark.ANSWERED, Mark.FROZEN, Mark.MISSED, Mark.OPEN, None):
        svg = draw(
            replace(calendar(1), legend=((mark, "x"),), marks=(), figures=(), first=date(2026, 11, 22))
        )
        signs.add(re.sub(r"var\(--[a-z-]+\)", "", svg))

    assert len(signs) == 5
