"""The group's own decks on Slack: shared or put into a form, read, added, played, written, and taken away."""

from tests.adapters.slack.halls import Hall, text_of
from tests.adapters.web.study_pages import PAGE
from tests.emulators.slack import Person


async def put(hall: Hall, person: Person, data: bytes, name: str = "knots.md") -> str:
    """Let *person* put a file into the form; return what its window says once the file is read."""
    await hall.quiz(person, "decks add")
    (form,) = person.modals
    await person.submit(form, {("i0", "value"): person.file(name, data)})
    await hall.until(lambda: person.modals and "reading it" not in text_of(person.modals[-1]), "the report")
    return text_of(person.modals[-1])


async def test_a_page_is_put_into_a_form_read_added_and_played(hall: Hall) -> None:
    """The window of the form says what it holds."""
    read = await put(hall, hall.zoe, PAGE.encode())
    await hall.zoe.press(hall.zoe.modals[-1], "Add 2 questions")
    added = text_of(hall.zoe.modals[-1])
    await hall.quiz(hall.ann, "play knots-basics lobby:wait")

    assert "knots.md (mkdocs-quiz): 2 questions" in read
    assert "2 new questions." in added
    await hall.shown("Knots - Basics")


async def test_a_page_is_shared_with_a_mention(hall: Hall) -> None:
    """Whoever shared it alone sees what it holds."""
    await hall.zoe.share(hall.channel, "decks add", hall.zoe.file("knots.md", PAGE.encode()))
    read = await hall.zoe.sees(hall.channel, "knots.md (mkdocs-quiz): 2 questions")
    await hall.zoe.press(read, "Leave it")
    left = await hall.zoe.sees(hall.channel, "Nothing was added.")

    assert read.ephemeral
    assert left.ephemeral


async def test_only_organisers_add(hall: Hall) -> None:
    """Ann organises nothing."""
    assert "Only organisers can do that." in await put(hall, hall.ann, PAGE.encode())


async def test_what_cannot_be_had_or_is_too_large_is_refused(hall: Hall) -> None:
    """Our token goes to nobody but Slack."""
    large = await put(hall, hall.zoe, bytes(9_000_000), "large.bin")
    await hall.zoe.close()
    file = hall.zoe.file("knots.md", PAGE.encode())
    file.url = "http://169.254.169.254/latest"
    await hall.zoe.share(hall.channel, "decks add", file)
    refused = await hall.zoe.sees(hall.channel, "The file could not be fetched.")

    assert "larger than 8 MB" in large
    assert refused.ephemeral


async def test_a_question_is_proposed_in_a_form_mended_and_accepted(hall: Hall) -> None:
    """Ann hears of it; the form of whoever mends it has in it what she typed."""
    await hall.quiz(hall.ann, "decks propose")
    (form,) = hall.ann.modals
    await hall.ann.submit(form, {("i0", "value"): "What flots?", ("i1", "value"): "* Cork\nLead"})
    told = text_of(hall.ann.modals[-1])

    await hall.quiz(hall.zoe, "decks proposals")
    await hall.zoe.press(await hall.zoe.sees(hall.channel, "By Ann"), "Mend")
    (mending,) = hall.zoe.modals
    await hall.zoe.submit(mending, {("i0", "value"): "What floats?"})
    accepted = text_of(hall.zoe.modals[-1])
    heard = await hall.ann.sees(hall.ann.dm, "mended it")

    assert "An organiser looks at it" in told
    assert "Questions of our own" in accepted
    assert "What flots?" in text_of(heard)


async def test_what_is_typed_wrongly_stays_in_the_form_with_a_sentence(hall: Hall) -> None:
    """Below the field that it is about, and it is taken once that is mended."""
    await hall.quiz(hall.zoe, "decks write")
    (form,) = hall.zoe.modals
    wrong = await hall.zoe.submit(form, {("i0", "value"): "What floats?", ("i1", "value"): "Cork\nLead"})
    await hall.zoe.submit(form, {("i1", "value"): "* Cork\nLead"})

    assert list(wrong.errors) == ["i1"]
    assert "No option is marked as right." in wrong.errors["i1"]
    assert "What floats?" in text_of(hall.zoe.modals[-1])


async def test_decks_are_taken_away_as_a_file_in_direct_messages(hall: Hall) -> None:
    """Because the keys are in it."""
    await put(hall, hall.zoe, PAGE.encode())
    await hall.zoe.press(hall.zoe.modals[-1], "Add 2 questions")
    await hall.quiz(hall.zoe, "decks export format:mkdocs-quiz")

    def given() -> list[str]:
        return [file.name for message in hall.zoe.seen(hall.zoe.dm) for file in message.files]

    await hall.until(given, "the file")
    assert given() == ["knots-basics.md"]
