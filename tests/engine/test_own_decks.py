"""Own decks through the engine: read, added, written, proposed, removed, taken away, and nobody else's."""

import asyncio
from dataclasses import replace

import pytest

from bot.core import deck_effects as dx
from bot.core import effects as fx
from bot.core import review_effects as rx
from bot.core.amendments import Verdict
from bot.core.commands import (
    DrawRequest,
    ListDecks,
    RankedBy,
    Redo,
    Scope,
    Settings,
    ShowTop,
    Since,
    StartRound,
)
from bot.core.deck_commands import (
    AddDecks,
    DecideProposal,
    Draft,
    DropUpload,
    ExportDeck,
    OpenMending,
    OpenWriting,
    ProposeQuestion,
    RemoveDeck,
    ShowProposals,
    ShowReport,
    TakeUpload,
    WriteQuestion,
)
from bot.core.deck_effects import DeckTrouble
from bot.core.drafting import Flaw
from bot.core.errors import ContentError
from bot.core.ids import DeckId, RoundId, Topic
from bot.core.mending import mending_of
from bot.core.own_packs import OwnPack
from bot.core.review_commands import DecideReview, ShowReviews
from bot.engine.events import Event
from bot.engine.identities import new_channel, round_id
from bot.engine.shelves import nothing_of
from bot.engine.uploads import LARGEST, NoFormats, ReadingLimits, name_of
from bot.records import Changes, Place, UnionRow
from bot.store.memory import MemoryStore
from tests.engine.halls import HALL, YARD
from tests.engine.study import DOUBT, PAGE, WORKSPACE, Study, file

OWN_GROUP = new_channel(HALL, WORKSPACE).own
PACK = nothing_of(OWN_GROUP).pack.id
LINES = DeckId(f"{PACK}/lines")
DRAFT = Draft("What floats?", "* Cork\nLead", "It is light.", "Sea")
WRONG = replace(DRAFT, options="Cork\nLead")
NOTHING_WAITS = rx.ReviewRefused(rx.ReviewTrouble.NOTHING)


@pytest.fixture
def study() -> Study:
    """Return a process on a new store."""
    return Study(MemoryStore())


async def added(study: Study, data: bytes = PAGE) -> None:
    """Let Ann add a page."""
    read = await study.send(data)
    assert isinstance(read, dx.UploadRead)
    assert isinstance(await study.ask(TakeUpload(read.upload)), dx.DecksAdded)


async def decks(study: Study, place: Place = HALL, workspace: str = WORKSPACE) -> list[str]:
    """Return the decks that are listed."""
    listed = await study.ask(ListDecks(), place=place, workspace=workspace, organiser=False)
    assert isinstance(listed, fx.DecksListed)
    return [line.id for line in listed.decks]


def refused(reply: object) -> DeckTrouble | fx.Refusal | None:
    """Return why nothing was done."""
    return reply.why if isinstance(reply, dx.DecksRefused) else getattr(reply, "reason", None)


# ------------------------------------------------------------------------------------------------- uploads


async def test_what_was_read_is_added_when_somebody_says_so(study: Study) -> None:
    """And asked in rounds from then on."""
    read = await study.send()
    assert isinstance(read, dx.UploadRead)
    before = await decks(study)

    taken = await study.ask(TakeUpload(read.upload))
    start = StartRound(DrawRequest(2, decks=(LINES,)), Settings(lobby_seconds=5))
    started = await study.ask(start, organiser=False, id_="play")

    assert read.report.new == 2
    assert before == ["pack/deck"]
    assert taken == dx.DecksAdded(read.report)
    assert await decks(study) == ["pack/deck", LINES]
    assert isinstance(started, fx.CommandDone)
    record = await study.store.look(round_id("play"))
    assert record is not None
    assert {row.item.partition("/")[0] for row in record.questions} == {PACK}


async def test_a_second_event_of_the_same_id_reads_nothing_anew_for_its_sender(study: Study) -> None:
    """It was handled before."""
    first = await study.send(id_="e1")

    assert isinstance(first, dx.UploadRead)
    assert await study.send(id_="e1") is None


async def test_nothing_new_is_not_kept(study: Study) -> None:
    """There is nothing to say yes to."""
    await added(study)

    read = await study.send()

    assert isinstance(read, dx.UploadRead)
    assert (read.upload, read.report.adds) == ("", False)


