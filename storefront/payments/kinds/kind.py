"""The questions that every kind of payment method answers."""

from dataclasses import dataclass
from enum import StrEnum


class Time(StrEnum):
    """When the money comes."""

    BEFORE = "before"  # the parcel leaves once it is paid
    DOOR = "door"
    LATER = "later"  # after delivery


class Check(StrEnum):
    """What has to go well before an order by this kind is placed."""

    NONE = "none"
    CREDIT = "credit"  # a provider takes the order on credit
    CREDIT_AND_CODE = "credit-and-code"  # the same, and the shopper proves a phone to it
    HOSTED = "hosted"  # the shopper pays, or is given a number, on a page of the provider


class Need(StrEnum):
    """What the owner has to arrange before such a method can be published."""

    YAMATO_CONNECTION = "yamato-connection"
    SMARTPHONE_OPTION = "smartphone-option"
    WEB_COLLECT = "web-collect"


@dataclass(frozen=True)
class Draft:
    """What a new method of the kind begins with, until the owner has put it in other words."""

    name: str = ""
    name_en: str = ""
    summary: str = ""
    summary_en: str = ""
    payment_time: str = ""
    payment_time_en: str = ""
    instructions: str = ""
    instructions_en: str = ""
    maximum: int | None = None


@dataclass(frozen=True)
class Kind:
    """first_state is where the payment of a placed order stands; gateway names the provider that
    does the work after it; highest is a limit in yen that no owner may lift. An order that waits
    for its money ends by itself when the method's days to pay are over."""

    code: str
    time: Time
    first_state: str
    check: Check = Check.NONE
    gateway: str = ""
    needs: frozenset[Need] = frozenset()
    needs_consent: bool = False
    is_cumulative: bool = False  # the limit is of all that a person owes
    highest: int | None = None
    longest_address: int | None = None  # characters, prefecture to building, in full width
    waits: bool = False
    needs_account: bool = False  # of the shop's own, which shoppers transfer to
    bill_division: str = "0"  # the gateway's own word for how the bill goes out: on paper
    bills_by_sms: bool = False  # the provider sends a link to pay by, in its own name
    draft: Draft = Draft()

    @property
    def is_single(self) -> bool:
        """Whether its provider knows the shop by one contract, so that one method is all."""
        return bool(self.gateway)

    @property
    def may_check_sms(self) -> bool:
        """Whether the owner chooses: a provider that checks by itself leaves no room for it."""
        return self.check is Check.NONE

    @property
    def always_checks_sms(self) -> bool:
        return self.check is Check.CREDIT_AND_CODE
