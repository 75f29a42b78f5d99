"""How personal data and codes are kept at rest: AES-GCM under keys outside the database."""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
NAMED = b"\x01"  # begins what says by its next bytes which key sealed it
ID = 3  # bytes of a key's id
MARK = 32  # characters of a digest: six name the key, 104 bits are its own


def fingerprint(secret: str, *parts: str) -> str:
    """A digest of 32 characters without a key, good across every change of keys.

    Only for values that contain a secret, such as a token: others could be found by trying.
    """
    return hashlib.sha256("\x1f".join((*parts, secret)).encode()).hexdigest()[:MARK]


@dataclass(frozen=True)
class Key:
    """One secret, from which a key for each purpose is derived."""

    secret: str

    @cached_property
    def id(self) -> str:
        """Six characters that name the key and tell nothing of it."""
        return self._derive("id").hex()[: 2 * ID]

    @cached_property
    def cipher(self) -> AESGCM:
        return AESGCM(self._derive("seal"))

    def digest(self, purpose: str, *parts: str) -> str:
        return (self.id + self.unnamed_digest(purpose, *parts))[:MARK]

    def unnamed_digest(self, purpose: str, *parts: str) -> str:
        """A digest as it was made before digests named their key."""
        message = "\x1f".join(parts).encode()
        return hmac.new(self._derive(purpose), message, hashlib.sha256).hexdigest()[:MARK]

    def _derive(self, purpose: str) -> bytes:
        return hmac.new(self.secret.encode(), purpose.encode(), hashlib.sha256).digest()


@dataclass(frozen=True)
class Vault:
    """Encrypts and makes digests under one secret; opens and finds those of former secrets too."""

    secret: str
    former: tuple[str, ...] = ()

    @cached_property
    def current(self) -> Key:
        return Key(self.secret)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The current key, then the former ones."""
        return (self.current, *(Key(secret) for secret in self.former))

    def seal(self, text: str, bound_to: str = "") -> bytes:
        """Encrypt a text; it opens only with the same bound_to. The result names its key."""
        nonce = secrets.token_bytes(NONCE)
        sealed = self.current.cipher.encrypt(nonce, text.encode(), bound_to.encode())
        return self.head + nonce + sealed

    def open(self, sealed: bytes, bound_to: str = "") -> str:
        """The text again; raises InvalidTag when tampered with or sealed under an unknown key."""
        for key, body in self._readings(sealed):
            try:
                opened = key.cipher.decrypt(body[:NONCE], body[NONCE:], bound_to.encode())
            except InvalidTag:
                continue
            return opened.decode()
        raise InvalidTag

    def is_current(self, sealed: bytes) -> bool:
        """Whether a text was encrypted under the current key."""
        return sealed.startswith(self.head)

    def digest(self, purpose: str, *parts: str) -> str:
        """A digest under the current key: equal for equal parts, and telling nothing of them."""
        return self.current.digest(purpose, *parts)

    def digests(self, purpose: str, *parts: str) -> tuple[str, ...]:
        """The digests that digest() may have made of these parts, the current key's first."""
        named = (key.digest(purpose, *parts) for key in self.keys)
        unnamed = (key.unnamed_digest(purpose, *parts) for key in self.keys)
        return (*named, *unnamed)

    @property
    def head(self) -> bytes:
        """The bytes with which everything begins that the current key has encrypted."""
        return NAMED + bytes.fromhex(self.current.id)

    def _readings(self, sealed: bytes) -> Iterator[tuple[Key, bytes]]:
        """Keys and ciphertexts under which a value may open, the likeliest first.

        A value from before keys had names may begin, by chance, like one with a name.
        """
        named = sealed[1 : 1 + ID].hex() if sealed[:1] == NAMED else ""
        body = sealed[1 + ID :]
        found = [(key, body) for key in self.keys if key.id == named]
        found += [(key, sealed) for key in self.keys]
        return ((key, text) for key, text in found if len(text) >= NONCE)
