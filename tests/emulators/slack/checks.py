"""The form that blocks are checked against: what is wrong in them, and how Slack says so.

A check takes the form, the JSON pointer of a place, and what stands there. The functions below make checks,
so that what Slack allows stands in tables.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

LONGEST_ID: Final = 255
LONGEST_URL: Final = 3_000


@dataclass(slots=True)
class Form:
    """What is wrong so far, and the ids met. *ready* are the ids of the files that may be shown."""

    surface: str = "message"
    ready: Callable[[str], bool] = lambda _: False
    wrong: list[str] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    action_ids: set[str] = field(default_factory=set)
    focused: int = 0

    def add(self, path: str, message: str) -> None:
        """Note that something is wrong at *path*."""
        self.wrong.append(f"[ERROR] {message} [json-pointer:{path}]")


Check = Callable[[Form, str, object], None]


def text(most: int, least: int = 0) -> Check:
    """Return the check of a string of *least* to *most* characters."""

    def check(form: Form, path: str, value: object) -> None:
        if not isinstance(value, str):
            form.add(path, "must provide a string")
        elif len(value) > most:
            form.add(path, f"must be less than {most + 1} characters")
        elif len(value) < least:
            form.add(path, f"must be more than {least - 1} characters")

    return check


def number(least: int, most: int) -> Check:
    """Return the check of a whole number from *least* to *most*."""

    def check(form: Form, path: str, value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            form.add(path, "must provide an integer")
        elif not least <= value <= most:
            form.add(path, f"must be between {least} and {most}")

    return check


def real(form: Form, path: str, value: object) -> None:
    """Check a number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 - NaN
        form.add(path, "must provide a number")


def flag(form: Form, path: str, value: object) -> None:
    """Check a yes or no."""
    if not isinstance(value, bool):
        form.add(path, "must provide a boolean")


def anything(_form: Form, _path: str, _value: object) -> None:
    """Check nothing."""


def one_of(*choices: object) -> Check:
    """Return the check of a value that is one of *choices*."""

    def check(form: Form, path: str, value: object) -> None:
        if value not in choices:
            allowed = ", ".join(str(choice) for choice in choices)
            form.add(path, f"must be one of: {allowed}")

    return check


def items(each: Check, least: int, most: int) -> Check:
    """Return the check of a list of *least* to *most*, of which *each* is checked."""

    def check(form: Form, path: str, value: object) -> None:
        if not isinstance(value, list):
            form.add(path, "must provide an array")
            return
        if len(value) > most:
            form.add(path, f"no more than {most} items allowed")
        if len(value) < least:
            form.add(path, f"no fewer than {least} items allowed")
        for index, one in enumerate(value[: most + 1]):
            each(form, f"{path}/{index}", one)

    return check


def shape(needed: Mapping[str, Check], allowed: Mapping[str, Check] = {}, *more: Check) -> Check:
    """Return the check of an object: what it must have, what it may have, and what else holds."""

    def check(form: Form, path: str, value: object) -> None:
        if not isinstance(value, dict):
            form.add(path, "must provide an object")
            return
        for key in needed:
            if value.get(key) is None:
                form.add(path, f"missing required field: {key}")
        for key, one in value.items():
            known = needed.get(key) or allowed.get(key)
            if known is None:
                form.add(path, f"invalid additional property: {key}")
            elif one is not None:
                known(form, f"{path}/{key}", one)
        for extra in more:
            extra(form, path, value)

    return check


def kinds(checks: Mapping[str, Check], noun: str = "type") -> Check:
    """Return the check of an object whose type says how it is checked further."""

    def check(form: Form, path: str, value: object) -> None:
        if not isinstance(value, dict):
            form.add(path, "must provide an object")
        elif value.get("type") not in checks:
            form.add(f"{path}/type", f"unsupported {noun}: {value.get('type')}")
        else:
            checks[str(value["type"])](form, path, value)

    return check


def only(checks: Mapping[str, Check], names: Collection[str]) -> dict[str, Check]:
    """Return those *checks* that have one of *names*."""
    return {name: check for name, check in checks.items() if name in names}


def either(*keys: str) -> Check:
    """Return the check that at least one of *keys* is there."""

    def check(form: Form, path: str, value: object) -> None:
        if isinstance(value, dict) and not any(value.get(key) for key in keys):
            form.add(path, f"must define either `{'` or `'.join(keys)}`")

    return check


def action_id(form: Form, path: str, value: object) -> None:
    """Check an action id, which is there once in its block."""
    text(LONGEST_ID)(form, path, value)
    if isinstance(value, str) and value in form.action_ids:
        form.add(path, f"`action_id` {value} already exists in this block")
    form.action_ids.add(str(value))


def focus(form: Form, path: str, value: object) -> None:
    """Check that no more than one element has the focus."""
    flag(form, path, value)
    form.focused += value is True
    if form.focused > 1:
        form.add(path, "only one element may have focus_on_load")


def plain(most: int, least: int = 1) -> Check:
    """Return the check of a plain text of up to *most* characters."""
    return shape({"type": one_of("plain_text"), "text": text(most, least)}, {"emoji": flag})


def any_text(most: int, least: int = 1) -> Check:
    """Return the check of a text, plain or marked up, of up to *most* characters."""
    marked = shape({"type": anything, "text": text(most, least)}, {"verbatim": flag})
    return kinds({"plain_text": plain(most, least), "mrkdwn": marked})


def a_file(form: Form, path: str, value: object) -> None:
    """Check a file of Slack's own: it is there, and it is ready."""
    shape({}, {"id": text(LONGEST_ID), "url": text(LONGEST_URL)}, either("id", "url"))(form, path, value)
    if isinstance(value, dict) and value.get("id") and not form.ready(str(value["id"])):
        form.add(path, "invalid slack file")
