"""What the code knows of each kind of payment method; the owner's row holds the rest."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """first_state is where the payment of a placed order stands."""

    code: str
    first_state: str
    always_checks_sms: bool = False
    needs_consent: bool = False
    longest_address: int | None = None  # characters, prefecture to building, in full width


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "kuroneko_smartphone",
            first_state="deferred",
            always_checks_sms=True,
            needs_consent=True,
            longest_address=50,
        ),
        Kind("cod", first_state="awaiting"),
        Kind("bank_transfer", first_state="awaiting"),
    )
}
