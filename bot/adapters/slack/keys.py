"""Keys: how tokens are encrypted before a store sees them.

A key in the settings is a passphrase, or something longer that a machine made; both become keys in the same
two steps. scrypt, once at the start, makes each guess at a passphrase cost as much as our start does: whoever
has a copy of the database may guess for as long as they like. HKDF then gives every workspace a key of its
own from that one: it is cheap, and a row that somebody moves to another workspace opens as nobody's.

The salt is the same everywhere, because there is nowhere to keep one that is not beside the database. So
whoever guesses can guess at several databases at once; a key that a machine made cannot be guessed at all.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

_SALT: Final = b"study hall, tokens of workspaces, 1"
_COST: Final = 2**15
"""With blocks of 8 this takes 32 MB and a tenth of a second, once for each key."""

_BYTES: Final = 32


class Keys:
    """The keys of the settings: the first one encrypts, and every one decrypts what it has encrypted."""

    def __init__(self, passphrases: Iterable[str]) -> None:
        """Derive the keys, which takes a moment for each."""
        self._roots = [_stretched(passphrase) for passphrase in passphrases]

    def sealed(self, workspace: str, text: str) -> str:
        """Return *text* encrypted for *workspace*."""
        return self._of(workspace)[0].encrypt(text.encode()).decode("ascii")

    def opened(self, workspace: str, sealed: str) -> str | None:
        """Return what was encrypted for *workspace*; None when no key of ours opens it as that."""
        try:
            return MultiFernet(self._of(workspace)).decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None

    def is_newest(self, workspace: str, sealed: str) -> bool:
        """Tell whether the first key encrypted this: what another one did is to be encrypted anew."""
        try:
            self._of(workspace)[0].decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True

    def _of(self, workspace: str) -> list[Fernet]:
        return [Fernet(urlsafe_b64encode(_branched(root, workspace))) for root in self._roots]


def _stretched(passphrase: str) -> bytes:
    return Scrypt(salt=_SALT, length=_BYTES, n=_COST, r=8, p=1).derive(passphrase.encode())


def _branched(root: bytes, workspace: str) -> bytes:
    return HKDFExpand(SHA256(), _BYTES, workspace.encode()).derive(root)
