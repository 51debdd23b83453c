"""Marks: the numbers and texts by which Discord tells our messages apart, all made from a message's key.

A *nonce* makes Discord answer a second post of the same message with the first one, for some minutes. After
that the *marker*, the number of the message's outermost component, finds it in the channel's history.
"""

from base64 import b32encode
from hashlib import blake2b
from typing import Final

LARGEST_MARKER: Final = 2**31 - 1


def nonce_of(key: str, part: int) -> str:
    """Return the nonce of a *part* of the message *key*: 16 characters of at most 25."""
    return b32encode(blake2b(f"{key}\n{part}".encode(), digest_size=10).digest()).decode()


def marker_of(key: str) -> int:
    """Return the marker of the message *key*: from 1 to 2**31 - 1."""
    drawn = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")
    return drawn % LARGEST_MARKER + 1
