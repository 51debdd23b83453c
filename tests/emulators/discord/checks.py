"""The form that a body is checked against: all that is wrong in it, and how Discord says so."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.emulators.discord.refusals import INVALID_FORM, Json, RefusedError

Path = tuple[str | int, ...]

LONGEST_CUSTOM_ID: Final = 100
MOST_COMPONENT_ID: Final = 2**31 - 1
_URL: Final = re.compile(r"https?://[^\s/$.?#][^\s]*", re.IGNORECASE)


@dataclass(slots=True)
class Form:
    """What is wrong so far, by place. Its checks take the place of a field and what stands there."""

    _wrong: list[tuple[Path, str, str]] = field(default_factory=list)

    def add(self, path: Path, code: str, message: str) -> None:
        """Note that something is wrong at *path*."""
        self._wrong.append((path, code, message))

    def refuse(self) -> None:
        """Raise RefusedError if anything is wrong."""
        if not self._wrong:
            return
        errors: Json = {}
        for path, code, message in self._wrong:
            place = errors
            for step in path:
                place = place.setdefault(str(step), {})
            place.setdefault("_errors", []).append({"code": code, "message": message})
        raise RefusedError(400, INVALID_FORM, "Invalid Form Body", errors)

    def text(self, path: Path, value: object, least: int, most: int, *, needed: bool = True) -> bool:
        """Check a text of *least* to *most* characters."""
        if value is None or (value == "" and not needed):
            return self._present(path, value, needed=needed)
        if not isinstance(value, str):
            self.add(path, "STRING_TYPE_CONVERT", "Could not interpret value as string.")
        elif not value.strip() and least:
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif len(value) > most and not least:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        elif not least <= len(value) <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        else:
            return True
        return False

    def number(self, path: Path, value: object, least: int, most: int, *, needed: bool = False) -> bool:
        """Check a whole number from *least* to *most*."""
        if value is None:
            return self._present(path, value, needed=needed)
        if isinstance(value, bool) or not isinstance(value, int):
            self.add(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif value < least:
            self.add(path, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {least}.")
        elif value > most:
            self.add(path, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")
        else:
            return True
        return False

    def count(self, path: Path, value: object, least: int, most: int) -> bool:
        """Check a list of *least* to *most*."""
        if not isinstance(value, list):
            self.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        elif not least <= len(value) <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        else:
            return True
        return False

    def one_of(self, path: Path, value: object, choices: Collection[object]) -> bool:
        """Check that a value is among *choices*."""
        if value in choices:
            return True
        allowed = ", ".join(str(choice) for choice in sorted(choices, key=str))
        self.add(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{allowed}}}.")
        return False

    def url(self, path: Path, value: object, most: int = 2048) -> bool:
        """Check an address on the web."""
        if not self.text(path, value, 1, most):
            return False
        if _URL.fullmatch(str(value)):
            return True
        self.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
        return False

    def _present(self, path: Path, value: object, *, needed: bool) -> bool:
        if needed:
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        return value is not None


@dataclass(slots=True)
class Ids:
    """The ids met so far in one message or modal: none may come twice."""

    customs: set[str] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)

    def custom(self, form: Form, path: Path, value: object) -> None:
        """Check a custom id."""
        if not form.text(path, value, 1, LONGEST_CUSTOM_ID):
            return
        if value in self.customs:
            form.add(path, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
        self.customs.add(str(value))

    def number(self, form: Form, path: Path, value: object) -> None:
        """Check a component's own id; 0 is as good as none."""
        if not value or not form.number(path, value, 0, MOST_COMPONENT_ID) or not isinstance(value, int):
            return
        if value in self.numbers:
            form.add(path, "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
        self.numbers.add(value)


def numbered(components: Sequence[Json]) -> None:
    """Give every component without an id one, in reading order; none that is taken."""
    taken = {part["id"] for part in _walk(components) if part.get("id")}
    free = (number for number in range(1, MOST_COMPONENT_ID) if number not in taken)
    for part in _walk(components):
        if not part.get("id"):
            part["id"] = next(free)


def _walk(components: Sequence[Json]) -> list[Json]:
    found: list[Json] = []
    for part in components:
        found.append(part)
        found += _walk(part.get("components") or [])
        found += _walk([inside for key in ("accessory", "component") if (inside := part.get(key))])
    return found
