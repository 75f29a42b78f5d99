"""What the label on a parcel says of who gets it and whom it is from."""

from dataclasses import dataclass

from storefront.core.japanese import full_width, printable, without_honorific

LONGEST_NAME = 16  # in full width, as B2クラウド takes it
SOMEBODY = "ご担当者"  # whom a label names in a company with a longer name


@dataclass(frozen=True)
class Label:
    """In characters that a label printer has.

    In B2クラウド these are 会社・部門名１, お届け先名, 敬称 and ご依頼主名.
    An empty sender means the shop.
    """

    company: str
    name: str
    honorific: str
    sender: str


def label(name: str, company: str, sender: str) -> Label:
    """The label for a person, a company, or a person there; sender is empty but for a present."""
    name, company, sender = _printed(name), _printed(company), _printed(sender)
    if name or not company:
        return Label(company, name, "様" if name else "", sender)
    if len(full_width(company)) <= LONGEST_NAME:
        return Label("", company, "御中", sender)
    return Label(company, SOMEBODY, "様", sender)


def _printed(name: str) -> str:
    return printable(without_honorific(name))
