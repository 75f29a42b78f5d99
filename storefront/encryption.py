"""How personal data and codes are kept at rest: AES-GCM under a key outside the database."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


@dataclass(frozen=True)
class Vault:
    """Seals under keys derived from one secret; a purpose keeps one use from opening another."""

    secret: str

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(self._derive("seal"))

    def seal(self, text: str, bound_to: str = "") -> bytes:
        """Ciphertext that opens only with the same bound_to."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._cipher.encrypt(nonce, text.encode(), bound_to.encode())

    def open(self, sealed: bytes, bound_to: str = "") -> str:
        """The text again; raises InvalidTag when tampered with or sealed under another key."""
        if len(sealed) < NONCE:
            raise InvalidTag
        return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], bound_to.encode()).decode()

    def mark(self, purpose: str, *parts: str) -> str:
        """A keyed digest of 128 bits: equal for equal parts, and telling nothing else."""
        message = "\x1f".join(parts).encode()
        return hmac.new(self._derive(purpose), message, hashlib.sha256).hexdigest()[:32]

    def _derive(self, purpose: str) -> bytes:
        return hmac.new(self.secret.encode(), purpose.encode(), hashlib.sha256).digest()
