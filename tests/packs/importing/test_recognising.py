"""Which format a source is taken for, though not every format is asked; and ids where all ask the same."""

from datetime import date
from pathlib import Path

import pytest

from bot.packs.importing.held import Options
from bot.packs.importing.recognising import formats, recognised
from bot.packs.importing.running import run
from bot.packs.importing.sources import SourceFile
from tests.packs.pages.reading import page

SAMPLES = Path(__file__).parent.parent / "pages" / "samples"
SOURCES = (
    *(SourceFile(path.name, path.read_bytes()) for path in sorted(SAMPLES.iterdir())),
    SourceFile("knots.txt", b"Which bend?\nA. Sheet\nB. Reef\nANSWER: A\n"),
    SourceFile("knots.gift", b"::1:: Which bend? {=Sheet ~Reef}\n"),
    SourceFile("knots.csv", b"prompt,option_1,option_2,right\nWhich bend?,Sheet,Reef,1\n"),
    SourceFile("knots.txt", b"A bend\tjoins two ropes\nA hitch\tholds on to a thing\n"),
    SourceFile("knots.yaml", b"AUTHOR: A sailor\nWhich bend?:\n- Sheet\n"),
)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.path)
def test_whoever_is_not_asked_would_not_have_been_surer(source: SourceFile) -> None:
    """The formats are asked from the surest down; no format is surer of a source than it ever is."""
    sure = {name: (one.recognise(source), source.suffix in one.EXTENSIONS) for name, one in formats().items()}
    found = recognised(source)

    assert all(sure[name][0] <= one.SURE for name, one in formats().items())
    assert max(sure.values())[0] == 0 if found is None else sure[found.NAME] == max(sure.values())


def test_a_thousand_questions_with_one_prompt_have_ids_of_their_own() -> None:
    """Where only the options differ, the ids are numbered, without a gap."""
    blocks = (f"<quiz>\nWhat is this?\n- [x] Knot {n}\n- [ ] None\n</quiz>\n" for n in range(1000))

    found = run([page("".join(blocks))], None, Options("knots", date(2026, 11, 23)))

    ids = {item.id.rpartition("-")[2] for deck in found.pack.decks for item in deck.items}
    assert {str(number) for number in range(2, 1001)} <= ids
