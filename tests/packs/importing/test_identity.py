"""Importing again updates, renames follow, nothing doubles, and what people did in the pack stays."""

from dataclasses import replace

from bot.core.items import ChoiceKey, Item
from bot.core.packs import Pack
from bot.packs.importing.drafts import Fault
from bot.packs.importing.held import Held, Imported, Options
from bot.packs.importing.running import run
from bot.packs.importing.sources import SourceFile
from tests.packs.samples import TODAY

OPTIONS = Options("climbing", TODAY)


def block(prompt: str, *options: str, why: str = "That is why.") -> str:
    """Return one question of a quiz page, whose first option is right."""
    answers = [f"- [{' ' if number else 'x'}] {option}" for number, option in enumerate(options)]
    return "\n".join(["<quiz>", prompt, *answers, "", why, "</quiz>", ""])


LOOP = block("Which knot makes a fixed loop?", "Bowline", "Sheet bend", "Reef knot")
BEND = block("Which knot joins two ropes?", "Double fisherman's", "Clove hitch", "Munter hitch")
HITCH = block("Which knot grips a rope?", "Prusik", "Figure eight", "Overhand")


def page(*blocks: str, path: str = "knots.md") -> SourceFile:
    """Return a quiz page."""
    return SourceFile(path, "\n".join(blocks).encode())


def bring(*sources: SourceFile, into: Imported | Held | None = None) -> Imported:
    """Import pages into what came of an import before."""
    return run(sources, into.held if isinstance(into, Imported) else into, OPTIONS)


def items(pack: Pack) -> list[Item]:
    """Return all items of a pack."""
    return [item for deck in pack.decks for item in deck.items]


def ids(pack: Pack) -> dict[str, str]:
    """Return the ids of all items by their prompts."""
    return {item.prompt: item.id for item in items(pack)}


def faults(imported: Imported) -> list[Fault]:
    """Return the kinds of all problems."""
    return [problem.fault for one in imported.report.files for problem in one.problems]


def with_edit(imported: Imported, prompt: str, **changes: str) -> Held:
    """Return the pack as it is when a person changed the item with this prompt by hand."""
    decks = tuple(
        replace(
            deck,
            items=tuple(
                replace(item, **changes) if item.prompt == prompt else item  # type: ignore[arg-type]
                for item in deck.items
            ),
        )
        for deck in imported.pack.decks
    )
    return replace(imported.held, pack=replace(imported.pack, decks=decks))


def test_the_same_page_again_changes_nothing() -> None:
    """Not the pack, and not what is remembered of the sources."""
    first = bring(page(LOOP, BEND))
    again = bring(page(LOOP, BEND), into=first)

    assert again.pack == first.pack
    assert again.imports == first.imports
    assert again.report.changes["unchanged"] == 2


def test_the_same_page_gives_the_same_ids_in_an_empty_pack() -> None:
    """A pack that is made anew fits the learners' history of the old one."""
    assert ids(bring(page(LOOP, BEND)).pack) == ids(bring(page(BEND, LOOP, path="x/knots.md")).pack)


def test_a_corrected_prompt_keeps_the_id() -> None:
    """The learners' history stays with the item."""
    first = bring(page(LOOP, BEND, HITCH))
    second = bring(page(LOOP, BEND.replace("joins two ropes", "joins 2 ropes"), HITCH), into=first)

    assert ids(second.pack)["Which knot joins 2 ropes?"] == ids(first.pack)["Which knot joins two ropes?"]
    assert second.report.changes["updated"] == 1
    assert len(items(second.pack)) == 3


def test_a_corrected_option_keeps_its_id() -> None:
    """Answers that were given stay with the option that they were given to."""
    first = bring(page(LOOP))
    second = bring(page(LOOP.replace("Sheet bend", "The sheet bend")), into=first)

    (before,), (after,) = items(first.pack), items(second.pack)
    assert [one.id for one in after.options] == [one.id for one in before.options]
    assert after.options[1].text == "The sheet bend"


def test_a_corrected_key_is_taken() -> None:
    """A page that marked the wrong option is imported again when it is right."""
    wrong = LOOP.replace("[x]", "[ ]").replace("- [ ] Reef", "- [x] Reef")
    first = bring(page(wrong))
    second = bring(page(LOOP), into=first)

    (item,) = items(second.pack)
    assert item.key == ChoiceKey((item.options[0].id,))


