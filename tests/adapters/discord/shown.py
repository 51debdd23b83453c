"""What a view looks like on Discord, as the golden text of a test: each component a line or more."""

from collections.abc import Iterator, Mapping, Sequence

from bot.adapters.discord.outbound import Part, parts_of
from bot.wording.pictures import Facts
from bot.wording.views import Block, Control, Paragraph, Text, Tone, View
from tests.adapters.discord.limits import (
    BUTTON,
    CONTAINER,
    GALLERY,
    ROW,
    SELECT,
    SEPARATOR,
    TEXT,
    Payload,
    over,
)

MARKER = 7


def words(text: str) -> Paragraph:
    """Return a paragraph of plain words."""
    return Paragraph((Text(text),))


def said(*blocks: Block, controls: tuple[Control, ...] = ()) -> View:
    """Return a view of *blocks*."""
    return View(Tone.INFO, "Title", "alt", blocks, controls)


def components(part: Part) -> list[Payload]:
    """Return the components of *part* as they are sent."""
    sent: list[Payload] = part.layout.to_components()  # type: ignore[no-untyped-call]  # discord.py has no type
    return sent


def parts(view: View, drawn: Mapping[Facts, bytes] | None = None) -> tuple[Part, ...]:
    """Return the messages of *view*, none of which is over a limit."""
    made = parts_of(view, marker=MARKER, drawn=drawn or {})
    for part in made:
        assert over(components(part), [name for name, _ in part.files]) == []
    return made


def shown(view: View, drawn: Mapping[Facts, bytes] | None = None) -> str:
    """Return what *view* looks like, with a line of equal signs between messages."""
    return "\n======\n".join("\n".join(_lines(components(part))) for part in parts(view, drawn))


def body(view: View) -> str:
    """Return the text of *view* without its title and its controls."""
    return shown(view).split("\n---")[0].split("\n", 1)[-1]


def _lines(components: Sequence[Payload]) -> Iterator[str]:
    for one in components:
        match one["type"]:
            case value if value == CONTAINER:
                yield from _lines(one["components"])
            case value if value == TEXT:
                yield one["content"]
            case value if value == SEPARATOR:
                yield "---"
            case value if value == ROW:
                yield " ".join(_control(child) for child in one["components"])
            case value if value == GALLERY:
                yield from (f"<{item['media']['url']}> {item.get('description')}" for item in one["items"])


def _control(one: Payload) -> str:
    if one["type"] == BUTTON:
        return f"[{one['label']}]"
    assert one["type"] == SELECT
    return f"[{one['placeholder']}: {' | '.join(option['label'] for option in one['options'])}]"
