"""Recent: a bounded memory of what was used last, for what can be found again or done without."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

KEPT: Final = 4_096


class Recent(Generic[K, V]):
    """The values last used, a bounded number of them."""

    def __init__(self, most: int = KEPT) -> None:
        """Keep *most*."""
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._most = most

    def get(self, key: K) -> V | None:
        """Return the value of *key*, None when it is not kept."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key: K, value: V) -> None:
        """Keep *value*, and forget what was unused the longest."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
