"""Messages for the stand-in server: one scene for each state that the page can show."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.adapters.web.drawings import NARROW, WIDE, in_card
from bot.adapters.web.outbound import Drawing, Drawings, page_view
from bot.charts.drawing import draw
from bot.wording.plain import pictures_in
from bot.wording.views import (
    Block,
    Bullets,
    Button,
    Choice,
    Choices,
    CodeBlock,
    Control,
    Countdown,
    Emphasis,
    Field,
    Form,
    Link,
    Mark,
    Paragraph,
    Picker,
    Podium,
    PodiumStep,
    Progress,
    Quote,
    Strong,
    Style,
    Table,
    Text,
    Tone,
    View,
)
from tests.adapters.web.page.server import NOW_MS, Json

NOW: Final = datetime.fromtimestamp(NOW_MS / 1000, UTC)
TUTOR: Final[Json] = {"id": "", "name": "Study Hall", "bot": True}
MINUTE_MS: Final = 60_000


def drawings(view: View) -> Drawings:
    """Return the pictures of *view* as the server draws them."""
    facts = [in_card(view, block.facts) for block in pictures_in(view.blocks)]
    return tuple(Drawing(draw(each, WIDE), draw(each, NARROW)) for each in facts)


def shown(
    seq: int, view: View, *, private: bool = False, revision: int = 0, channel: str = "general"
) -> Json:
    """Return a message of ours."""
    return {
        "seq": seq,
        "channel": channel,
        "author": TUTOR,
        "private": private,
        "at": NOW_MS - MINUTE_MS + seq * 1000,
        "revision": revision,
        "text": None,
        "view": page_view(view, drawings(view)),
        "reactions": {},
        "mine": None,
    }


def said(seq: int, who: str, text: str, *, channel: str = "general", minutes_ago: int = 1) -> Json:
    """Return a person's line; *who* is the name, and in lower case the id."""
    return {
        "seq": seq,
        "channel": channel,
        "author": {"id": who.lower().split()[0], "name": who, "bot": False},
        "private": False,
        "at": NOW_MS - minutes_ago * MINUTE_MS + seq * 1000,
        "revision": 0,
        "text": text,
        "view": None,
        "reactions": {},
        "mine": None,
    }


def para(text: str, *, quiet: bool = False) -> Paragraph:
    """Return a paragraph of plain text."""
    return Paragraph((Text(text),), quiet=quiet)


def clock(seconds: int, label: str = "to answer", of: int = 30) -> Countdown:
    """Return a countdown with *seconds* left *of* its length."""
    return Countdown(NOW - timedelta(seconds=of - seconds), NOW + timedelta(seconds=seconds), label)


# --------------------------------------------------------------------------------------------------- round


def lobby() -> View:
    """Return a round that waits for people."""
    return View(
        Tone.LOBBY,
        "A round on The Moon and the planets",
        "A round on The Moon and the planets. Ada asks 5 questions, 30 seconds each. Join now.",
        (
            para("Ada asks 5 questions, 30 seconds each. Press Join to take part."),
            para("Everyone answers; the faster you are right, the more you earn."),
            para("2 have joined: Ada, Ben Oyelaran."),
            Countdown(NOW + timedelta(seconds=24), NOW + timedelta(seconds=24), "to join"),
        ),
        (
            Button("j:r1", "Join", "Join the round", Style.PRIMARY),
            Button("b:r1", "Begin", "Begin now, for the host"),
            Button("l:r1", "Leave", "Leave the round", Style.DANGER),
        ),
    )


MOONS: Final = ("Europa", "Titan", "Triton", "Phobos")
LETTERS: Final = ("A", "B", "C", "D")


def options(texts: tuple[str, ...] = MOONS) -> Choices:
    """Return *texts* as lettered options."""
    return Choices(tuple(Choice(letter, (para(text),)) for letter, text in zip(LETTERS, texts, strict=False)))