def test_questions_in_another_order_keep_their_ids() -> None:
    """A question in between moves the rest down and nothing else."""
    first = bring(page(LOOP, BEND))
    second = bring(page(HITCH, BEND, LOOP), into=first)

    assert ids(first.pack).items() <= ids(second.pack).items()
    assert second.report.changes == {"unchanged": 2, "added": 1}


def test_a_renamed_page_keeps_its_ids_and_its_deck() -> None:
    """Also one that was corrected at the same time, and what is new in it goes to the same deck."""
    first = bring(page(LOOP, BEND))
    moved = page(LOOP.replace("fixed loop", "fixed loop now"), BEND, HITCH, path="rock/ropes.md")
    second = bring(moved, into=first)

    assert len(second.pack.decks) == 1
    assert len(items(second.pack)) == 3
    assert second.report.changes == {"updated": 1, "unchanged": 1, "added": 1}


def test_a_page_under_two_paths_is_taken_once() -> None:
    """In one import and in two."""
    first = bring(page(LOOP, BEND), page(LOOP, BEND, path="copy/knots.md"))
    again = bring(page(LOOP, BEND, path="third/knots.md"), into=first)

    assert len(items(first.pack)) == len(items(again.pack)) == 2
    assert first.report.totals["linked"] == 2
    assert first.report.totals["questions"] == 2


def test_two_questions_with_one_prompt_stay_two() -> None:
    """People ask what is true of several things in the same words."""
    one = block("Which is true?", "Ropes age", "Ropes grow")
    two = block("Which is true?", "Knots weaken ropes", "Knots cure ropes")
    first = bring(page(one, two))
    again = bring(page(two, one), into=first)

    assert len(items(first.pack)) == 2
    assert again.pack == first.pack


def test_a_hand_edit_stays_while_the_source_says_the_same() -> None:
    """Whoever mends an item in the pack is not overruled by the page that it came from."""
    first = bring(page(LOOP, BEND))
    edited = with_edit(first, "Which knot joins two ropes?", explanation="Mended by hand.")
    second = bring(page(LOOP, BEND), into=edited)

    assert second.pack == edited.pack
    assert faults(second) == []


def test_when_both_were_changed_the_pack_stays_and_it_is_told_until_they_agree() -> None:
    """A correction is not lost silently, and neither is what a person wrote."""
    first = bring(page(LOOP, BEND))
    edited = with_edit(first, "Which knot joins two ropes?", explanation="Mended by hand.")
    corrected = page(LOOP, BEND.replace("That is why.", "Mended in the page."))
    second = bring(corrected, into=edited)
    third = bring(corrected, into=second)
    agreed = bring(
        corrected, into=with_edit(third, "Which knot joins two ropes?", explanation="Mended in the page.")
    )

    assert second.pack == third.pack == edited.pack
    assert faults(second) == faults(third) == [Fault.BOTH_CHANGED]
    assert faults(agreed) == []


def test_what_a_source_does_not_have_any_more_stays_and_is_told() -> None:
    """Learners have a history with it; whether it goes is for a person to say."""
    first = bring(page(LOOP, BEND))
    second = bring(page(LOOP), into=first)

    assert second.pack == first.pack
    assert faults(second) == [Fault.NOT_IN_SOURCE]
    assert "Which knot joins two ropes?" in second.report.files[0].problems[0].message


def test_a_question_written_by_hand_is_not_doubled() -> None:
    """A pack without any record of imports is matched by what it asks."""
    first = bring(page(LOOP, BEND))
    by_hand = Held(first.pack)
    second = bring(page(LOOP, BEND, path="other.md"), into=by_hand)

    assert second.pack == first.pack
    assert second.report.changes["added"] == 0


def test_an_item_switched_on_by_hand_stays_on() -> None:
    """A person has decided, and the page need not be changed for it."""
    first = bring(page(LOOP.replace("[x]", "[ ]")))
    assert items(first.pack)[0].off
    decided = with_edit(first, "Which knot makes a fixed loop?", off="")
    second = bring(page(LOOP.replace("[x]", "[ ]")), into=decided)

    assert items(second.pack)[0].off == ""
