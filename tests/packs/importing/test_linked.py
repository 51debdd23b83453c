"""A question that two pages ask is one item, and stays one whichever of them is imported again."""

from collections import Counter
from dataclasses import replace

from bot.core.items import Item, Kind
from bot.packs.importing.drafts import Fault
from bot.packs.importing.held import Held, Imported, Options
from bot.packs.importing.provenance import LINKED
from bot.packs.importing.running import run
from bot.packs.importing.sources import SourceFile
from tests.packs.samples import TODAY

OPTIONS = Options("climbing", TODAY)

QUIZ = """\
# Ropes

<quiz>
What is a dog leash made of?
- [x] Rope or webbing
- [ ] Steel cable
- [ ] Leather alone

Webbing lies flat.
</quiz>

<quiz>
Which knot grips a rope?
- [x] Prusik
- [ ] Bowline
</quiz>
"""

INTERVIEW = """\
# Interview

??? question "3. What is a "dog leash" made of?"
    **Rope or webbing**.

    It is kinder to hands.

    [Take the quiz](quiz/ropes.md#leash)

??? question "4. Why do ropes wear out?"
    **Dirt and light**.
"""

QUIZ_PAGE = SourceFile("quiz/ropes.md", QUIZ.encode())
INTERVIEW_PAGE = SourceFile("interview.md", INTERVIEW.encode())
STEEL_PAGE = SourceFile("interview.md", INTERVIEW.replace("Rope or webbing", "Steel cable").encode())


def bring(*sources: SourceFile, into: Imported | Held | None = None) -> Imported:
    """Import pages into what came of an import before."""
    return run(sources, into.held if isinstance(into, Imported) else into, OPTIONS)


def items(imported: Imported) -> dict[str, Item]:
    """Return all items by their prompts."""
    return {item.prompt: item for deck in imported.pack.decks for item in deck.items}


def leash(imported: Imported) -> Item:
    """Return the one item about leashes."""
    (found,) = (item for prompt, item in items(imported).items() if "leash" in prompt)
    return found


def problems(imported: Imported) -> list[tuple[str, Fault, int]]:
    """Return the path, the kind and the line of each problem."""
    return [(one.path, found.fault, found.line) for one in imported.report.files for found in one.problems]


def test_an_open_and_a_closed_question_become_one_item() -> None:
    """It has the options of one and the explanation of both; the card of the open one stays."""
    found = bring(INTERVIEW_PAGE, QUIZ_PAGE)
    item = leash(found)

    assert len(items(found)) == 3
    assert item.kind is Kind.SINGLE_CHOICE
    assert item.explanation == "Webbing lies flat.\n\nIt is kinder to hands."
    assert [card.front for deck in found.pack.cards for card in deck.cards] == [
        'What is a "dog leash" made of?',
        "Why do ropes wear out?",
    ]
    interview, quiz = found.report.files
    assert (interview.counts["linked"], interview.counts["open_questions"]) == (1, 1)
    assert (quiz.to_data()["linked"], quiz.counts["questions"]) == (0, 2)
    assert interview.dropped == quiz.dropped == ()
    assert problems(found) == []


def test_both_pages_again_change_nothing() -> None:
    """In either order, nothing is new, doubled or changed."""
    first = bring(INTERVIEW_PAGE, QUIZ_PAGE)
    for pages in ((INTERVIEW_PAGE, QUIZ_PAGE), (QUIZ_PAGE, INTERVIEW_PAGE)):
        again = bring(*pages, into=first)
        assert again.pack == first.pack
        assert again.imports == first.imports
        assert again.report.changes == Counter(unchanged=5)


def test_one_of_the_pages_again_brings_nothing_back() -> None:
    """What gave way is remembered in its source, and what stayed is known without the rest, too."""
    first = bring(INTERVIEW_PAGE, QUIZ_PAGE)
    for page in (INTERVIEW_PAGE, QUIZ_PAGE):
        again = bring(page, into=first)
        assert again.pack == first.pack
        assert again.imports == first.imports
        assert problems(again) == []


def test_what_gave_way_is_remembered_as_such() -> None:
    """The record of the page that it stood on leads to the item that is kept."""
    found = bring(INTERVIEW_PAGE, QUIZ_PAGE)
    own = leash(found).id.partition("/")[2]
    wholes = {one.path: one.of("items")[own].whole for one in found.imports.sources}

    assert wholes["interview.md"] == LINKED
    assert wholes["quiz/ropes.md"].count("+") == 1


def test_an_item_that_was_mended_by_hand_stays() -> None:
    """A person's explanation is not overwritten, whichever page comes again."""
    first = bring(INTERVIEW_PAGE, QUIZ_PAGE)
    mended = replace(leash(first), explanation="Ask the dog.")
    decks = tuple(
        replace(deck, items=tuple(mended if item.id == mended.id else item for item in deck.items))
        for deck in first.pack.decks
    )
    held = replace(first.held, pack=replace(first.pack, decks=decks))

    for pages in ((INTERVIEW_PAGE, QUIZ_PAGE), (INTERVIEW_PAGE,), (QUIZ_PAGE,)):
        again = bring(*pages, into=held)
        assert again.pack == held.pack
        assert problems(again) == []


def test_pages_that_disagree_switch_the_item_off_until_one_is_corrected() -> None:
    """Both sides are shown; when they agree, it is asked again under the same id."""
    first = bring(QUIZ_PAGE, STEEL_PAGE)
    assert problems(first) == [("quiz/ropes.md", Fault.SOURCES_DISAGREE, 3)]
    assert "Steel cable" in leash(first).off

    again = bring(QUIZ_PAGE, STEEL_PAGE, into=first)
    assert again.pack == first.pack
    assert problems(again) == problems(first)

    mended = bring(QUIZ_PAGE, INTERVIEW_PAGE, into=first)
    assert problems(mended) == []
    assert leash(mended).off == ""
    assert leash(mended).id == leash(first).id
    assert len(items(mended)) == 3


def test_a_corrected_prompt_on_both_pages_keeps_the_id() -> None:
    """The learners' history stays with the item."""
    first = bring(QUIZ_PAGE, INTERVIEW_PAGE)
    pages = [
        replace(page, data=page.data.replace(b"made of", b"usually made of"))
        for page in (QUIZ_PAGE, INTERVIEW_PAGE)
    ]
    again = bring(*pages, into=first)

    assert leash(again).id == leash(first).id
    assert leash(again).prompt == "What is a dog leash usually made of?"
    assert len(items(again)) == 3
