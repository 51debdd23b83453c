"""The note types that our own .apkg files have, by which they are known when they come back."""

from enum import StrEnum
from typing import Final


class Model(StrEnum):
    """A note type, by the name that Anki shows."""

    TERM = "Study Hall term"
    QUESTION = "Study Hall question"
    CLOZE = "Study Hall cloze"
    ITEM = "Study Hall item"


CARD_FIELDS: Final = ("Front", "Back", "Sources")
CLOZE_FIELDS: Final = ("Text", "Extra", "Accepted", "Sources")
ITEM_FIELDS: Final = ("Prompt", "Options", "Answer", "Explanation", "Feedback", "Kind", "Sources")

_SOURCES: Final = '{{#Sources}}<div class="sources">{{Sources}}</div>{{/Sources}}'

FIELDS: Final = {
    Model.TERM: CARD_FIELDS,
    Model.QUESTION: CARD_FIELDS,
    Model.CLOZE: CLOZE_FIELDS,
    Model.ITEM: ITEM_FIELDS,
}
FRONTS: Final = {
    Model.TERM: "{{Front}}",
    Model.QUESTION: "{{Front}}",
    Model.CLOZE: "{{cloze:Text}}",
    Model.ITEM: "{{Prompt}}{{Options}}",
}
BACKS: Final = {
    Model.TERM: f"{{{{FrontSide}}}}<hr id=answer>{{{{Back}}}}{_SOURCES}",
    Model.QUESTION: f"{{{{FrontSide}}}}<hr id=answer>{{{{Back}}}}{_SOURCES}",
    Model.CLOZE: '{{cloze:Text}}<hr id=answer>{{Extra}}{{#Accepted}}<div class="also">{{Accepted}}</div>'
    f"{{{{/Accepted}}}}{_SOURCES}",
    Model.ITEM: "{{FrontSide}}<hr id=answer>{{Answer}}{{Explanation}}"
    f'{{{{#Feedback}}}}<div class="feedback">{{{{Feedback}}}}</div>{{{{/Feedback}}}}{_SOURCES}',
}
STYLE: Final = (
    ".card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 42em; margin: auto; }\n"
    ".cloze { font-weight: bold; color: #1f5fbf; }\n"
    ".nightMode .cloze { color: #8fb8ff; }\n"
    ".sources, .feedback, .also { font-size: 14px; opacity: 0.8; margin-top: 1em; }\n"
)


def model_of(name: str) -> Model | None:
    """Return our note type called *name*, with or without what Anki puts behind it; None for another's."""
    return next((one for one in Model if name == one or name.startswith((f"{one}-", f"{one}+"))), None)
