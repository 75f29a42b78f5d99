"""Where each number of the contract leads when Yamato takes the order on credit."""

import pytest

from tests.shopper import QuickShopper
from tests.unit.checkout.yamato import client, shopper, yamato_app

__all__ = ["client", "shopper", "yamato_app"]

SMS, INPUT, CONFIRM = "/checkout/sms", "/checkout", "/checkout/confirm"


@pytest.mark.parametrize(
    ("ending", "where"),
    [
        ("0000", SMS),
        ("0001", SMS),
        ("0002", SMS),
        ("0003", SMS),
        ("0004", SMS),
        ("0005", SMS),
        ("0006", SMS),
        ("0007", INPUT),
        ("0008", INPUT),
        ("0009", SMS),
        ("0010", SMS),
        ("0040", SMS),
        ("0041", SMS),
        ("0020", CONFIRM),
        ("0021", INPUT),
        ("0022", INPUT),
        ("0023", SMS),
        ("0024", CONFIRM),
        ("0025", CONFIRM),
        ("0030", SMS),
    ],
)
def test_pressing_leads_where_the_contract_says(
    shopper: QuickShopper, ending: str, where: str
) -> None:
    shopper.to_sms(f"090-0000-{ending}")

    assert (shopper.last.status_code, shopper.last.location) == (303, where)
