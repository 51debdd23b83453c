"""Cards, notes, labs and readings that are broken, and what else an item may say of exams."""

from bot.packs.problems import Code
from tests.packs.breaking import Broken, in_item
from tests.packs.samples import SINGLE, edited
from tests.packs.study_samples import CARDS, LAB, NOTE

READING = """\
format: 1
id: first
date: 2026-11-22
reader: A climber.
answers:
  fixed-loop: bowline
disagreements:
  - item: fixed-loop
    found: The reader was tired.
    settled: key-stands
    why: The page says so.
"""


def _broken(file: str, whole: str, name: str, code: Code, change: tuple[str, str], *said: str) -> Broken:
    """Return *whole* with one text replaced; *said* is item, words of the message, words of the mend."""
    item, says, mend = said
    return Broken(name, code, edited(whole, *change), item, says, mend, file)


def in_cards(name: str, code: Code, change: tuple[str, str], *said: str) -> Broken:
    """Return a deck of cards with one text replaced."""
    return _broken("cards/ropes.yaml", CARDS, name, code, change, *said)


def in_note(name: str, code: Code, change: tuple[str, str], *said: str) -> Broken:
    """Return a note with one text replaced."""
    return _broken("notes/belaying.md", NOTE, name, code, change, *said)


def in_lab(name: str, code: Code, change: tuple[str, str], *said: str) -> Broken:
    """Return a lab with one text replaced."""
    return _broken("labs/anchor.yaml", LAB, name, code, change, *said)


def in_reading(name: str, code: Code, change: tuple[str, str], *said: str) -> Broken:
    """Return a reading with one text replaced."""
    return _broken("readings/first.yaml", READING, name, code, change, *said)


SERVING = (
    in_item(
        "an exam that the pack does not know",
        Code.UNKNOWN_BLUEPRINT,
        (SINGLE, "seconds: 45", "serves: [exam-2]¶"),
        "`exam-2`",
        "blueprints/exam-2.yaml",
    ),
)

CARD = (
    in_cards(
        "a card of an unknown kind",
        Code.BAD_WORD,
        ("kind: question", "kind: quiz¶"),
        "why-a-stopper",
        "`quiz`",
        "`question`",
    ),
    in_cards(
        "a question without its answer",
        Code.MISSING_FIELD,
        (
            (
                "  - id: why-a-stopper\n    kind: question\n    topic: knots\n"
                "    front: Why does the end get a knot?\n    back: So that it cannot slip through.\n"
            ),
            "  - id: why-a-stopper¶\n    kind: question\n    topic: knots\n    front: Why a knot?\n",
        ),
        "why-a-stopper",
        "no `back`",
        "back:",
    ),
    in_cards(
        "a key on a card with nothing to fill in",
        Code.UNKNOWN_FIELD,
        ("    back: So that", "    key: [a]¶\n    back: So that"),
        "why-a-stopper",
        "`key`",
        "kind",
    ),
    in_cards(
        "a card with fewer gaps than keys",
        Code.BLANK_COUNT,
        ("    key:\n      - {accept: [two", "    key:\n      - {accept: [so]}¶\n      - {accept: [two"),
        "highest-factor",
        "The front has 2 blanks",
        "`___`",
    ),
    in_cards(
        "a card with the id of an item",
        Code.DUPLICATE_ID,
        ("id: dynamic-rope", "id: fixed-loop¶"),
        "fixed-loop",
        "decks/ropes.yaml, line",
        "item or card",
    ),
    in_cards(
        "a card with a topic that is not there",
        Code.UNKNOWN_TOPIC,
        ("topic: belays", "topic: belay¶"),
        "highest-factor",
        "`belay`",
        "`belays`",
    ),
    in_cards(
        "a card whose time is over",
        Code.OUT_OF_DATE,
        ("2030-01-01", "2026-01-01¶"),
        "highest-factor",
        "2026-01-01",
        "later date",
    ),
    in_cards(
        "a slip of YAML in a card",
        Code.SYNTAX,
        ("front: Dynamic rope", "front: **Dynamic** rope¶"),
        "dynamic-rope",
        "YAML",
        "quotes",
    ),
    in_cards(
        "HTML on a card",
        Code.RAW_HTML,
        ("      A rope that stretches.", "      A rope that <b>stretches.¶"),
        "dynamic-rope",
        "`<b>`",
        "Markdown",
    ),
)

