"""The checks of what people press, pick from and type in: in messages, and in modals."""

from collections.abc import Callable
from enum import IntEnum
from typing import Final

from tests.emulators.discord.checks import Form, Ids, Path
from tests.emulators.discord.refusals import Json

LONGEST_LABEL: Final = 80
LONGEST_OPTION: Final = 100
LONGEST_PLACEHOLDER: Final = 150
LONGEST_INPUT: Final = 4_000
MOST_OPTIONS: Final = 25
_LONGEST_LINK: Final = 512
_LINK: Final = 5
_STYLES: Final = (1, 2, 3, 4, 5, 6)


class Part(IntEnum):
    """The kinds of component; the numbers are Discord's."""

    ROW = 1
    BUTTON = 2
    SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT_DISPLAY = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


SELECTS: Final = frozenset(
    {Part.SELECT, Part.USER_SELECT, Part.ROLE_SELECT, Part.MENTIONABLE_SELECT, Part.CHANNEL_SELECT}
)


def check_type(form: Form, path: Path, part: object, allowed: frozenset[Part]) -> bool:
    """Check that *part* is a component of a kind that may stand here."""
    if not isinstance(part, dict):
        form.add(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
    elif part.get("type") not in allowed:
        kinds = ", ".join(str(int(kind)) for kind in sorted(allowed))
        form.add((*path, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({kinds},).')
    else:
        return True
    return False


def check_button(form: Form, path: Path, part: Json, ids: Ids) -> None:
    """Check a button: a label or an emoji, and a custom id or an address."""
    style = part.get("style")
    form.one_of((*path, "style"), style, _STYLES)
    form.text((*path, "label"), part.get("label"), 0, LONGEST_LABEL, needed=False)
    if not part.get("label") and not part.get("emoji"):
        form.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button must have a label or an emoji")
    if style == _LINK:
        form.url((*path, "url"), part.get("url"), _LONGEST_LINK)
        if part.get("custom_id"):
            form.add(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_EXCLUSIVE", "A link button has no custom id")
    else:
        ids.custom(form, (*path, "custom_id"), part.get("custom_id"))


def check_select(form: Form, path: Path, part: Json, ids: Ids) -> None:
    """Check a select: its options and how many of them may be picked."""
    ids.custom(form, (*path, "custom_id"), part.get("custom_id"))
    form.text((*path, "placeholder"), part.get("placeholder"), 0, LONGEST_PLACEHOLDER, needed=False)
    most = MOST_OPTIONS
    if part["type"] == Part.SELECT:
        check_options(form, (*path, "options"), part.get("options"), 1, MOST_OPTIONS)
        most = len(part.get("options") or ())
    _check_bounds(form, path, part, most, most_of_all=MOST_OPTIONS)


def check_options(form: Form, path: Path, options: object, least: int, most: int) -> None:
    """Check the options of a select, of a radio group or of a checkbox group."""
    if not form.count(path, options, least, most) or not isinstance(options, list):
        return
    values: set[str] = set()
    for index, option in enumerate(options):
        place = (*path, index)
        form.text((*place, "label"), option.get("label"), 1, LONGEST_OPTION)
        form.text((*place, "value"), option.get("value"), 1, LONGEST_OPTION)
        form.text((*place, "description"), option.get("description"), 0, LONGEST_OPTION, needed=False)
        if option.get("value") in values:
            form.add(
                (*place, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
        values.add(str(option.get("value")))


def check_text_input(form: Form, path: Path, part: Json, ids: Ids) -> None:
    """Check a text input of a modal."""
    ids.custom(form, (*path, "custom_id"), part.get("custom_id"))
    form.one_of((*path, "style"), part.get("style"), (1, 2))
    least, most = part.get("min_length"), part.get("max_length")
    form.number((*path, "min_length"), least, 0, LONGEST_INPUT)
    form.number((*path, "max_length"), most, 1, LONGEST_INPUT)
    if least is not None and most is not None and least > most:
        form.add((*path, "min_length"), "NUMBER_TYPE_MAX", "min_length must not be above max_length.")
    form.text((*path, "placeholder"), part.get("placeholder"), 0, LONGEST_OPTION, needed=False)
    form.text((*path, "value"), part.get("value"), 0, most or LONGEST_INPUT, needed=False)


def check_radio_group(form: Form, path: Path, part: Json, ids: Ids) -> None:
    """Check a radio group of a modal: 2 to 10 options."""
    ids.custom(form, (*path, "custom_id"), part.get("custom_id"))
    check_options(form, (*path, "options"), part.get("options"), 2, 10)


def check_checkbox_group(form: Form, path: Path, part: Json, ids: Ids) -> None:
    """Check a checkbox group of a modal: 1 to 10 options."""
    ids.custom(form, (*path, "custom_id"), part.get("custom_id"))
    check_options(form, (*path, "options"), part.get("options"), 1, 10)
    _check_bounds(form, path, part, len(part.get("options") or ()), most_of_all=10)


def check_custom_id_alone(form: Form, path: Path, part: Json, ids: Ids) -> None:
    """Check what has no more than a custom id."""
    ids.custom(form, (*path, "custom_id"), part.get("custom_id"))


INPUTS: Final[dict[Part, Callable[[Form, Path, Json, Ids], None]]] = {
    **dict.fromkeys(SELECTS, check_select),
    Part.TEXT_INPUT: check_text_input,
    Part.RADIO_GROUP: check_radio_group,
    Part.CHECKBOX_GROUP: check_checkbox_group,
    Part.CHECKBOX: check_custom_id_alone,
    Part.FILE_UPLOAD: check_custom_id_alone,
}
"""What may stand under a label of a modal."""


def _check_bounds(form: Form, path: Path, part: Json, options: int, *, most_of_all: int) -> None:
    least, most = part.get("min_values"), part.get("max_values")
    form.number((*path, "min_values"), least, 0, most_of_all)
    form.number((*path, "max_values"), most, 1, most_of_all)
    least, most = 1 if least is None else least, 1 if most is None else most
    if least > most:
        form.add(
            (*path, "min_values"),
            "SELECT_COMPONENT_MIN_ABOVE_MAX",
            "min_values must not be above max_values.",
        )
    if most > options > 0:
        form.add(
            (*path, "max_values"),
            "SELECT_COMPONENT_MAX_VALUES_TOO_MANY",
            f"max_values must not be above the {options} options.",
        )