async def test_an_upload_can_be_left_and_is_decided_on_once(study: Study) -> None:
    """By an organiser of its own group, within an hour."""
    read = await study.send()
    assert isinstance(read, dx.UploadRead)

    others = await study.ask(TakeUpload(read.upload), place=Place("web", "far"), workspace="else")
    learner = await study.ask(TakeUpload(read.upload), organiser=False)
    left = await study.ask(DropUpload(read.upload))
    late = await study.ask(TakeUpload(read.upload))

    assert refused(others) is DeckTrouble.UPLOAD_GONE
    assert refused(learner) is fx.Refusal.NOT_ORGANISER
    assert left == dx.UploadDropped()
    assert refused(late) is DeckTrouble.UPLOAD_GONE


async def test_an_upload_waits_for_an_hour(study: Study) -> None:
    """Its report can be had as long as it is kept, by organisers of its group."""
    read = await study.send()
    assert isinstance(read, dx.UploadRead)
    study.clock.set(3601)

    late = await study.ask(TakeUpload(read.upload))
    report = await study.ask(ShowReport(read.upload))
    unknown = await study.ask(ShowReport("none"))

    assert refused(late) is DeckTrouble.UPLOAD_GONE
    assert isinstance(report, dx.FileGiven)
    assert refused(unknown) is DeckTrouble.UPLOAD_GONE


async def test_an_upload_of_before_a_change_is_read_again(study: Study) -> None:
    """Nothing that others did meanwhile is overwritten."""
    first, second = await study.send(), await study.send(b"What burns?")
    assert isinstance(first, dx.UploadRead)
    assert isinstance(second, dx.UploadRead)
    await study.ask(TakeUpload(first.upload))

    late = await study.ask(TakeUpload(second.upload))

    assert refused(late) is DeckTrouble.CHANGED_SINCE


async def test_one_file_of_a_group_is_read_at_a_time(study: Study) -> None:
    """Other groups do not wait."""
    study.formats.gate.clear()
    reading = asyncio.create_task(study.send())
    await study.formats.reading(1)

    busy = await study.send()
    elsewhere = asyncio.create_task(study.send(place=Place("web", "far"), workspace="else"))
    await study.formats.reading(2)
    study.formats.gate.set()

    assert refused(busy) is DeckTrouble.BUSY
    assert isinstance(await reading, dx.UploadRead)
    assert isinstance(await elsewhere, dx.UploadRead)
    assert isinstance(await study.send(), dx.UploadRead)


async def test_what_takes_too_long_is_left() -> None:
    """And the group waits until it has ended."""
    study = Study(MemoryStore(), ReadingLimits(seconds=0.01))
    study.formats.gate.clear()

    slow = await study.send()
    busy = await study.send()
    study.engine.limit_reading(ReadingLimits())
    study.formats.gate.set()
    again = await study.send()

    assert refused(slow) is DeckTrouble.TOOK_TOO_LONG
    assert refused(busy) is DeckTrouble.BUSY
    assert isinstance(again, dx.UploadRead)


async def test_what_cannot_be_taken_is_refused_with_a_sentence(study: Study) -> None:
    """Nothing is fetched of what is too large, or sent by somebody who may not."""
    many = [file(b"x")] * 11
    replies = [
        await study.ask(AddDecks()),
        await study.ask(AddDecks(), files=many),
        await study.ask(AddDecks(), files=[file(b"gone", size=LARGEST + 1)]),
        await study.send(b"x" * (LARGEST + 1), organiser=False),
        await study.ask(AddDecks(), files=[file(b"x" * (LARGEST + 1), size=1)]),
        await study.send(b"gone"),
        await study.send(b"broken"),
        await study.send(workspace=""),
    ]

    assert [refused(one) for one in replies] == [
        DeckTrouble.NO_FILE,
        DeckTrouble.TOO_MANY_FILES,
        DeckTrouble.FILE_TOO_LARGE,
        fx.Refusal.NOT_ORGANISER,
        DeckTrouble.FILE_TOO_LARGE,
        DeckTrouble.FILE_GONE,
        DeckTrouble.NOT_READ,
        DeckTrouble.NO_GROUP,
    ]
    assert study.formats.reads == 1


async def test_a_pack_has_an_end() -> None:
    """What would make it too large is not taken."""
    study = Study(MemoryStore(), ReadingLimits(characters=100))

    assert refused(await study.send()) is DeckTrouble.PACK_TOO_LARGE


async def test_an_event_without_anybody_or_anything_read_changes_nothing(study: Study) -> None:
    """Our own events have no decks."""
    for intent in (AddDecks(), WriteQuestion(DRAFT), ProposeQuestion(DRAFT), ExportDeck(None, "lines")):
        nobody = Event(id="", place=HALL, intent=intent, at=study.clock.now(), workspace=WORKSPACE)  # type: ignore[arg-type]  # no id
        reply = await study.engine.handle(nobody)
        assert [refused(one) for one in reply.effects] == [DeckTrouble.NO_GROUP]


