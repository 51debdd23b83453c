"""Codes: what people type to link one thing with another.

Eight letters and digits that cannot be taken for each other: each is the only one of those that look alike,
and whoever types another of these is understood. A code is made from the program's seed and the event that
asked for it, so that the same event makes the same one; only a hash of it is kept.

The hash is the same in every process, as a seed is not: one process makes a code, and another one may have to
know it, or the same one after a restart. It is slow instead of keyed: whoever reads the tables would have to
try half of all codes while one lives.
"""

from datetime import timedelta
from hashlib import scrypt
from typing import Final

from bot.core.draws import generator

ALPHABET: Final = "0123456789ACDEFGHJKMNPQRTVWXY"
LENGTH: Final = 8
LIVES: Final = timedelta(minutes=10)

_ALIKE: Final = str.maketrans("BILOSUZ", "81105V2")
_SALT: Final = b"study hall, codes, 1"
_COST: Final = 2**12
"""With blocks of 8 this takes about ten milliseconds, and all codes together some hundred years."""

_HASH_SIZE: Final = 16


def code_for(seed: str, event: str) -> str:
    """Return the code that *event* asks for."""
    drawn = generator(seed, f"code {event}")
    return "".join(drawn.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """Return *code* as it is read best."""
    half = LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def read(said: str) -> str:
    """Return the code that *said* is, however it is written; "" when it cannot be one."""
    bare = "".join(sign for sign in said.upper() if sign.isascii() and sign.isalnum()).translate(_ALIKE)
    return bare if len(bare) == LENGTH else ""


def hash_of(code: str) -> str:
    """Return what is kept of *code*."""
    return scrypt(code.encode(), salt=_SALT, n=_COST, r=8, p=1, dklen=_HASH_SIZE).hex()
