"""A passkey of software: signs what it is asked to, as a phone would."""

import hashlib
import json
import struct
from base64 import urlsafe_b64encode

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from storefront.admin.auth.models import Passkey, Person
from storefront.core import clock
from storefront.core.extensions import db, transaction

USER_IS_THERE_AND_VERIFIED = 0b101


class Authenticator:
    """Holds one key, for one site."""

    def __init__(self, origin: str) -> None:
        self.origin, self.key, self.count = origin, ec.generate_private_key(ec.SECP256R1()), 0
        self.credential = hashlib.sha256(str(id(self)).encode()).digest()

    def belong_to(self, person: Person) -> None:
        """As if it had been registered."""
        point = self.key.public_key().public_numbers()
        cose = {
            1: 2,
            3: -7,
            -1: 1,
            -2: point.x.to_bytes(32, "big"),
            -3: point.y.to_bytes(32, "big"),
        }
        passkey = Passkey(
            person_id=person.id,
            credential=self.credential,
            public_key=cbor2.dumps(cose),
            sign_count=0,
            name="電話",
            created_at=clock.now(),
        )
        with transaction():
            db.session.add(passkey)

    def signed(self, challenge: str) -> dict[str, object]:
        """What the page sends of navigator.credentials.get."""
        self.count += 1
        host = self.origin.partition("//")[2].partition(":")[0]
        told = {"type": "webauthn.get", "challenge": challenge, "origin": self.origin}
        client = json.dumps(told).encode()
        site = hashlib.sha256(host.encode()).digest()
        data = site + struct.pack(">BI", USER_IS_THERE_AND_VERIFIED, self.count)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        name = _text(self.credential)
        answer = {part: _text(content) for part, content in parts.items()}
        return {"id": name, "rawId": name, "type": "public-key", "response": answer}


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