@pytest.mark.parametrize(
    "given, shown",
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\notes\\quiz.md", "quiz.md"),
        ("<@1> **b**\n.md", "<@1> **b** .md"),
        ("\u202eevil.md", "evil.md"),
        (" / ", "file"),
        ("", "file"),
    ],
)
def test_a_file_is_called_by_one_visible_line(given: str, shown: str) -> None:
    """Without the folders that it comes from."""
    assert name_of(file(b"", given)) == shown


def test_a_program_without_formats_reads_and_writes_nothing() -> None:
    """It says so."""
    with pytest.raises(ContentError):
        NoFormats().read([("a.md", b"")], nothing_of(1))
    with pytest.raises(ContentError):
        NoFormats().write(nothing_of(1).pack, "pack")


# ------------------------------------------------------------------------------------- whose decks these are


async def test_another_group_neither_sees_nor_plays_them(study: Study) -> None:
    """Nor removes them, nor takes them away."""
    await added(study)
    far = {"place": Place("web", "far"), "workspace": "else"}

    listed = await decks(study, **far)  # type: ignore[arg-type]  # as given
    round_ = await study.ask(StartRound(DrawRequest(2, decks=(LINES,))), **far)  # type: ignore[arg-type]  # as given
    removed = await study.ask(RemoveDeck(LINES, sure=True), **far)  # type: ignore[arg-type]  # as given
    taken = await study.ask(ExportDeck(LINES, "lines"), **far)  # type: ignore[arg-type]  # as given

    assert listed == ["pack/deck"]
    assert refused(round_) is fx.Refusal.NO_ITEMS
    assert refused(removed) is DeckTrouble.NOT_OWN
    assert refused(taken) is DeckTrouble.NO_OWN


async def test_groups_that_are_one_see_the_decks_of_both_until_they_part(study: Study) -> None:
    """Each goes with its own."""
    far = Place("web", "far")
    await added(study)
    await study.ask(WriteQuestion(DRAFT), place=far, workspace="else")
    other = new_channel(far, "else").own

    def join(union: int, before: int) -> Changes:
        return Changes(unions=[UnionRow(one, before, union) for one in (OWN_GROUP, other)])

    await study.store.transact([], (), lambda _: join(99, 0))
    together = await decks(study)
    await study.store.transact([], (), lambda _: join(0, 99))

    sea = f"{nothing_of(other).pack.id}/sea"
    assert sorted(together) == sorted(["pack/deck", LINES, sea])
    assert await decks(study) == ["pack/deck", LINES]
    assert await decks(study, far, "else") == ["pack/deck", sea]


async def test_another_process_sees_what_was_added_and_what_was_changed(study: Study) -> None:
    """What it keeps in memory is proved by the version."""
    other = Study(study.store)
    await added(study)
    first = await decks(other)
    await study.ask(WriteQuestion(replace(DRAFT, prompt="What burns?")), place=YARD)

    assert first == ["pack/deck", LINES]
    assert await decks(other) == ["pack/deck", LINES, f"{PACK}/sea"]


async def test_a_round_of_ones_own_asks_what_was_missed_of_own_decks(study: Study) -> None:
    """Though it is played in a private place."""
    await added(study)
    missing = await study.ask(Redo(RoundId("none")))

    assert refused(missing) is fx.Refusal.NOTHING_MISSED


async def test_a_leaderboard_of_an_own_topic_has_its_title(study: Study) -> None:
    """As packs that ship have theirs."""
    await added(study)
    command = ShowTop(Scope.GROUP, Since.ALL, RankedBy.POINTS, Topic("lines"))

    shown = await study.ask(command)

    assert isinstance(shown, fx.TopShown)
    assert shown.topic_title == "Lines"


async def test_a_large_pack_is_read_beside_the_loop(study: Study) -> None:
    """It comes out as it went in."""
    prompts = "\n".join(f"Question {number} {'x' * 100}" for number in range(300))
    await added(study, prompts.encode())
    other = Study(study.store)

    library = await other.engine.shelves.at(HALL, WORKSPACE)

    assert len(library.decks[-1].items) == 300
    assert await other.engine.shelves.at(HALL, WORKSPACE) is library


# ------------------------------------------------------------------------------------------ decks, questions


