"""Whatever readers make of sources, the pack that comes of it loads, and the same again changes nothing."""

import tempfile
from pathlib import Path

from hypothesis import given, settings

from bot.packs.importing.assembling import assemble
from bot.packs.importing.drafts import Harvest
from bot.packs.importing.held import Held, Imported, Options
from bot.packs.importing.saving import held_in, save
from tests.packs.importing.odd_drafts import harvests
from tests.packs.samples import TODAY

OPTIONS = Options("any", TODAY)


def put(found: list[Harvest], into: Held | None = None) -> Imported:
    """Assemble harvests as an import does."""
    return assemble(found, (), into, OPTIONS)


def kept(imported: Imported) -> Held:
    """Return what a folder gives back that the import was saved into."""
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / "any"
        save(folder, imported, None)
        held = held_in(folder, TODAY)
        assert held is not None
        return held


@settings(max_examples=25, deadline=None)
@given(harvests(), harvests(path="pages/two.md"))
def test_any_drafts_give_a_pack_that_loads(one: Harvest, two: Harvest) -> None:
    """Too long, too many, doubled and empty things are reported; the rest is read back equal."""
    imported = put([one, two])
    held = kept(imported)

    assert held.pack == imported.pack
    assert held.imports == imported.imports


@settings(max_examples=25, deadline=None)
@given(harvests(), harvests(path="pages/two.md"))
def test_the_same_drafts_again_change_nothing(one: Harvest, two: Harvest) -> None:
    """Not the pack, not what is remembered; nothing is new."""
    first = put([one, two])
    again = put([one, two], first.held)

    assert again.report.changes["added"] == again.report.changes["updated"] == 0
    assert again.pack == first.pack
    assert again.imports == first.imports


@settings(max_examples=25, deadline=None)
@given(harvests(), harvests())
def test_any_drafts_go_into_a_pack_that_has_others(before: Harvest, after: Harvest) -> None:
    """A source that was changed beyond recognition still leaves a pack that loads."""
    first = put([before])
    second = put([after], first.held)

    assert kept(second).pack == second.pack


@settings(max_examples=25, deadline=None)
@given(harvests())
def test_every_draft_ends_in_the_pack_or_in_the_report(found: Harvest) -> None:
    """What did not get in is among what was dropped, with a reason and a problem."""
    report = put([found]).report.files[0]
    drafts = len(found.questions) + len(found.cards) + len(found.notes) + len(found.labs)
    counts = dict(report.counts)
    cards_of_questions = sum(1 for card in found.cards if card.origin == "question")

    told = sum(counts.values()) + len(report.dropped)
    assert drafts - cards_of_questions <= told <= drafts + cards_of_questions
    assert all(one.why for one in report.dropped)
    assert len(report.problems) >= len(report.dropped)