def question(
    control: Control, *blocks: Block, answered: int = 1, seconds: int = 22, prompt: str = "", number: int = 2
) -> View:
    """Return an open question with *control*, and *blocks* after its prompt."""
    asked = prompt or "Which moon has a thick atmosphere of nitrogen, and lakes of liquid methane?"
    return View(
        Tone.QUESTION,
        f"Question {number} of 5",
        f"Question {number} of 5. {asked}",
        (
            para(asked),
            *blocks,
            clock(seconds),
            Progress(answered, 3, f"{answered} of 3 have answered"),
            para("You can change your answer until the question closes.", quiet=True),
        ),
        (control,),
    )


def pick(how: str = "one", texts: tuple[str, ...] = MOONS, label: str = "Choose one.") -> Picker:
    """Return a picker of *texts*."""
    letters = LETTERS[: len(texts)]
    match how:
        case "one":
            return Picker("a:r1.1", "one", texts, letters, label, "Answer")
        case "many":
            return Picker("a:r1.1", "many", texts, letters, label, "Answer", least=2, most=2)
        case _:
            return Picker("a:r1.1", "order", texts, letters, label, "Answer", least=4, most=4)


def one_question(answered: int = 1, seconds: int = 22) -> View:
    """Return an open question with one right option."""
    return question(pick(), options(), answered=answered, seconds=seconds)


def many_question() -> View:
    """Return an open question with two right options."""
    return question(
        pick("many", label="Choose two."),
        options(),
        prompt="Which two of these moons go round Jupiter or Saturn?",
    )


PLANETS: Final = ("Neptune", "Earth", "Saturn", "Mercury")


def order_question() -> View:
    """Return an open question whose options are to be put in order."""
    return question(
        pick("order", PLANETS, "Put them in the right order."),
        options(PLANETS),
        prompt="Order these planets by their distance from the Sun, the nearest first.",
    )


STEMS: Final = ("Mars", "Saturn", "Neptune")


def match_question() -> View:
    """Return an open question whose stems each want an option."""
    control = Picker(
        "a:r1.1", "match", MOONS, LETTERS, "Find the moon of each planet.", "Answer", stems=STEMS
    )
    stems = Bullets(tuple((para(stem),) for stem in STEMS), start=1)
    return question(control, stems, options(), prompt="Whose moon is it?")


def typed_question() -> View:
    """Return an open question with two blanks."""
    fields = (Field("Blank 1", "One word", 200), Field("Blank 2", longest=200))
    control = Form("a:r1.1", fields, "Fill in the 2 blanks.", "Answer")
    prompt = "The Moon turns on its axis once in one (1) ____, so we always see the same (2) ____."
    return question(control, prompt=prompt)


def number_question() -> View:
    """Return an open question for a number, with a scenario before it and code in it."""
    scenario = Quote((para("A probe leaves Earth for the Moon and flies the straight way at 10 km/s."),))
    code = CodeBlock(
        "distance = 384_400  # kilometres\nspeed = 10\nprint(round(distance / speed / 3600, 1))", "python"
    )
    control = Form(
        "a:r1.1", (Field("Hours", "For example 12.5", 60, numeric=True),), "Type a number in hours.", "Answer"
    )
    return question(control, scenario, code, prompt="How many hours does it fly? What does this print?")


def paused() -> View:
    """Return a question while the clock stands still."""
    blocks = (
        para("Which moon has a thick atmosphere of nitrogen, and lakes of liquid methane?"),
        options(),
        para("Paused: answers are taken again when the round goes on."),
        Progress(1, 3, "1 of 3 has answered"),
    )
    return View(Tone.QUESTION, "Question 2 of 5", "Question 2 of 5. Paused.", blocks)


def closed() -> View:
    """Return a question that takes no more answers."""
    return replace(
        paused(),
        alt="Question 2 of 5. Closed.",
        blocks=(*paused().blocks[:2], para("This question is closed.", quiet=True)),
    )


