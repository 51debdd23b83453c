"""The limits of Discord's messages and forms, counted by the strictest measure, that of UTF-16."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Payload = Mapping[str, Any]

ROW, BUTTON, SELECT, TYPED = 1, 2, 3, 4
TEXT, GALLERY, SEPARATOR, CONTAINER, LABEL, RADIO = 10, 12, 14, 17, 18, 21


def long(text: str) -> int:
    """Return how long *text* is."""
    return len(text.encode("utf-16-le")) // 2


def walked(components: Sequence[Payload]) -> Iterator[Payload]:
    """Yield every component, the outer before the inner."""
    for component in components:
        yield component
        yield from walked(component.get("components", ()))
        if "component" in component:
            yield from walked((component["component"],))


def texts(components: Sequence[Payload]) -> list[str]:
    """Return the texts of a message in their order."""
    return [one["content"] for one in walked(components) if one["type"] == TEXT]


def over(components: Sequence[Payload], files: Sequence[str] = ()) -> list[str]:
    """Return what in the components of a message is over a limit."""
    every = list(walked(components))
    ids = [one["custom_id"] for one in every if "custom_id" in one]
    wrong = [f"{len(every)} components"] if len(every) > 40 else []
    if sum(long(text) for text in texts(components)) > 4000:
        wrong.append("too much text")
    if len(set(ids)) < len(ids):
        wrong.append("an id twice")
    shown = [item["media"]["url"] for one in every if one["type"] == GALLERY for item in one["items"]]
    if shown != [f"attachment://{name}" for name in files] or len(set(files)) < len(files) or len(files) > 10:
        wrong.append("pictures and files differ")
    return [*wrong, *(said for one in every for said in _over(one))]


def over_modal(modal: Payload) -> list[str]:
    """Return what in a form is over a limit."""
    inputs = modal["components"]
    every = list(walked(inputs))
    ids = [one["custom_id"] for one in every if "custom_id" in one]
    wrong = [] if 1 <= len(inputs) <= 5 else [f"{len(inputs)} inputs"]
    if not 1 <= long(modal["title"]) <= 45 or not 1 <= long(modal["custom_id"]) <= 100:
        wrong.append("title or id")
    if len(set(ids)) < len(ids) or not ids:
        wrong.append("ids of inputs")
    return [*wrong, *(said for one in every for said in _over(one))]


def _over(one: Payload) -> Iterator[str]:
    lengths = {
        BUTTON: (("label", 1, 80), ("custom_id", 1, 100)),
        SELECT: (("placeholder", 0, 150), ("custom_id", 1, 100)),
        TYPED: (("placeholder", 0, 100), ("custom_id", 1, 100)),
        TEXT: (("content", 1, 4000),),
        LABEL: (("label", 1, 45), ("description", 0, 100)),
        RADIO: (("custom_id", 1, 100),),
    }
    for name, least, most in lengths.get(one["type"], ()):
        if not least <= long(one.get(name) or "") <= most:
            yield f"{name} of {one['type']}: {one.get(name)!r}"
    yield from _counts(one)


def _counts(one: Payload) -> Iterator[str]:
    match one["type"]:
        case 1 | 3 | 21:
            yield from _picked(one)
        case 4 if not 1 <= one["max_length"] <= 4000:
            yield "the length of an input"
        case 10 if not one["content"].strip():
            yield "a text that says nothing"
        case 12 if any(long(item.get("description") or "") > 1024 for item in one["items"]):
            yield "the description of a picture"
        case 17 if not one["components"] or not 1 <= one["id"] <= 2**31 - 1:
            yield "a container"
        case _:
            pass


def _picked(one: Payload) -> Iterator[str]:
    if one["type"] == ROW:
        kinds = [child["type"] for child in one["components"]]
        if not 1 <= len(kinds) <= 5 or (SELECT in kinds and len(kinds) > 1):
            yield "a row"
    elif one["type"] == RADIO:
        yield from _options(one["options"], 2, 10)
    else:
        yield from _options(one["options"], 1, 25)
        if not 1 <= one["min_values"] <= one["max_values"] <= len(one["options"]):
            yield "how many may be picked"


def _options(options: Sequence[Payload], least: int, most: int) -> Iterator[str]:
    values = {option["value"] for option in options}
    if not least <= len(options) <= most or len(values) < len(options):
        yield "options"
    for option in options:
        if not 1 <= long(option["label"]) <= 100 or not 1 <= long(option["value"]) <= 100:
            yield f"an option: {option['label']!r}"
