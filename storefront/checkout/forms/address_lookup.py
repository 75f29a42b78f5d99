"""The look-up of a postal code in an order form: what it fills in, and what it still asks."""

from dataclasses import astuple, dataclass

from storefront.checkout.forms import fields
from storefront.checkout.forms.forms import OrderForm
from storefront.shipping import address_lookup, postal_codes
from storefront.shipping.address_lookup import AddressLines
from storefront.shipping.postal_codes import Address

CUSTOMER, RECIPIENT = "", "ship_"  # how the names of a group's fields begin
WRITTEN = ("prefecture", "city", "street")


def fill_in(form: OrderForm, prefix: str, picked: str = "", is_pressed: bool = False) -> None:
    """Write the address of a postal code into the form's fields, as far as the code decides it.

    prefix tells the customer's fields from the recipient's. picked is the line of one place, where
    the code stands for several. is_pressed says that the look-up's button was pressed, which also
    replaces an address that was typed by hand.
    """
    code, former = form[f"{prefix}postal_code"], form[f"{prefix}address_of"]
    places = postal_codes.find(code.data or "")
    is_repeated = former.data == code.data and not is_pressed and not picked
    written = address_lookup.fill_in(
        _lines(form, prefix),
        places,
        [] if is_repeated else postal_codes.find(former.data or ""),
        next((place for place in places if place.one_line == picked), None),
        is_pressed,
    )
    for name in WRITTEN:
        form[prefix + name].data = getattr(written, name)
    if places:
        former.data = code.data


def fill_in_unanswered(form: OrderForm) -> None:
    """What a look-up would have filled in, where the form was sent before its answer."""
    fill_in(form, CUSTOMER)
    if form.ship_to.data == "other":
        fill_in(form, RECIPIENT)


def tell(form: OrderForm, prefix: str) -> None:
    """Put a prefecture that contradicts the code beside its field at once."""
    code, prefecture = form[f"{prefix}postal_code"], form[f"{prefix}prefecture"]
    sentence = fields.contradiction(code.data or "", prefecture.data or "")
    prefecture.errors = (sentence,) if sentence else ()


@dataclass(frozen=True)
class AddressPart:
    """One address of a form, as its template shows it.

    prefix tells the customer's fields from the recipient's. places are one line and words of each
    place that the code may stand for, while that is undecided. remarks are a test id and a sentence
    for each thing that the shopper may want to check. written_by is the code whose address stands
    in the fields. look_up and to_fill are where the code is looked up with and without JavaScript.
    autofill is how the browser's autocomplete tokens begin, or "off".
    """

    prefix: str
    places: list[tuple[str, str]]
    remarks: list[tuple[str, str]]
    written_by: str
    look_up: str
    to_fill: str
    autofill: str

    def token(self, name: str) -> str:
        """The value of a field's autocomplete attribute."""
        return self.autofill if self.autofill == "off" else self.autofill + name


def part(
    form: OrderForm, prefix: str, look_up: str, to_fill: str, autofill: str = ""
) -> AddressPart:
    """The view of the form's address with this prefix; see AddressPart for the other arguments."""
    code = form[f"{prefix}postal_code"].data or ""
    return AddressPart(
        prefix,
        _choices(form, prefix),
        remarks(Written(code, *astuple(_lines(form, prefix)))),
        form[f"{prefix}address_of"].data or code,
        look_up,
        to_fill,
        autofill,
    )


@dataclass(frozen=True)
class Written:
    """A postal code with the three fields that are compared with it."""

    postal_code: str
    prefecture: str
    city: str
    street: str


def remarks(one: Written) -> list[tuple[str, str]]:
    """Test id and sentence of what the shopper may want to check; it is not refused."""
    said = []
    if fields.is_unlisted(one.postal_code):
        said.append(("unlisted-code", fields.unlisted(one.postal_code)))
    is_refused = fields.contradiction(one.postal_code, one.prefecture)
    sentence = fields.other_city(one.postal_code, one.city, one.street)
    if sentence and not is_refused:
        said.append(("other-city", sentence))
    return said


def _choices(form: OrderForm, prefix: str) -> list[tuple[str, str]]:
    places = postal_codes.find(form[f"{prefix}postal_code"].data or "")
    if not address_lookup.is_undecided(_lines(form, prefix), places):
        return []
    return [(place.one_line, _words(place, places)) for place in places]


def _words(place: Address, places: list[Address]) -> str:
    """What tells a place from the others: its town, with city and prefecture where these differ."""
    prefecture = place.prefecture if len({one.prefecture for one in places}) > 1 else ""
    city = place.city if prefecture or len({one.city for one in places}) > 1 else ""
    if not place.town and not city:
        return fields.rest_of(place.city)
    return prefecture + city + place.town


def _lines(form: OrderForm, prefix: str) -> AddressLines:
    return AddressLines(*(form[prefix + name].data or "" for name in WRITTEN))
