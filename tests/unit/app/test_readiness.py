"""What stops a production shop from starting, and what of the demo shop keeps it closed."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront import create_app
from storefront.app import readiness
from storefront.checkout.legal import demo_leftovers, shop_opening
from storefront.checkout.legal.demo_leftovers import What
from storefront.core import published_values
from storefront.core.encryption import Vault
from storefront.core.extensions import db, transaction
from storefront.payments.models import PaymentMethod, YamatoConnection
from storefront.sandbox import demo
from storefront.sandbox.yamato import connection
from storefront.shop import profile
from storefront.shop.models import Shop
from tests.app_pool import close, own_folder, settings
from tests.own_shop import in_production
from tests.unit.admin.conftest import Keeper, keeper

TEST_HOST = "https://atobarai-test.kuronekoyamato.co.jp/kuroneko-atobarai-api"
METHODS = "/admin/settings/payment-methods"


def require(app: Flask, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What a start says on stderr."""
    readiness.require(app)
    db.session.rollback()  # what the test read before is old now
    return capsys.readouterr().err.splitlines()


def mend() -> None:
    """What an owner puts in the place of what the demo shop left."""
    with transaction():
        db.session.execute(sa.update(Shop).values(invoice_number=""))
        db.session.execute(sa.update(YamatoConnection).values(merchant_code="98765432109"))
        own = sa.update(PaymentMethod).where(PaymentMethod.kind == "bank_transfer")
        db.session.execute(
            own.values(instructions="本物銀行 本店 普通 7654321", instructions_en="", account={})
        )


def test_what_is_published_is_what_the_demo_shop_has() -> None:
    shop = demo._read("shop.toml")["shop"]
    methods = demo._read("payment_methods.toml")["methods"]
    [transfer] = [one for one in methods if one["kind"] == "bank_transfer"]

    assert shop["invoice_number"] == published_values.INVOICE_NUMBER
    assert connection.MERCHANT == published_values.MERCHANT_CODE
    texts = transfer["instructions_en"] + "".join(transfer["account"].values())
    assert all(mark in texts for mark in published_values.BANK_ACCOUNT)


def test_a_shop_with_the_demos_data_starts_closed(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    in_production(app)
    assert profile.shop().is_open

    said = require(app, capsys)

    assert len(said) == 3
    assert all(line.startswith("storefront: the shop is closed: the demo's ") for line in said)
    assert not profile.renewed().is_open


def test_the_demo_shop_itself_is_at_home(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    assert require(app, capsys) == []
    assert demo_leftovers.found() == []
    assert profile.renewed().is_open


def test_a_shop_without_leftovers_stays_open(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    in_production(app)
    mend()

    assert require(app, capsys) == []
    assert profile.renewed().is_open


def test_opening_is_refused_and_names_each_place(app: Flask) -> None:
    owner = keeper(app, "owner")
    in_production(app)
    shop_opening.close_shop()

    refused = owner.post("/admin/settings/shop/opening", {"do": "open"})

    assert refused.status_code == 422
    places = {f'data-testid="item-{what}" data-state="missing"' for what in What}
    assert all(place in refused.text for place in places)
    assert 'href="/admin/settings/shop#invoice_number"' in refused.text
    assert not profile.renewed().is_open

    mend()
    assert owner.post("/admin/settings/shop/opening", {"do": "open"}).status_code == 303


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("bank_transfer", "見本のお店の口座が入っています"),
        ("kuroneko_payslip", "見本のお店の加盟店コードが登録されています"),
    ],
)
def test_no_method_is_published_with_the_demos_account_or_contract(
    app: Flask, code: str, words: str
) -> None:
    owner: Keeper = keeper(app, "owner")
    in_production(app)
    with transaction():
        db.session.execute(sa.update(PaymentMethod).values(published=False))

    refused = owner.post(f"{METHODS}/{code}/publish", {})

    assert refused.status_code == 422
    assert words in refused.text


def test_the_demos_invoice_number_is_not_taken(app: Flask) -> None:
    owner = keeper(app, "owner")
    in_production(app)

    page = "/admin/settings/shop"
    refused = owner.send(
        page, page, invoice_number=published_values.INVOICE_NUMBER, sole_trader="1"
    )

    assert refused.status_code == 422
    assert "見本のお店の登録番号です" in refused.text


def test_a_key_that_does_not_open_what_is_stored_stops_the_start(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    in_production(app)
    app.extensions["data_vault"] = Vault("another key, of another shop, quite as long")

    with pytest.raises(SystemExit):
        readiness.require(app)

    [line, *_closed] = capsys.readouterr().err.splitlines()
    assert line.startswith("storefront: DATA_KEY: does not open what is stored")
    assert any(one.startswith("DATA_KEY") for one in readiness.refusals())


def test_a_live_connection_at_the_test_host_stops_the_start(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    in_production(app, kuroneko_base_url=TEST_HOST)
    mend()
    assert require(app, capsys) == []
    with transaction():
        db.session.execute(sa.update(YamatoConnection).values(live=True))

    with pytest.raises(SystemExit):
        readiness.require(app)

    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("storefront: KURONEKO_BASE_URL: is Yamato's test host")


def test_without_a_database_nothing_is_judged(seeded: Path, tmp_path: Path) -> None:
    app = create_app(settings(own_folder(seeded, tmp_path)))
    in_production(app)

    readiness.require(app)

    close(app)
