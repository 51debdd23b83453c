"""Files in the web chat: sent to the group's decks, read, added, played, and taken away again."""

import io
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.adapters.web.study_pages import PAGE, Sender, back, hall

Json = dict[str, Any]


def alt(frame: Json) -> str:
    """Return what the private reply in an acknowledgement says."""
    assert frame["type"] == "ack", frame
    return str(frame["notice"]["view"]["alt"])


async def added(ann: Sender, data: bytes = PAGE.encode()) -> str:
    """Let somebody add a page to the decks of the group; return what they are told."""
    _, read = await ann.send(data)
    return alt(await ann.press(read["notice"], "Add 2 questions"))


async def test_a_page_is_read_added_and_played(tmp_path: Path) -> None:
    """The report comes first, and nothing is there before somebody says so."""
    async with hall(tmp_path) as (ann, ben):
        status, read = await ann.send(PAGE.encode())
        before = alt(await ben.window.say("/quiz decks"))
        told = alt(await ann.press(read["notice"], "Add 2 questions"))
        listed = alt(await ben.window.say("/quiz decks"))
        await ben.window.say("/quiz play deck:knots-basics count:1")
        lobby = await ben.window.until("New round")

    assert status == 200
    assert "knots.md (mkdocs-quiz): 2 questions" in alt(read)
    assert "Knots - Basics" not in before
    assert "2 new questions." in told
    assert "This group's own decks" in listed
    assert "Knots - Basics" in lobby["view"]["alt"]


async def test_only_organisers_add_and_nobody_reads_what_another_sent(tmp_path: Path) -> None:
    """Ben organises nothing, and a report is for whoever sent the file."""
    async with hall(tmp_path) as (ann, ben):
        _, refused = await ben.send(PAGE.encode())
        _, read = await ann.send(PAGE.encode())
        report = await ann.press(read["notice"], "Whole report")
        seq = report["notice"]["seq"]
        own, other = await ann.take(seq), await ben.take(seq)

    assert "Only organisers can do that." in alt(refused)
    assert (own[0], other[0]) == (200, 404)
    assert b"knots.md (mkdocs-quiz)" in own[1]
    assert report["notice"]["view"]["blocks"][0]["data"] == ""


async def test_what_was_left_is_not_added_and_decided_on_once(tmp_path: Path) -> None:
    """Pressing Add after Leave it says why nothing happens."""
    async with hall(tmp_path) as (ann, _):
        _, read = await ann.send(PAGE.encode())
        left = alt(await ann.press(read["notice"], "Leave it"))
        late = alt(await ann.press(read["notice"], "Add 2 questions"))

    assert "Nothing was added." in left
    assert "This upload was decided on" in late


async def test_two_uploads_at_once_do_not_overwrite_each_other(tmp_path: Path) -> None:
    """The second was read before the first was added, so it is read again."""
    other = PAGE.replace("Knots", "Bends").replace("fixed loop", "fixed bend").replace("joins", "binds")
    async with hall(tmp_path) as (ann, _):
        _, first = await ann.send(PAGE.encode())
        _, second = await ann.send(other.encode(), "bends.md")
        await ann.press(first["notice"], "Add 2 questions")
        late = alt(await ann.press(second["notice"], "Add 2 questions"))
        _, again = await ann.send(other.encode(), "bends.md")
        told = alt(await ann.press(again["notice"], "Add 2 questions"))
        _, same = await ann.send(PAGE.encode())

    assert "have changed since the file was read" in late
    assert "2 new questions." in told
    assert "There is nothing to add" in alt(same)


async def test_a_restart_between_reading_and_adding_loses_nothing(tmp_path: Path) -> None:
    """What was read waits in the database."""
    async with hall(tmp_path) as (ann, _):
        _, read = await ann.send(PAGE.encode())
        me = ann.me
    async with back(tmp_path, me) as again:
        told = alt(await again.press(read["notice"], "Add 2 questions"))

    assert "2 new questions." in told


async def test_a_file_in_no_known_format_is_told_what_to_send_instead(tmp_path: Path) -> None:
    """Nobody has a command line here to say a format on."""
    async with hall(tmp_path) as (ann, _):
        _, read = await ann.send(b"just some words", "words.txt")

    assert "Send it in another format, such as a table" in alt(read)
    assert "--format" not in alt(read)
    assert "no question could be read" in alt(read)


async def test_decks_are_taken_away_as_a_file_and_come_back_as_they_were(tmp_path: Path) -> None:
    """For organisers alone, because the keys are in it."""
    async with hall(tmp_path) as (ann, ben):
        await added(ann)
        given = await ann.window.say("/quiz decks export format:mkdocs-quiz")
        _, page = await ann.take(given["notice"]["seq"])
        _, read = await ann.send(page)
        refused = alt(await ben.window.say("/quiz decks export"))

    assert b"Which knot makes a fixed loop?" in page
    assert "There is nothing to add" in alt(read)
    assert "Only organisers can do that." in refused


