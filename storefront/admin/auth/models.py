"""Tables of the owner's side: persons, their second factors and sessions, held forms, and the audit
log."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storefront.core.extensions import Base, Sealed, UtcDateTime

OWNER, STAFF = "owner", "staff"


class Person(Base):
    """Somebody with access to the owner's side; the row stays when the person leaves."""

    __tablename__ = "admin_people"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)  # in lower case
    name: Mapped[str] = mapped_column(sa.String(80))
    role: Mapped[str] = mapped_column(sa.String(8), default=STAFF)
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    is_password_new: Mapped[bool] = mapped_column(default=False)  # given by another: to be changed
    totp_secret: Mapped[str | None] = mapped_column(Sealed)
    totp_step: Mapped[int] = mapped_column(default=0)  # of the last code: none is taken twice
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    passkeys: Mapped[list["Passkey"]] = relationship(order_by="Passkey.id")

    @property
    def is_owner(self) -> bool:
        """Whether the person may change settings and other persons."""
        return self.role == OWNER

    @property
    def has_second_factor(self) -> bool:
        """Whether an authenticator app or a passkey is registered."""
        return self.totp_secret is not None or bool(self.passkeys)


class Passkey(Base):
    """A person's passkey: its public key, and how often it has signed (WebAuthn's signature
    counter)."""

    __tablename__ = "admin_passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("admin_people.id"), index=True)
    credential: Mapped[bytes] = mapped_column(sa.LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary)
    sign_count: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RecoveryCode(Base):
    """A code that replaces the second factor once; kept as a keyed digest."""

    __tablename__ = "admin_recovery_codes"

    digest: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("admin_people.id"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AdminSession(Base):
    """A browser's session; the key is the digest of its cookie's token."""

    __tablename__ = "admin_sessions"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("admin_people.id"), index=True)
    is_whole: Mapped[bool] = mapped_column(default=False)  # the second factor was given too
    began_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proven_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # who it is, once more
    # over, it opens nothing, and is kept a while to know whose it was
    is_over: Mapped[bool] = mapped_column(default=False, server_default=sa.false())

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class HeldRequest(Base):
    """A form that was sent by somebody who had to show first who it is."""

    __tablename__ = "admin_held_deeds"

    token: Mapped[str] = mapped_column(sa.String(24), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("admin_people.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)  # address and fields, for the person
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class PasskeyChallenge(Base):
    """What a passkey has to sign; asked for once, taken once."""

    __tablename__ = "admin_passkey_challenges"

    challenge: Mapped[bytes] = mapped_column(sa.LargeBinary, primary_key=True)
    person_id: Mapped[int | None]  # whose new passkey; None where anybody may sign in
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class AuditEntry(Base):
    """What somebody did; never changed, and each entry seals the one before it."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    who: Mapped[str] = mapped_column(sa.String(254), index=True)  # the person's e-mail address
    action: Mapped[str] = mapped_column(sa.String(60), index=True)
    subject: Mapped[str] = mapped_column(sa.String(120), index=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    previous: Mapped[str] = mapped_column(sa.String(32), unique=True)  # the seal before: no fork
    seal: Mapped[str] = mapped_column(sa.String(32))