async def test_a_deck_is_removed_when_its_remover_is_sure(study: Study) -> None:
    """A deck that ships cannot be."""
    await added(study)

    asked = await study.ask(RemoveDeck(LINES))
    removed = await study.ask(RemoveDeck(LINES, sure=True))
    again = await study.ask(RemoveDeck(LINES, sure=True))
    shipped = await study.ask(RemoveDeck(DeckId("pack/deck")))

    assert asked == dx.RemovalAsked(LINES, "Lines", 2)
    assert removed == dx.DeckRemoved("Lines")
    assert refused(again) is DeckTrouble.NOT_OWN
    assert refused(shipped) is DeckTrouble.NOT_OWN
    assert await decks(study) == ["pack/deck"]


async def test_a_question_is_written_by_an_organiser(study: Study) -> None:
    """What is wrong with it comes back in the form."""
    form = await study.ask(OpenWriting())
    written = await study.ask(WriteQuestion(DRAFT))
    wrong = await study.ask(WriteQuestion(WRONG))
    learner = await study.ask(OpenWriting(), organiser=False)

    assert form == dx.WritingOpened(Draft("", ""))
    assert isinstance(written, dx.QuestionWritten)
    assert (written.deck, written.item.prompt) == ("Sea", "What floats?")
    assert wrong == dx.WritingOpened(WRONG, flaw=Flaw.NONE_RIGHT)
    assert refused(learner) is fx.Refusal.NOT_ORGANISER


@pytest.mark.parametrize("verdict", [Verdict.KEPT, Verdict.OFF, Verdict.MENDED])
async def test_what_came_switched_off_waits_until_an_organiser_decides(
    study: Study, verdict: Verdict
) -> None:
    """It is asked when they say so, and with the reason that it came with they can tell."""
    read = await study.send(b"What floats?\nWhat doubts!")
    assert isinstance(read, dx.UploadRead)
    await study.ask(TakeUpload(read.upload))

    shown = await study.ask(ShowReviews())
    assert isinstance(shown, rx.ReviewShown)
    assert (shown.item.prompt, shown.off, shown.waiting) == ("What doubts!", DOUBT, 1)
    assert await study.ask(ShowReviews(), workspace="elsewhere", place=YARD) == NOTHING_WAITS

    form = mending_of(shown.item)
    mending = replace(form, prompt="What doubts?") if verdict is Verdict.MENDED else None
    decided = await study.ask(DecideReview(shown.token, shown.version, verdict, mending))

    assert isinstance(decided, rx.ReviewDecided)
    assert await study.ask(ShowReviews()) == NOTHING_WAITS
    library = await study.engine.shelves.at(HALL, WORKSPACE)
    asked = [item.prompt for deck in library.decks for item in deck.items if not item.off]
    assert any("doubts" in prompt for prompt in asked) is (verdict is not Verdict.OFF)


async def test_decks_are_taken_away_by_organisers(study: Study) -> None:
    """All of them, or one."""
    nothing = await study.ask(ExportDeck(None, "lines"))
    await added(study)
    await study.ask(WriteQuestion(replace(DRAFT, prompt="What burns?")))

    everything = await study.ask(ExportDeck(None, "lines"))
    one = await study.ask(ExportDeck(LINES, "lines"))
    other = await study.ask(ExportDeck(DeckId("pack/deck"), "lines"))
    unknown = await study.ask(ExportDeck(None, "stone"))
    learner = await study.ask(ExportDeck(None, "lines"), organiser=False)

    assert refused(nothing) is DeckTrouble.NO_OWN
    assert isinstance(everything, dx.FileGiven)
    assert everything.data == "What floats? What sinks? What burns?"
    assert isinstance(one, dx.FileGiven)
    assert one.data == "What floats? What sinks?"
    assert refused(other) is DeckTrouble.NOT_OWN
    assert unknown == dx.DecksRefused(DeckTrouble.NOT_EXPORTED, "There is no format stone.")
    assert refused(learner) is fx.Refusal.NOT_ORGANISER


# ---------------------------------------------------------------------------------------------- proposals


async def proposed(study: Study, draft: Draft = DRAFT, who: str = "ben") -> None:
    """Let a learner propose a question."""
    assert await study.ask(ProposeQuestion(draft), who=who, organiser=False) == dx.QuestionProposed()


async def told(study: Study) -> list[tuple[str, str]]:
    """Return whom the outbox tells what."""
    rows = await study.store.claim(10**15, 1, 50)
    return [(one.row.to, one.row.body) for one in rows if "ProposalAnswered" in one.row.body]


