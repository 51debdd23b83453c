"""Drafts put into a pack: what fits, what stands in, what is refused, and where it goes."""

from dataclasses import replace
from pathlib import Path

from bot.core.ids import OptionId
from bot.core.items import ChoiceKey, Item, Kind, TextKey
from bot.packs.importing.assembling import assemble
from bot.packs.importing.drafts import DraftOption, DraftQuestion, Fault, Harvest, Span
from bot.packs.importing.held import Held, Imported, Options
from bot.packs.importing.saving import held_in, save
from tests.packs.samples import BLUEPRINT, PACK, TODAY, check, deck, write

OPTIONS = Options("climbing", TODAY)


def ask(prompt: str, *options: str, right: int = 1, line: int = 1) -> DraftQuestion:
    """Return a question whose first *right* options are right."""
    drafts = tuple(DraftOption(text, number < right) for number, text in enumerate(options))
    return DraftQuestion(Kind.SINGLE_CHOICE, prompt, Span(line, line), drafts)


def put(*questions: DraftQuestion, into: Held | None = None, title: str = "Knots") -> Imported:
    """Assemble questions of one source."""
    return assemble([Harvest("knots.md", "odd", 100, title, questions=questions)], (), into, OPTIONS)


def items(imported: Imported) -> list[Item]:
    """Return all items of the pack."""
    return [item for one in imported.pack.decks for item in one.items]


def faults(imported: Imported) -> list[Fault]:
    """Return the kinds of all problems."""
    return [problem.fault for one in imported.report.files for problem in one.problems]


def test_without_a_key_the_first_option_stands_in_and_the_item_is_off() -> None:
    """A person decides, with the question at hand."""
    imported = put(ask("Which?", "One", "Two", right=0))

    (item,) = items(imported)
    assert item.key == ChoiceKey((OptionId("one"),))
    assert item.off == "No option is marked as right."
    assert faults(imported) == [Fault.NO_KEY]


def test_with_every_option_right_the_item_is_off() -> None:
    """There is nothing to choose."""
    imported = put(ask("Which?", "One", "Two", right=2))

    assert items(imported)[0].off == "Every option is marked as right."
    assert faults(imported) == [Fault.ALL_RIGHT]


def test_what_the_pack_cannot_hold_is_dropped_with_its_lines_and_never_cut() -> None:
    """Eleven options, or a text over the limit."""
    many = ask("Which?", *(f"Option {number}" for number in range(11)), line=3)
    long = replace(ask("What?", "One", "Two", line=7), explanation="x" * 20_001)
    imported = put(many, long)

    assert items(imported) == []
    assert faults(imported) == [Fault.TOO_MANY_OPTIONS, Fault.TOO_LONG]
    assert [one.span for one in imported.report.files[0].dropped] == [Span(3, 3), Span(7, 7)]


def test_one_option_becomes_an_open_question_that_is_off() -> None:
    """Its one answer is kept."""
    (item,) = items(put(ask("What holds?", "A bowline")))

    assert item.kind is Kind.FREE_TEXT
    assert item.key == TextKey(("A bowline",))
    assert item.off


def test_two_options_that_say_the_same_become_one() -> None:
    """And are reported, with both feedbacks kept."""
    imported = put(ask("Which?", "One", "Two", "Two "))

    assert [option.text for option in items(imported)[0].options] == ["One", "Two"]
    assert faults(imported) == [Fault.SAME_OPTIONS]


def test_none_of_the_above_stays_last() -> None:
    """Options are shuffled, and above is nothing then."""
    (item,) = items(put(ask("Which?", "One", "None of the above", "Two")))

    assert [option.place.value for option in item.options] == ["any", "last", "any"]


def test_parts_of_a_case_study_stay_together_in_groups_that_a_pack_holds() -> None:
    """Six are three and three; one alone is an item below its scenario."""
    six = [replace(ask(f"Part {n}?", "One", "Two"), case="Rescue", scenario="Night falls.") for n in range(6)]
    alone = replace(ask("And then?", "One", "Two"), case="Storm", scenario="It rains.")
    imported = put(*six, alone)

    cases = [item.case for item in items(imported)]
    assert cases == ["climbing/rescue"] * 3 + ["climbing/rescue-2"] * 3 + [None]
    assert items(imported)[-1].prompt == "It rains.\n\nAnd then?"
    assert items(imported)[-1].scenario == ""


def test_sections_become_topics_and_the_tasks_of_a_blueprint_stay(tmp_path: Path) -> None:
    """A title that names no task goes under the most similar one, and is told once."""
    questions = [
        replace(ask("A?", "One", "Two"), topic="Task 1.2: Bends"),
        replace(ask("B?", "One", "Two"), topic="loops"),
        replace(ask("C?", "One", "Two"), topic="Quantum devices of today"),
        replace(ask("D?", "One", "Two"), topic="Quantum devices of today"),
    ]
    manifest = PACK[: PACK.index("topics:")] + "blueprint: exam-1\n"
    folder = tmp_path / "climbing"
    write(folder, pack=manifest, decks__ropes=deck(TASK))
    (folder / "blueprints").mkdir()
    (folder / "blueprints/exam-1.yaml").write_text(BLUEPRINT, encoding="utf-8")
    held = held_in(folder, TODAY)
    free, fixed = put(*questions), put(*questions, into=held)

    assert list(free.pack.topics.values()) == ["Task 1.2: Bends", "loops", "Quantum devices of today"]
    new = [item.topic for item in items(fixed) if item.id != "climbing/jams"]
    assert new == ["1.2", "1.1", "2.1", "2.1"]
    assert faults(fixed) == [Fault.UNKNOWN_TOPIC]


def test_a_source_of_thousands_of_questions_is_split_into_decks_that_load(tmp_path: Path) -> None:
    """A file of a deck has at most five million bytes."""
    long = "A long explanation of many words. " * 100
    many = [replace(ask(f"Question {n}?", "One", "Two"), explanation=f"{long} {n}") for n in range(900)]
    imported = put(*many)
    save(tmp_path / "climbing", imported, None)
    checked = check(tmp_path / "climbing")

    assert [one.title for one in imported.pack.decks] == ["Knots (2)", "Knots"]
    assert checked.pack == imported.pack, checked.problems[:2]


TASK = """\
  - id: jams
    kind: true_false
    topic: "1.1"
    prompt: A bowline jams under load.
    key: "false"
    explanation: That is why sailors like it.
"""
