"""Copies with changes, for the few places that every answer passes through.

``dataclasses.replace`` looks its fields up anew at each call and costs five times as much for a large class.
Elsewhere ``replace`` is the better choice, because the type checker knows it.
"""

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")


def changed(value: T, **changes: object) -> T:
    """Return a copy of the dataclass instance *value* with *changes*; a KeyError for an unknown field."""
    class_: type[Any] = type(value)
    getter, places = _plan(class_)
    values = list(getter(value))
    for name, new in changes.items():
        values[places[name]] = new
    copy: T = class_(*values)
    return copy


def _plan(class_: type[Any]) -> tuple[Callable[[Any], tuple[Any, ...]], dict[str, int]]:
    if class_ not in _PLANS:
        names = [field.name for field in fields(class_)]
        _PLANS[class_] = attrgetter(*names), {name: place for place, name in enumerate(names)}
    return _PLANS[class_]


_PLANS: dict[type[Any], tuple[Callable[[Any], tuple[Any, ...]], dict[str, int]]] = {}
