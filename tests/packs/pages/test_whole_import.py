"""Pages of each kind with every fault as it is found, imported together: exact counts and exact findings."""

from typing import Final

import pytest

from bot.core.items import Item
from bot.packs.importing.drafts import Fault, Span, unaccounted
from bot.packs.importing.held import Imported, Options
from bot.packs.importing.reports import COUNTS, FileReport
from bot.packs.importing.running import harvest_of, run
from bot.packs.importing.sources import SourceFile
from bot.packs.repairs.links import linked
from tests.packs.pages.reading import page, sample
from tests.packs.samples import TODAY

PAGES: Final = tuple(
    sample(name) for name in ("whole-quiz.md", "whole-interview.md", "whole-headings.md", "whole-hive.txt")
)

COUNTED: Final = {
    "whole-quiz.md": {"questions": 14},
    "whole-interview.md": {"open_questions": 1, "linked": 2},
    "whole-headings.md": {"open_questions": 1, "linked": 1},
    "whole-hive.txt": {
        "cards": 1,
        "notes": 1,
        "labs": 1,
        "stubs": 1,
        "terms": 1,
        "pairs": 1,
        "checkpoints": 1,
        "linked": 1,
    },
}

REPAIRED: Final = {
    "whole-quiz.md": {
        "cited-letter": 2,
        "closing-answer": 1,
        "doubled-maths": 1,
        "html-entities": 1,
        "mac-roman": 2,
        "picture-placeholder": 1,
        "windows-1252": 2,
    },
    "whole-interview.md": {"mac-roman": 1},
    "whole-headings.md": {},
    "whole-hive.txt": {"cited-letter": 1, "closing-answer": 1, "picture-placeholder": 1},
}

# The line of the question, what is found, and words of the message that say which one.
FOUND: Final = {
    "whole-quiz.md": [
        (19, Fault.TWO_MARKED, "“Sheet bend” and “Prusik” are marked"),
        (28, Fault.CONTRADICTION, "“The correct answer is Prusik”"),
        (28, Fault.SOURCES_DISAGREE, "“Clove hitch” here, and “Prusik” in whole-hive.txt, line 55"),
        (
            37,
            Fault.SOURCES_DISAGREE,
            "“Rope or webbing” here, and “Steel cable” in whole-interview.md, line 3",
        ),
        (55, Fault.NEEDS_PICTURE, "Which strand"),
        (72, Fault.GARBLED_MATHS, "Which formula"),
        (80, Fault.DOLLAR_SIGNS, "Which rope costs more"),
        (86, Fault.LOST_TABLE, "Which loop is stronger"),
        (97, Fault.PAST_DATE, "2020-03-31"),
        (103, Fault.GARBLED_TEXT, "that is lost"),
        (115, Fault.NO_KEY, "No answer is marked"),
    ],
    "whole-interview.md": [],
    "whole-headings.md": [],
    "whole-hive.txt": [],
}

OFF: Final = {
    "Which knot joins two ropes?": ("explanation supports only one",),
    "Which knot grips a rope?": ("explanation names another answer", "Two sources differ"),
    "What is a dog leash made of?": ("Two sources differ",),
    "Refer to the diagram. Which strand carries the load?": ("without a picture",),
    "Nobody marked this one.": ("No answer is marked",),
}


def imported(*sources: SourceFile) -> Imported:
    """Return what an import into a new pack makes of *sources*."""
    return run(sources, None, Options("ropes", TODAY))


@pytest.fixture(scope="module")
def whole() -> Imported:
    """Import all pages together, once for all tests."""
    return imported(*PAGES)


def items(found: Imported) -> dict[str, Item]:
    """Return all items by their prompts."""
    return {item.prompt: item for deck in found.pack.decks for item in deck.items}


def counts(one: FileReport) -> dict[str, int]:
    """Return what was counted of a file, where it is not zero."""
    return {name: one.counts[name] for name in COUNTS if one.counts.get(name)}


