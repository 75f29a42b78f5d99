"""The fields of the short requests: code, enquiries, cancellation, print data."""

from storefront.providers.yamato.simulator import checks, fields
from storefront.providers.yamato.simulator.checks import at_most, matches
from storefront.providers.yamato.simulator.fields import Field, Table, required

CODE = Table(
    (
        fields.merchant(1),
        required("orderNo", 6, checks.is_order_number),
        required("ninCode", 10, checks.is_number, at_most(4)),
        fields.moment(13),
        Field("password", {"018": checks.is_alphanumeric, "023": at_most(8)}, missing="017"),
    )
)


def enquiry(date: int, missing_password: int) -> tuple[Field, ...]:
    """The four fields that all of them have. date is the first error of requestDate,
    missing_password that of a missing password; the other errors are numbered alike."""
    return (
        fields.merchant(2),
        required("orderNo", 5, checks.is_order_number, at_most(20)),
        required("requestDate", date, matches(r"\d{14}"), checks.is_moment),
        required("password", missing_password),
    )


RESULT = Table(enquiry(date=9, missing_password=13))  # KAARS and KAAST
CANCELLATION = Table(enquiry(date=10, missing_password=14))
PRINT = Table(enquiry(date=11, missing_password=15))