NOTES = (
    Broken(
        "a note without front matter",
        Code.FRONT_MATTER,
        NOTE.partition("---\n")[2],
        "belaying",
        "front matter",
        "`---`",
        "notes/belaying.md",
    ),
    Broken("an empty note", Code.EMPTY_FILE, "", "belaying", "empty", "front matter", "notes/belaying.md"),
    in_note(
        "a field that notes have not",
        Code.UNKNOWN_FIELD,
        ("sources:\n", "colour: red¶\nsources:\n"),
        "belaying",
        "`colour`",
        "`summary`",
    ),
    in_note(
        "a note called otherwise",
        Code.ID_DIFFERS,
        ("id: belaying", "id: belay¶"),
        "belaying",
        "`belay`",
        "id: belaying",
    ),
    in_note(
        "a control character in a note",
        Code.BAD_CHARACTER,
        ("The rope bends.", "The rope\x07bends.¶"),
        "belaying",
        "U+0007",
        "Delete",
    ),
    in_note(
        "HTML in a note",
        Code.RAW_HTML,
        ("The rope bends.", "The rope <i>bends.¶"),
        "belaying",
        "`Explanation` holds `<i>`",
        "Markdown",
    ),
    in_note(
        "a formula in a note that cannot be drawn",
        Code.FORMULA,
        ("A fall of two metres.", "A fall of $\\frac{1}{$.¶"),
        "belaying",
        "`\\frac{1}{`",
        "brace",
    ),
    Broken(
        "a note of front matter alone",
        Code.EMPTY_FIELD,
        NOTE.partition("What stands")[0] + "¶",
        "belaying",
        "nothing below",
        "`## `",
        "notes/belaying.md",
    ),
)

LABS = (
    in_lab(
        "a lab without a goal",
        Code.MISSING_FIELD,
        ("goal: |\n  An anchor that holds.\n", ""),
        "anchor",
        "no `goal`",
        "goal:",
    ),
    in_lab(
        "two steps of one name",
        Code.DUPLICATE_ID,
        ("id: tie", "id: clip¶"),
        "anchor/clip",
        "`clip`",
        "id of its own",
    ),
    in_lab(
        "a step with nothing to do",
        Code.MISSING_FIELD,
        ("  - id: tie\n    title: Tie the point\n    do: Tie it.\n", "  - id: tie¶\n    title: Tie\n"),
        "anchor/tie",
        "no `do`",
        "do:",
    ),
    in_lab(
        "minutes in words",
        Code.BAD_NUMBER,
        ("minutes: 20", "minutes: twenty¶"),
        "anchor",
        "twenty",
        "digits",
    ),
    in_lab(
        "a checkpoint without an answer",
        Code.MISSING_FIELD,
        ("{ask: Why?, answer: Gates open under load.}", "{ask: Why?}¶"),
        "anchor/clip",
        "no `answer`",
        "answer:",
    ),
    in_lab(
        "a lab whose time is over",
        Code.OUT_OF_DATE,
        ("2030-01-01", "2026-01-01¶"),
        "anchor",
        "2026-01-01",
        "later date",
    ),
)

READINGS = (
    in_reading(
        "an answer to no item",
        Code.UNKNOWN_ITEM,
        ("  fixed-loop: bowline", "  fixed-lop: bowline¶"),
        "first",
        "`fixed-lop`",
        "`fixed-loop`",
    ),
    in_reading(
        "an answer that is no option any more",
        Code.STALE_ANSWER,
        ("fixed-loop: bowline", "fixed-loop: granny¶"),
        "first",
        "`fixed-loop`",
        "read again",
    ),
    in_reading(
        "an answer in another form",
        Code.STALE_ANSWER,
        ("fixed-loop: bowline", "fixed-loop: [bowline]¶"),
        "first",
        "`fixed-loop`",
        "read again",
    ),
    in_reading(
        "a disagreement about no item",
        Code.UNKNOWN_ITEM,
        ("- item: fixed-loop", "- item: loops¶"),
        "first",
        "`loops`",
        "`fixed-loop`",
    ),
    in_reading(
        "a disagreement settled otherwise",
        Code.BAD_WORD,
        ("key-stands", "the-key-stands¶"),
        "first",
        "the-key-stands",
        "`key-stands`",
    ),
    in_reading(
        "a reading without a reader",
        Code.MISSING_FIELD,
        ("reader: A climber.\n", ""),
        "first",
        "no `reader`",
        "reader:",
    ),
)
