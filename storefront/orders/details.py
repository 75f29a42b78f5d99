"""What the shopper has answered, as one value."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self


@dataclass(frozen=True)
class Address:
    """A person, a company, or a person there; one of name and company may be empty."""

    name: str
    postal_code: str
    prefecture: str
    city: str
    street: str
    building: str
    tel: str
    company: str = ""

    @property
    def addressee(self) -> str:
        """Whom a letter is for: the person, else the company."""
        return self.name or self.company

    @property
    def one_line(self) -> str:
        """Japanese runs on, Roman letters need spaces between the parts."""
        line = self.prefecture
        for part in (self.city, self.street):
            line += f" {part}" if part[:1].isascii() and part[:1].isalpha() else part
        return f"{line} {self.building}".strip()


@dataclass(frozen=True)
class OrderDetails:
    """The fields of the order form, normalised; empty text where nothing was given."""

    name: str
    postal_code: str
    prefecture: str
    city: str
    street: str
    tel: str
    email: str
    payment: str
    company: str = ""
    name_kana: str = ""
    building: str = ""
    sms_tel: str = ""
    ship_to: str = "same"
    ship_name: str = ""
    ship_company: str = ""
    gift_sender: str = ""
    ship_postal_code: str = ""
    ship_prefecture: str = ""
    ship_city: str = ""
    ship_street: str = ""
    ship_building: str = ""
    ship_tel: str = ""
    delivery_method: str = ""  # empty where there was only one
    delivery_date: str = ""
    delivery_time: str = "0000"
    note: str = ""

    @classmethod
    def load(cls, kept: dict[str, Any]) -> Self:
        """Details from a stored form; fields that this version does not know are left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})

    def dump(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def phone(self) -> str:
        """The phone that gets texts, in national digits."""
        return self.sms_tel or self.tel

    @property
    def customer(self) -> Address:
        return Address(
            self.name,
            self.postal_code,
            self.prefecture,
            self.city,
            self.street,
            self.building,
            self.tel,
            self.company,
        )

    @property
    def destination(self) -> Address:
        if self.ship_to != "other":
            return self.customer
        return Address(
            self.ship_name,
            self.ship_postal_code,
            self.ship_prefecture,
            self.ship_city,
            self.ship_street,
            self.ship_building,
            self.ship_tel,
            self.ship_company,
        )

    @property
    def sender(self) -> str:
        """Whom a present is from, as the orderer wants it said; empty for everything else."""
        return self.gift_sender if self.ship_to == "other" else ""

    @property
    def wanted_day(self) -> date | None:
        return date.fromisoformat(self.delivery_date) if self.delivery_date else None
