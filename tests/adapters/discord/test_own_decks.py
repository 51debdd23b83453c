"""The group's own decks on Discord: sent with a command, read, added, played, written, and taken away."""

from tests.adapters.discord.halls import Hall, does
from tests.adapters.web.study_pages import PAGE
from tests.emulators.discord import Interaction, Person


async def sent(hall: Hall, person: Person, data: bytes, name: str = "knots.md") -> Interaction:
    """Let *person* send a file with the command; return it once it is answered."""
    file = hall.server.world.file(name, data)
    done = await person.slash(hall.channel, "quiz decks add", {"file": file})
    return await done.settled()


async def test_a_page_is_read_added_and_played(hall: Hall) -> None:
    """The report comes first, to its sender alone."""
    read = await sent(hall, hall.zoe, PAGE.encode())
    assert read.message is not None
    assert read.message.ephemeral
    assert "knots.md (mkdocs-quiz): 2 questions" in read.text

    added = await (await hall.zoe.press(read.message, "Add 2 questions")).settled()
    offered = await hall.ben.complete(hall.channel, "quiz play", {"deck": "kno"}, focused="deck")
    await hall.ann.slash(hall.channel, "quiz play", {"deck": "knots-basics"})

    assert "2 new questions." in added.text
    assert [one["value"] for one in offered if "own" in one["value"]]
    await hall.shown("Knots - Basics")


async def test_only_organisers_add_and_nothing_is_fetched_for_others(hall: Hall) -> None:
    """Ann organises nothing."""
    refused = await sent(hall, hall.ann, PAGE.encode())

    assert "Only organisers can do that." in refused.text


async def test_what_cannot_be_had_or_is_too_large_is_refused(hall: Hall) -> None:
    """Nor is anything fetched from elsewhere than Discord."""
    large = await sent(hall, hall.zoe, bytes(9_000_000), "large.bin")
    file = hall.server.world.file("knots.md", PAGE.encode())
    file.url = "http://169.254.169.254/latest/meta-data"
    elsewhere = await (await hall.zoe.slash(hall.channel, "quiz decks add", {"file": file})).settled()
    gone = hall.server.world.file("gone.md", PAGE.encode())
    del hall.server.world.sent[str(gone.id)]
    missing = await (await hall.zoe.slash(hall.channel, "quiz decks add", {"file": gone})).settled()

    assert "larger than 8 MB" in large.text
    assert "The file could not be fetched." in elsewhere.text
    assert "The file could not be fetched." in missing.text


async def test_a_question_is_proposed_in_a_form_mended_and_accepted(hall: Hall) -> None:
    """Ann hears of it; the form of whoever mends it has in it what she typed."""
    form = await hall.ann.slash(hall.channel, "quiz decks propose")
    done = await hall.ann.submit(form, {"i0": "What flots?", "i1": "* Cork\nLead", "i2": "", "i3": ""})
    assert "An organiser looks at it" in (await done.settled()).text

    shown = await (await hall.zoe.slash(hall.channel, "quiz decks proposals")).settled()
    assert shown.message is not None
    mending = await hall.zoe.press(shown.message, does(shown.message, "d:mend"))
    told = await (await hall.zoe.submit(mending, {"i0": "What floats?"})).settled()
    heard = await hall.ann.sees(hall.ann.dm(), "mended it")

    assert "By Ann" in shown.text
    assert "Questions of our own" in told.text
    assert "What flots?" in str(heard.components)


async def test_what_is_typed_wrongly_comes_back_in_the_form(hall: Hall) -> None:
    """With a sentence, and a button that opens it again with all that was typed."""
    form = await hall.zoe.slash(hall.channel, "quiz decks write")
    wrong = await (await hall.zoe.submit(form, {"i0": "What floats?", "i1": "Cork\nLead"})).settled()

    assert "No option is marked as right." in wrong.text
    assert wrong.message is not None
    again = await hall.zoe.press(wrong.message, "d:write")
    done = await (await hall.zoe.submit(again, {"i1": "* Cork\nLead"})).settled()
    assert "What floats?" in done.text


async def test_decks_are_taken_away_as_a_file(hall: Hall) -> None:
    """And a report too."""
    read = await sent(hall, hall.zoe, PAGE.encode())
    assert read.message is not None
    report = await (await hall.zoe.press(read.message, "Whole report")).settled()
    await (await hall.zoe.press(read.message, "Add 2 questions")).settled()
    given = await (
        await hall.zoe.slash(hall.channel, "quiz decks export", {"format": "mkdocs-quiz"})
    ).settled()
    await hall.until(lambda: len(files(hall)) == 2, "two files")

    assert "report.txt" in report.text
    assert "knots-basics.md" in given.text
    assert sorted(files(hall)) == ["knots-basics.md", "report.txt"]


def files(hall: Hall) -> list[str]:
    """Return the names of the files that Zoe was given."""
    return [file.filename for message in hall.zoe.seen(hall.channel) for file in message.attachments]
