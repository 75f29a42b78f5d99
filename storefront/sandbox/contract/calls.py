"""The calls of the sandbox for programs: what may be sent, and what is answered."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AnyUrl, AwareDatetime, BaseModel, ConfigDict, Field, RootModel

from storefront.cart import carts
from storefront.orders.status import OrderStatus
from storefront.payments.status import PaymentState
from storefront.ports.sms import Delivery
from storefront.sandbox.orders import order_api, order_factory
from storefront.sandbox.outside import faults
from storefront.sandbox.phone import inbox
from storefront.sandbox.time import YEAR
from storefront.sandbox.yamato.judgement_notices import MOST_TIMES

Phone = Annotated[str, Field(description="In any usual form", examples=["090-0000-0000"])]
Said = Literal[Delivery.SENT, Delivery.DELIVERED, Delivery.UNDELIVERED]
Language = Literal["ja", "en"]


class Schema(BaseModel):
    """What is not named here is neither taken nor answered."""

    model_config = ConfigDict(extra="forbid")


class Error(Schema):
    error: str = Field(description="What was wrong, in words")


class Message(Schema):
    id: int
    to: str
    text: str
    sent_at: AwareDatetime
    code: str | None = Field(description="That the text ends in")
    links: list[AnyUrl]
    checkout: str | None = Field(description="The id of the checkout that it is about")


class PhoneText(Message):
    provider: str
    status: Said


class Mail(Message):
    subject: str
    html: str


class PhoneTexts(RootModel[list[PhoneText]]):
    """Newest first."""


class Mails(RootModel[list[Mail]]):
    """Newest first."""


class Awaited(Schema):
    """Those newer than `after`; where there are none yet, whatever comes within `wait`."""

    after: int = Field(0, ge=0, description="An id")
    wait: int = Field(0, ge=0, le=inbox.LONGEST, description="Seconds of the host's clock")


class ToPhone(Awaited):
    to: Phone = ""


class ToAddress(Awaited):
    to: str = ""


class One(Schema):
    """At most one of them: a checkout, by its id, by its order or by its phone."""

    checkout: str = Field("", min_length=1)
    order: str = Field("", min_length=1)
    tel: Phone = Field("", min_length=1)


class OwnersWay(Schema):
    email: str
    password: str
    code: str = Field(description="Of this half minute")


class Clock(Schema):
    now: AwareDatetime
    offset: int = Field(description="Seconds ahead of the host")


class Advance(One):
    advance: int = Field(ge=0, le=int(YEAR.total_seconds()), description="Seconds")


class MoveTo(One):
    now: datetime = Field(description="Not backwards; without a zone it is Japan's")


class ClockMove(RootModel[Advance | MoveTo]):
    """The shop's own clock moves, or the time of the one that is named; jobs that fell due are
    done before the answer."""


class Seed(Schema):
    seed: Literal[1]


class Pieces(RootModel[dict[str, int | None]]):
    """By SKU; null hands an article back that never runs out."""


class PiecesSet(RootModel[dict[str, int]]):
    """By SKU, as they are from here on."""


class OrderWanted(Schema):
    """An order by name, address, delivery and note of the order form, brought to a state."""

    state: OrderStatus
    payment: str = order_api.USUAL
    payment_state: PaymentState | Literal[""] = ""
    tel: Phone = ""
    email: str = ""
    lang: Language = "ja"
    items: dict[str, Annotated[int, Field(ge=1, le=carts.MOST)]] = Field(
        order_factory.A_YUNOMI, min_length=1, description="Pieces by SKU"
    )
    name: str = Field("", max_length=order_api.LONGEST["name"])
    delivery_date: date | Literal[""] = ""
    delivery_method: str = ""
    note: str = Field("", max_length=order_api.LONGEST["note"])
    age_days: int = Field(0, ge=0, le=order_api.OLDEST)


class OrderMade(Schema):
    number: str
    status_url: AnyUrl
    pay_url: AnyUrl | None


class DeliveryReport(Schema):
    event: Literal["delivery-report"]
    message: int = Field(description="The id of a text on the sandbox phone")
    status: Said


class KuronekoNotice(One):
    """One of checkout, order and tel is wanted."""

    event: Literal["kuroneko-notice"]
    result: Literal["ok", "ng"]
    times: int = Field(1, ge=1, le=MOST_TIMES)
    forged: bool = False


class OrderHappening(Schema):
    event: Literal["shipped", "delivered", "paid"]
    order: str = Field(description="The number of an order")


class Event(
    RootModel[
        Annotated[DeliveryReport | KuronekoNotice | OrderHappening, Field(discriminator="event")]
    ]
):
    """Something that happens outside the shop."""


class Reported(Schema):
    message: int
    status: Said


class Noticed(One):
    result: Literal["ok", "ng"]
    times: int
    forged: bool


class OrderMoved(Schema):
    order: str
    status: OrderStatus
    payment_status: PaymentState


class Played(RootModel[Reported | Noticed | OrderMoved]):
    """What became of it."""


Part = Literal["yamato", "sms", "hosted", "mail"]


class OfPart(One):
    to: Part | Literal[""] = ""


class Request(Schema):
    """Values of persons and codes are left out of what was sent."""

    to: Part
    what: str
    at: AwareDatetime
    checkout: str | None
    sent: dict[str, Any]
    answer: str = Field(description="ok, or what the shop took for an answer")


class Requests(RootModel[list[Request]]):
    """Newest first."""


class FaultWanted(Schema):
    """The next requests to a part fail, or take their time; next 0 ends its faults."""

    to: Part
    next: int = Field(1, ge=0, le=faults.MOST, description="Requests")
    status: int | None = Field(None, ge=400, le=599)
    delay: float = Field(0, ge=0, le=faults.LONGEST, description="Seconds of the host's clock")


class FaultWaiting(FaultWanted):
    """One that has not been used up."""


class Faults(RootModel[list[FaultWaiting]]):
    """The oldest first: it strikes first."""


class ListedState(Schema):
    """What a state of a screen shows: data-step and data-state of <main>, data-reason of the
    banner, and the HTTP status of its page."""

    slug: str
    title: str
    screen: str
    status: int
    step: str
    state: str
    reason: str


class States(RootModel[list[ListedState]]):
    """In the order of the shop."""


class StateWanted(Schema):
    slug: str = Field(description="One that GET /sandbox/states lists", examples=["sms-expired"])
    lang: Language = "ja"


class Cookie(Schema):
    name: str
    value: str
    domain: str
    path: str
    expires: int
    httpOnly: bool  # Playwright's names
    secure: bool
    sameSite: Literal["Lax"]


class StorageState(Schema):
    """As browser.new_context(storage_state=…) of Playwright takes it."""

    cookies: list[Cookie]
    origins: list[Any]


class StateReached(Schema):
    url: AnyUrl = Field(description="Shows the state when it is opened first")
    storage_state: StorageState
    tel: str | None = Field(description="The phone number that was typed")
    email: str | None = Field(description="The mail address that was typed")
    code: str | None = Field(description="Of the newest text to tel")
    number: str | None = Field(description="Of the order, where one was placed")


class Document(RootModel[dict[str, Any]]):
    """A document about the shop."""


@dataclass(frozen=True)
class SandboxCall:
    """One method of one path; query and body are what it takes."""

    method: str
    path: str
    does: str
    answer: type[BaseModel]
    status: int = 200
    query: type[Schema] | None = None
    body: type[BaseModel] | None = None


CALLS = (
    SandboxCall("GET", "/sandbox/contract.json", "What programs may rely on", Document),
    SandboxCall("GET", "/sandbox/openapi.json", "These calls", Document),
    SandboxCall("GET", "/sandbox/states", "Every screen in every state", States),
    SandboxCall(
        "POST",
        "/sandbox/states",
        "Bring a new shopper into a state; nobody else's shop changes",
        StateReached,
        201,
        body=StateWanted,
    ),
    SandboxCall(
        "GET", "/sandbox/phone.json", "Texts; waits for the next", PhoneTexts, query=ToPhone
    ),
    SandboxCall(
        "GET", "/sandbox/mailbox.json", "Mails; waits for the next", Mails, query=ToAddress
    ),
    SandboxCall(
        "GET", "/sandbox/clock", "The shop's clock, or that of one checkout", Clock, query=One
    ),
    SandboxCall(
        "POST", "/sandbox/clock", "Move it forward, for all or for one", Clock, body=ClockMove
    ),
    SandboxCall(
        "POST", "/sandbox/stock", "Set pieces, which then count down", PiecesSet, body=Pieces
    ),
    SandboxCall("POST", "/sandbox/reset", "The demo shop as new", Seed, body=Seed),
    SandboxCall(
        "POST", "/sandbox/orders", "An order in a state", OrderMade, status=201, body=OrderWanted
    ),
    SandboxCall(
        "POST", "/sandbox/events", "Play an event of the outside world", Played, body=Event
    ),
    SandboxCall(
        "GET", "/sandbox/requests", "What the shop asked of others", Requests, query=OfPart
    ),
    SandboxCall("GET", "/sandbox/faults", "Faults that wait for a request", Faults),
    SandboxCall("POST", "/sandbox/faults", "A fault by hand", Faults, body=FaultWanted),
    SandboxCall("GET", "/sandbox/owner.json", "How to sign in on the owner's side", OwnersWay),
)