def test_every_page_has_its_exact_counts(whole: Imported) -> None:
    """A question that gave way to another one is counted as linked, and not as a question."""
    assert {one.path: counts(one) for one in whole.report.files} == COUNTED
    assert len(items(whole)) == 16


def test_every_repair_is_counted(whole: Imported) -> None:
    """By its kind, for each file."""
    assert {one.path: one.to_data()["repaired"] for one in whole.report.files} == REPAIRED


def test_every_fault_is_found_once_and_with_its_line(whole: Imported) -> None:
    """Nothing else is found, and each finding says what to do."""
    for one in whole.report.files:
        wanted = FOUND[one.path]
        assert [(found.line, found.fault) for found in one.problems] == [row[:2] for row in wanted]
        assert all(row[2] in found.message for row, found in zip(wanted, one.problems, strict=True))
        assert all(found.mend.endswith(".") for found in one.problems)


def test_what_a_person_has_to_decide_is_off_and_nothing_else(whole: Imported) -> None:
    """The pack says why, in words."""
    off = {prompt: item.off for prompt, item in items(whole).items() if item.off}

    assert off.keys() == OFF.keys()
    assert all(reason in off[prompt] for prompt, reasons in OFF.items() for reason in reasons)


def test_what_was_repaired_reads_as_it_was_meant(whole: Imported) -> None:
    """Signs, letters, maths and what two pages explain are put right."""
    found = items(whole)
    loop = found["Which knot makes a fixed loop—one that never slips?"]

    assert loop.explanation == "It “neither slips nor jams” 🧪. “Reef knot” is a binding knot."
    assert [option.feedback for option in loop.options] == [
        "",
        "“Sheet bend” refers to a bend, not to a loop.",
        "",
    ]
    assert found["How many strands has a laid rope?"].explanation == "They are twisted—to the right."
    assert r"is $\frac{TP}{TP+FP}$ of" in found[_factor(found)].explanation


def _factor(found: dict[str, Item]) -> str:
    """Return the prompt about the fall factor."""
    return next(prompt for prompt in found if "fall factor" in prompt)


def test_every_line_is_accounted_for() -> None:
    """Also those of questions that gave way to others."""
    harvests, _ = linked([harvest_of(source, today=TODAY) for source in PAGES])
    for source, harvest in zip(PAGES, harvests, strict=True):
        blank = frozenset(number for number, line in enumerate(source.lines, 1) if not line.strip())
        assert unaccounted(harvest, blank) == ()


def test_what_is_dropped_is_listed(whole: Imported) -> None:
    """With its lines, and why."""
    dropped = {one.path: [found.span for found in one.dropped] for one in whole.report.files if one.dropped}
    assert dropped == {
        "whole-quiz.md": [Span(119, 119)],
        "whole-hive.txt": [Span(2, 5), Span(53, 53), Span(78, 78)],
    }


def test_all_pages_again_change_nothing(whole: Imported) -> None:
    """Neither the pack nor what is found."""
    again = run(PAGES, whole.held, Options("ropes", TODAY))

    assert again.pack == whole.pack
    assert again.imports == whole.imports
    assert [one.problems for one in again.report.files] == [one.problems for one in whole.report.files]


def test_keys_that_stand_first_or_are_the_longest_are_shares_of_a_page() -> None:
    """Each once for the page, in its first line."""
    blocks = (
        f"<quiz>\nWhat does rope number {number} do?\n- [x] It holds a climber of weight {number}\n"
        f"- [ ] Nothing {number}\n- [ ] Less {number}\n</quiz>\n"
        for number in range(12)
    )
    (found,) = imported(page("\n".join(blocks))).report.files

    assert [(one.line, one.fault) for one in found.problems] == [
        (1, Fault.KEY_POSITION),
        (1, Fault.KEY_LENGTH),
    ]
    assert all("12 of 12 questions (100%)" in one.message for one in found.problems)
