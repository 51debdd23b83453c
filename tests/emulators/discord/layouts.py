"""The checks of what a message is laid out of, and of modals."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from tests.emulators.discord.checks import Form, Ids, Path
from tests.emulators.discord.inputs import (
    INPUTS,
    SELECTS,
    Part,
    check_button,
    check_select,
    check_text_input,
    check_type,
)
from tests.emulators.discord.refusals import Json

MOST_COMPONENTS: Final = 40
MOST_TEXT: Final = 4_000
LONGEST_ALT: Final = 1_024
MOST_ROWS: Final = 5
MOST_IN_ROW: Final = 5
MOST_IN_GALLERY: Final = 10
MOST_IN_SECTION: Final = 3
UPLOADED: Final = "attachment://"

LONGEST_MODAL_ID: Final = 100
_TITLE: Final = 45
_MODAL_DESCRIPTION: Final = 100
_WHITE: Final = 0xFFFFFF

_ROWS = frozenset({Part.ROW})
_IN_CONTAINER = frozenset(
    {Part.ROW, Part.SECTION, Part.TEXT_DISPLAY, Part.GALLERY, Part.FILE, Part.SEPARATOR}
)
_TOP = _IN_CONTAINER | {Part.CONTAINER}
_IN_ROW = frozenset({Part.BUTTON}) | SELECTS
_IN_MODAL = frozenset({Part.ROW, Part.TEXT_DISPLAY, Part.LABEL})
_UNDER_LABEL = frozenset(INPUTS)


def check_components(form: Form, components: object, *, v2: bool, files: Collection[str]) -> None:
    """Check the components of a message, whose uploaded *files* they may show; *v2* is the flag."""
    if not components:
        return
    if not form.count(("components",), components, 0, MOST_COMPONENTS if v2 else MOST_ROWS):
        return
    layout = Layout(form, files, v2=v2)
    for index, part in enumerate(components if isinstance(components, list) else ()):
        layout.check(("components", index), part, _TOP if v2 else _ROWS)
    layout.check_totals()


def check_modal(form: Form, modal: Json) -> None:
    """Check a modal: 1 to 5 labels, texts and rows."""
    ids = Ids()
    form.text(("title",), modal.get("title"), 1, _TITLE)
    form.text(("custom_id",), modal.get("custom_id"), 1, LONGEST_MODAL_ID)
    components = modal.get("components")
    if not form.count(("components",), components, 1, MOST_ROWS) or not isinstance(components, list):
        return
    for index, part in enumerate(components):
        path: Path = ("components", index)
        if check_type(form, path, part, _IN_MODAL):
            ids.number(form, (*path, "id"), part.get("id"))
            _check_in_modal(form, path, part, ids)


def _check_in_modal(form: Form, path: Path, part: Json, ids: Ids) -> None:
    if part["type"] == Part.TEXT_DISPLAY:
        form.text((*path, "content"), part.get("content"), 1, MOST_TEXT)
    elif part["type"] == Part.ROW:
        inside = part.get("components")
        if form.count((*path, "components"), inside, 1, 1) and isinstance(inside, list):
            place = (*path, "components", 0)
            if check_type(form, place, inside[0], frozenset({Part.TEXT_INPUT})):
                form.text((*place, "label"), inside[0].get("label"), 1, _TITLE)
                check_text_input(form, place, inside[0], ids)
    else:
        _check_label(form, path, part, ids)


def _check_label(form: Form, path: Path, part: Json, ids: Ids) -> None:
    form.text((*path, "label"), part.get("label"), 1, _TITLE)
    form.text((*path, "description"), part.get("description"), 0, _MODAL_DESCRIPTION, needed=False)
    inside, place = part.get("component"), (*path, "component")
    if check_type(form, place, inside, _UNDER_LABEL) and isinstance(inside, dict):
        ids.number(form, (*place, "id"), inside.get("id"))
        INPUTS[Part(inside["type"])](form, place, inside, ids)


@dataclass(slots=True)
class Layout:
    """Walks through the components of one message; counts them and their text."""

    form: Form
    files: Collection[str]
    v2: bool
    ids: Ids = field(default_factory=Ids)
    components: int = 0
    text: int = 0

    def check(self, path: Path, part: object, allowed: frozenset[Part]) -> None:
        """Check one component, and all inside it."""
        self.components += 1
        if not check_type(self.form, path, part, allowed) or not isinstance(part, dict):
            return
        self.ids.number(self.form, (*path, "id"), part.get("id"))
        match part["type"]:
            case Part.ROW:
                self._row(path, part)
            case Part.BUTTON:
                check_button(self.form, path, part, self.ids)
            case Part.TEXT_DISPLAY:
                self._text(path, part)
            case Part.SECTION:
                self._section(path, part)
            case Part.CONTAINER:
                self._container(path, part)
            case Part.SEPARATOR:
                self.form.one_of((*path, "spacing"), part.get("spacing", 1), (1, 2))
            case Part.GALLERY | Part.THUMBNAIL | Part.FILE:
                self._media(path, part)
            case _:
                check_select(self.form, path, part, self.ids)

    def check_totals(self) -> None:
        """Check what is limited over the whole message."""
        if self.v2 and self.components > MOST_COMPONENTS:
            self.form.add(
                ("components",),
                "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
                f"The maximum number of total components ({MOST_COMPONENTS}) was exceeded.",
            )
        if self.text > MOST_TEXT:
            self.form.add(
                ("components",),
                "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
                f"Components displayable text size exceeds maximum size of {MOST_TEXT}",
            )

    def _row(self, path: Path, part: Json) -> None:
        inside, place = part.get("components"), (*path, "components")
        if not self.form.count(place, inside, 1, MOST_IN_ROW) or not isinstance(inside, list):
            return
        kinds = [child.get("type") for child in inside if isinstance(child, dict)]
        if len(inside) > 1 and any(kind in SELECTS for kind in kinds):
            self.form.add(
                place,
                "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                "The specified component exceeds the maximum width",
            )
        for index, child in enumerate(inside):
            self.check((*place, index), child, _IN_ROW)

    def _text(self, path: Path, part: Json) -> None:
        if self.form.text((*path, "content"), part.get("content"), 1, MOST_TEXT):
            self.text += len(part["content"])

    def _section(self, path: Path, part: Json) -> None:
        inside = part.get("components")
        if self.form.count((*path, "components"), inside, 1, MOST_IN_SECTION) and isinstance(inside, list):
            for index, child in enumerate(inside):
                self.check((*path, "components", index), child, frozenset({Part.TEXT_DISPLAY}))
        accessory = frozenset({Part.BUTTON, Part.THUMBNAIL})
        self.check((*path, "accessory"), part.get("accessory"), accessory)

    def _container(self, path: Path, part: Json) -> None:
        self.form.number((*path, "accent_color"), part.get("accent_color"), 0, _WHITE)
        inside, place = part.get("components"), (*path, "components")
        if self.form.count(place, inside, 1, MOST_COMPONENTS) and isinstance(inside, list):
            for index, child in enumerate(inside):
                self.check((*place, index), child, _IN_CONTAINER)

    def _media(self, path: Path, part: Json) -> None:
        if part["type"] == Part.FILE:
            self._shown((*path, "file"), part.get("file"), uploaded=True)
        elif part["type"] == Part.THUMBNAIL:
            self._described(path, part)
        else:
            items, place = part.get("items"), (*path, "items")
            if self.form.count(place, items, 1, MOST_IN_GALLERY) and isinstance(items, list):
                for index, item in enumerate(items):
                    self._described((*place, index), item)

    def _described(self, path: Path, item: Json) -> None:
        self.form.text((*path, "description"), item.get("description"), 0, LONGEST_ALT, needed=False)
        self._shown((*path, "media"), item.get("media"))

    def _shown(self, path: Path, media: object, *, uploaded: bool = False) -> None:
        url = media.get("url") if isinstance(media, dict) else None
        path = (*path, "url")
        if not isinstance(url, str) or not (uploaded or url.startswith(UPLOADED)):
            self.form.url(path, url)
        elif not url.startswith(UPLOADED):
            self.form.add(path, "UNFURLED_MEDIA_ITEM_ATTACHMENT_REQUIRED", "Only attachment:// is allowed")
        elif url.removeprefix(UPLOADED) not in self.files:
            self.form.add(
                path,
                "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
                "The referenced attachment was not found",
            )