async def test_a_proposal_is_shown_and_accepted_and_its_proposer_told(study: Study) -> None:
    """Once; whoever comes second hears that it was decided on."""
    await proposed(study)
    shown = await study.ask(ShowProposals())
    assert isinstance(shown, dx.ProposalShown)

    accepted = await study.ask(DecideProposal(shown.proposal, accepted=True))
    again = await study.ask(DecideProposal(shown.proposal, accepted=False))
    none = await study.ask(ShowProposals())

    assert (shown.by, shown.left, shown.next) == ("Ben", 1, "")
    assert shown.item is not None
    assert accepted == dx.ProposalDecided(accepted=True, by="Ben", deck="Sea", left=0)
    assert refused(again) is DeckTrouble.PROPOSAL_GONE
    assert none == dx.NoProposals()
    assert await decks(study) == ["pack/deck", f"{PACK}/sea"]
    ((to, body),) = await told(study)
    assert to == "ben"
    assert '"accepted":true,"mended":false' in body


async def test_proposals_are_looked_at_in_turn_and_declined(study: Study) -> None:
    """After the last comes the first again."""
    await proposed(study)
    await proposed(study, replace(DRAFT, prompt="What sinks?"), who="cat")

    first = await study.ask(ShowProposals())
    assert isinstance(first, dx.ProposalShown)
    second = await study.ask(ShowProposals(first.next))
    assert isinstance(second, dx.ProposalShown)
    third = await study.ask(ShowProposals(second.next))
    declined = await study.ask(DecideProposal(first.proposal, accepted=False))

    assert first.proposal != second.proposal
    assert third == first
    assert isinstance(declined, dx.ProposalDecided)
    assert (declined.accepted, declined.left) == (False, 1)
    assert len(await told(study)) == 1


async def test_a_proposal_is_mended_before_it_is_accepted(study: Study) -> None:
    """What is still wrong comes back in the same form."""
    await proposed(study)
    shown = await study.ask(ShowProposals())
    assert isinstance(shown, dx.ProposalShown)

    form = await study.ask(OpenMending(shown.proposal))
    wrong = await study.ask(DecideProposal(shown.proposal, accepted=True, draft=WRONG))
    mended = await study.ask(
        DecideProposal(shown.proposal, accepted=True, draft=replace(DRAFT, prompt="What swims?"))
    )
    gone = await study.ask(OpenMending(shown.proposal))

    assert form == dx.WritingOpened(DRAFT, mends=shown.proposal)
    assert wrong == dx.WritingOpened(WRONG, mends=shown.proposal, flaw=Flaw.NONE_RIGHT)
    assert isinstance(mended, dx.ProposalDecided)
    assert refused(gone) is DeckTrouble.PROPOSAL_GONE
    assert '"mended":true' in (await told(study))[0][1]


async def test_a_proposal_that_was_overtaken_is_shown_with_what_is_wrong(study: Study) -> None:
    """The question has been written meanwhile."""
    await proposed(study)
    await study.ask(WriteQuestion(DRAFT))

    shown = await study.ask(ShowProposals())

    assert isinstance(shown, dx.ProposalShown)
    assert (shown.item, shown.flaw) == (None, Flaw.THERE_ALREADY)


async def test_an_organisers_own_proposal_is_told_to_nobody(study: Study) -> None:
    """They have just decided on it."""
    await proposed(study, who="ann")
    shown = await study.ask(ShowProposals())
    assert isinstance(shown, dx.ProposalShown)
    await study.ask(DecideProposal(shown.proposal, accepted=True))

    assert await told(study) == []


async def test_wrong_and_too_many_proposals_are_not_kept(study: Study) -> None:
    """A hundred wait at most."""
    wrong = await study.ask(ProposeQuestion(WRONG), organiser=False)
    for number in range(100):
        await proposed(study, replace(DRAFT, prompt=f"Question {number}"))
    full = await study.ask(ProposeQuestion(DRAFT), organiser=False)
    form = await study.ask(OpenWriting(proposal=True), organiser=False)

    assert wrong == dx.WritingOpened(WRONG, proposal=True, flaw=Flaw.NONE_RIGHT)
    assert refused(full) is DeckTrouble.MANY_PROPOSALS
    assert form == dx.WritingOpened(Draft("", ""), proposal=True)


def test_a_group_without_decks_has_an_empty_pack_of_its_own() -> None:
    """Another for each group."""
    assert isinstance(nothing_of(1), OwnPack)
    assert nothing_of(1).pack.id == nothing_of(1).pack.id != nothing_of(2).pack.id
