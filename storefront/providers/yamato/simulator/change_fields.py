"""The fields of KAAKK0010 (a lower amount) and KAARR0010 (another invoice)."""

from storefront.providers.yamato.simulator import checks, fields
from storefront.providers.yamato.simulator.checks import Fields, at_most, exactly, matches, one_of
from storefront.providers.yamato.simulator.fields import Field, Table, optional, required

# unlike in the order request: separate, bundled, SMS
DIVISION = (checks.is_number, one_of("0", "1", "2"))

is_strict_order_number = matches(r"[0-9A-Za-z]([0-9A-Za-z_-]*[0-9A-Za-z])?")

REDUCTION = Table(
    (
        fields.merchant(1),
        required("orderNo", 5, is_strict_order_number, at_most(20)),
        fields.day("shipYmd", 13),
        *fields.address(18),
        *fields.lines(32),
        required("totalAmount", 46, checks.is_number, matches(r"0*[1-9]\d{0,5}")),
        required("sendDiv", 53, *DIVISION),
        fields.free_item(56),
        required("password", 59, checks.is_alphanumeric),
        fields.moment(62),
    ),
    {"031": fields.has_street_number, "051": fields.sums_up},
)

REISSUE, WITHDRAW = "1", "3"
OTHER_REASON = "6"

REQUEST = (
    fields.merchant(1),
    required("orderNo", 5, checks.is_order_number, at_most(20)),
    required("password", 10, checks.is_alphanumeric),
    required("requestContents", 13, checks.is_number, one_of(REISSUE, WITHDRAW)),
)
INVOICE = (
    required("reasonReissue", 18, checks.is_number, matches("[1-6]")),
    Field("reasonReissueEtc", {"022": checks.is_full_width, "023": at_most(25)}),
    required("shipYmd", 25, checks.is_number, exactly(8), checks.is_moment, checks.is_near),
    required("sendDiv", 31, *DIVISION),
    *fields.address(34),
    *fields.lines(48),
    optional("billPostCode", 60, checks.is_printable, checks.fits_free_item),
)


def _says_why(sent: Fields) -> bool:
    return sent["reasonReissue"] != OTHER_REASON or bool(sent.get("reasonReissueEtc"))


WITHDRAWAL = Table(REQUEST)
NEW_INVOICE = Table((*REQUEST, *INVOICE), {"021": _says_why, "047": fields.has_street_number})


def reissue_error(sent: Fields) -> str:
    """The first error of KAARR0010's fields, three digits; a withdrawal has no invoice fields."""
    table = WITHDRAWAL if sent.get("requestContents") == WITHDRAW else NEW_INVOICE
    return table.error(sent)
