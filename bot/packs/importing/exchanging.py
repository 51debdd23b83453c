"""Exchanging two folders in one step, where the system can: Linux and macOS, on most file systems."""

import ctypes
import os
import sys
from pathlib import Path
from typing import Final

_HERE: Final = -100
"""AT_FDCWD of Linux: paths are taken from the working directory."""

_EXCHANGE: Final = 2
"""RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS."""


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; False, with nothing done, when the system cannot."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return int(libc.renamex_np(*names, ctypes.c_uint(_EXCHANGE))) == 0
        return int(libc.renameat2(_HERE, names[0], _HERE, names[1], ctypes.c_uint(_EXCHANGE))) == 0
    except (AttributeError, OSError, TypeError):
        return False  # no such function: musl before 1.2.6, Windows