async def test_a_question_is_written_proposed_and_accepted(tmp_path: Path) -> None:
    """Ben hears what came of it; what is typed wrongly comes back with a sentence."""
    typed = ["What floats?", "* Cork\nLead", "Cork is lighter than water.", "Floating"]
    async with hall(tmp_path) as (ann, ben):
        form = (await ben.window.say("/quiz decks propose"))["notice"]
        wrong = alt(await ben.press(form, "Propose a question", ["What floats?", "Cork\nLead", "", ""]))
        await ben.press(form, "Propose a question", typed)
        shown = (await ann.window.say("/quiz decks proposals"))["notice"]
        told = alt(await ann.press(shown, "Accept"))
        heard = await ben.window.until("The question that you proposed")
        listed = alt(await ben.window.say("/quiz decks"))

    assert "No option is marked as right." in wrong
    assert "By Ben; the only one that waits." in shown["view"]["alt"]
    assert "in the deck Floating now" in told
    assert heard["private"]
    assert "Floating" in listed


async def test_a_proposal_is_mended_in_the_form_that_it_was_typed_into(tmp_path: Path) -> None:
    """What was typed is in it already."""
    typed = ["What flots?", "* Cork\nLead", "", ""]
    async with hall(tmp_path) as (ann, ben):
        form = (await ben.window.say("/quiz decks propose"))["notice"]
        await ben.press(form, "Propose a question", typed)
        shown = (await ann.window.say("/quiz decks proposals"))["notice"]
        mending = (await ann.press(shown, "Mend"))["notice"]
        (control,) = mending["view"]["controls"]
        told = alt(await ann.press(mending, "Mend and accept", ["What floats?", *typed[1:]]))
        heard = await ben.window.until("mended it")

    assert [field["value"] for field in control["fields"]] == typed
    assert "Questions of our own" in told
    assert heard["private"]


async def test_what_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path) -> None:
    """A wrong encoding, a bomb, half an archive, a path that climbs out: nothing is written."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"{number}.md", b"0" * 9_000_000)
    climbing = io.BytesIO()
    with zipfile.ZipFile(climbing, "w") as archive:
        archive.writestr("../../etc/knots.md", PAGE)
    async with hall(tmp_path) as (ann, _):
        said = [
            alt((await ann.send(data, name))[1])
            for data, name in (
                ("Größe".encode("latin-1"), "old.md"),
                (bomb.getvalue(), "bomb.zip"),
                (bomb.getvalue()[:3000], "half.zip"),
                (climbing.getvalue(), "climbing.zip"),
            )
        ]
        listed = alt(await ann.window.say("/quiz decks"))

    assert all(one.startswith("Not done\n\n") and one.count("\n") == 2 for one in said), said
    assert "own decks" not in listed


async def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """And so is a request that is none."""
    async with hall(tmp_path) as (ann, _):
        _, large = await ann.send(io.BytesIO(bytes(9_000_000)))
        status, unknown = await ann.send(PAGE.encode(), head={**ann.head, "X-Studyhall-Secret": "guess"})
        query = {"token": ann.token, "channel": "general", "id": str(uuid4())}
        url = f"{ann.address.partition('/?')[0]}/files"
        async with ann.client.post(url, params=query, data=b"no form", headers=ann.head) as answer:
            formless = answer.status, (await answer.json())["text"]
        async with ann.client.post(url, params=query | {"token": "x"}, data=b"", headers=ann.head) as answer:
            uninvited = answer.status

    assert "That is larger than 8 MB." in alt(large)
    assert (status, unknown["type"]) == (403, "refused")
    assert formless == (400, "There was no file in that. Choose one and send it again.")
    assert uninvited == 403


async def test_a_name_with_markup_and_mentions_is_a_name(tmp_path: Path) -> None:
    """It is shown as text, without the folders that it came with."""
    async with hall(tmp_path) as (ann, _):
        _, read = await ann.send(PAGE.encode(), "../<@1> **b** @everyone.md")

    assert "• <@1> **b** @everyone.md (mkdocs-quiz): 2 questions" in alt(read)


async def test_the_same_upload_twice_is_one(tmp_path: Path) -> None:
    """A request that was repeated is told what it was told before."""
    id_ = str(uuid4())
    async with hall(tmp_path) as (ann, _):
        _, first = await ann.send(PAGE.encode(), id_=id_)
        _, second = await ann.send(PAGE.encode(), id_=id_)

    assert first["notice"]["seq"] == second["notice"]["seq"]