def reveal() -> View:
    """Return what a question's answer was, and who was right."""
    why = (
        "Europa's atmosphere is a trace of oxygen over ice.",
        "Titan's air is denser than ours, and it rains methane there.",
        "Triton has nitrogen, but a hundred-thousandth of our pressure.",
        "Phobos has no atmosphere at all.",
    )
    counts = (1, 2, 0, 0)
    marks = (Mark.WRONG, Mark.RIGHT, Mark.NONE, Mark.NONE)
    each = zip(LETTERS, MOONS, marks, counts, why, strict=True)
    choices = Choices(
        tuple(
            Choice(letter, (para(text),), mark, count, 3, (para(reason),) if count else ())
            for letter, text, mark, count, reason in each
        )
    )
    source = Link((Text("NASA Science, Titan"),), "https://science.nasa.gov/saturn/moons/titan/")
    return View(
        Tone.REVEAL,
        "Question 2 of 5: B is right",
        "B, Titan, is right. 2 of 3 were right; Ada was the fastest.",
        (
            choices,
            Paragraph((Strong((Text("2 of 3 were right."),)), Text(" Ada was the fastest, in 3.2 s."))),
            Paragraph((Text("No other moon has a "), Emphasis((Text("dense"),)), Text(" atmosphere."))),
            Paragraph((Text("Source: "), source), quiet=True),
            standing(),
            Countdown(NOW + timedelta(seconds=6), NOW + timedelta(seconds=6), "to the next question"),
        ),
        (
            Button("m:r1.1", "Show mine", "Show what I answered and what it earned"),
            Button("n:r1.1", "Next", "Go on to the next question, for the host"),
            Button("j:r1", "Join", "Join the round", newcomers=True),
        ),
    )


def standing() -> Table:
    """Return a standing of three."""
    rows = (("1", "Ada", "1,840", "+920"), ("2", "Ben Oyelaran", "1,610", "+810"), ("3", "Cleo", "700", "0"))
    return Table(
        ("Place", "Name", "Points", "Gained"),
        tuple(tuple((Text(cell),) for cell in row) for row in rows),
        ("right", "left", "right", "right"),
        "The standing so far",
    )


def podium() -> View:
    """Return the end of a round."""
    steps = (
        PodiumStep(1, "Ada", "4,320 points"),
        PodiumStep(2, "Ben Oyelaran", "3,975 points"),
        PodiumStep(3, "Cleo", "1,400 points"),
    )
    return View(
        Tone.PODIUM,
        "The Moon and the planets: the podium",
        "The round is over. Ada won with 4,320 points, then Ben Oyelaran and Cleo.",
        (
            Podium(steps, "1st Ada, 2nd Ben Oyelaran, 3rd Cleo"),
            standing(),
            para("5 questions, 3 people.", quiet=True),
        ),
        (
            Button("w:r1", "What I missed", "Show what I missed in this round", Style.PRIMARY),
            Button("j:r2", "Play again", "Start another round on the same deck"),
        ),
    )


def accepted(letter: str = "B") -> View:
    """Return the confirmation of an answer."""
    return View(Tone.GOOD, "", f"Your answer is in: {letter}.", (para(f"Your answer is in: {letter}."),))


def refused(text: str = "That came after the question had closed, so it does not count.") -> View:
    """Return a refusal."""
    return View(Tone.REFUSED, "", text, (para(text),))


def missed() -> View:
    """Return what a reader missed, in private."""
    items = (
        (
            para("Which planet has the shortest day?"),
            Paragraph((Strong((Text("Jupiter"),)), Text(", you said Saturn."))),
        ),
        (
            para("What are Saturn's rings made of?"),
            Paragraph((Strong((Text("Mostly ice"),)), Text(", you did not answer."))),
        ),
    )
    return View(
        Tone.INFO,
        "What you missed",
        "You missed 2 of 5 questions.",
        (
            para("You came 1st of 3 with 4,320 points, 3 of 5 right."),
            Bullets(items, start=1),
            para("Ask these again whenever you like: it counts for nothing but you.", quiet=True),
        ),
        (Button("o:r1", "Redo these 2", "Ask me these again, in private", Style.PRIMARY),),
    )
