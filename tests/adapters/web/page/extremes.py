"""Views that ask the most of the page: one of every block, and words that try to be more than words."""

from typing import Final

from bot.wording.pictures import TopicBar, TopicsPicture
from bot.wording.views import (
    Bullets,
    Button,
    Code,
    CodeBlock,
    Field,
    Form,
    Heading,
    Link,
    Paragraph,
    Picker,
    Picture,
    Podium,
    PodiumStep,
    Progress,
    Quote,
    Strong,
    Table,
    Text,
    Tone,
    View,
)
from tests.adapters.web.page.scenes import LETTERS, options, para

HOSTILE: Final = (
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    " @everyone \u202eevil"
)
LONG: Final = "supercalifragilistic" * 250
ARABIC: Final = "ما هي عاصمة فرنسا؟"


def everything() -> View:
    """Return a view with one of every block."""
    bars = (TopicBar(LONG, "7%", HOSTILE, 0.07), TopicBar(ARABIC, "100%", "3 answers", 1))
    drawing = TopicsPicture("Topics", "", bars, "Two topics")
    wide = Table(
        tuple(f"Column number {n}" for n in range(14)),
        (tuple((Code("value"), Text(f" {n}")) for n in range(14)),),
        ("left",) * 14,
    )
    return View(
        Tone.INFO,
        "Everything there is",
        "One of everything.",
        (
            Heading((Text("A heading"),)),
            Paragraph(
                (Text("Words with "), Code("code"), Text(" and "), Strong((Text("weight"),)), Text("."))
            ),
            CodeBlock("a very wide line of code " * 12),
            Bullets(((para("One"),), (para("Two"), Bullets(((para("Two and a half"),),))))),
            Quote((para("Said elsewhere."),)),
            wide,
            Progress(37, 120, "37 of 120 have answered"),
            Picture(drawing, (wide,)),
        ),
    )


def hostile() -> View:
    """Return a question that tries to be more than text, everywhere that text can stand."""
    texts = (HOSTILE, LONG, ARABIC, "D" * 1000)
    bad = Link((Text("press me"),), "javascript:document.title='owned'")
    return View(
        Tone.QUESTION,
        HOSTILE,
        HOSTILE,
        (
            para(HOSTILE),
            para(LONG),
            Paragraph((bad, Text(ARABIC))),
            CodeBlock(HOSTILE + LONG),
            options(texts),
            Podium((PodiumStep(1, LONG, HOSTILE), PodiumStep(2, ARABIC, "3")), LONG),
            Table((HOSTILE, LONG), (((Text(LONG),), (Text(HOSTILE),)),), ("left", "right"), HOSTILE),
            Progress(1, 3, HOSTILE),
        ),
        (
            Picker("a:r9.1", "one", texts, LETTERS, HOSTILE, HOSTILE),
            Form("a:r9.2", (Field(HOSTILE, HOSTILE), Field(LONG)), HOSTILE, HOSTILE),
            Button("j:r9", HOSTILE, HOSTILE),
        ),
    )
