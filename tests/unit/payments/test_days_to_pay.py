"""In how many days money has to come: one number, which every sentence is written from."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_babel import force_locale
from flask_migrate import downgrade, upgrade

from storefront.core import migrate
from storefront.core.extensions import db, transaction
from storefront.payments import wording
from storefront.payments.models import PaymentMethod

BEFORE = "money_on_the_account"


def a_method(kind: str = "bank_transfer", text: str = "", **changes: object) -> PaymentMethod:
    texts = {"name": "x", "name_en": "x", "summary": text, "summary_en": text, "fee": 0}
    given = {"payment_time": text, "payment_time_en": text, "days_to_pay": 5}
    return PaymentMethod(**{"code": kind, "kind": kind, **texts, **given, **changes})


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("bank_transfer", "{days}日以内に。", "5日以内に。"),
        ("cvs", "お早めに。", "お早めに。 お支払いの期限は、ご注文日から5日です。"),
        ("cod", "配達員へ。", "配達員へ。"),
    ],
)
def test_the_sentence_of_the_law_names_the_days(
    app: Flask, kind: str, text: str, said: str
) -> None:
    with app.test_request_context(), force_locale("ja"):
        assert wording.payment_time(a_method(kind, text)) == said


def test_other_days_are_other_terms(app: Flask) -> None:
    assert a_method(days_to_pay=5).texts_agreed_to != a_method(days_to_pay=6).texts_agreed_to


def test_a_method_keeps_the_days_that_its_own_sentence_named(app: Flask) -> None:
    migrate.config()
    folder = str(migrate.REVISIONS)
    downgrade(folder, BEFORE)
    for text, days in (("ご注文日から10日以内にお振込みください。", 10), ("お早めに。", 7)):
        method = sa.text("UPDATE payment_methods SET payment_time = :text WHERE kind = :kind")
        db.session.execute(method, {"text": text, "kind": "bank_transfer"})
        db.session.commit()

        upgrade(folder)

        found = db.session.scalars(
            sa.select(PaymentMethod).where(PaymentMethod.kind == "bank_transfer")
        ).one()
        assert found.days_to_pay == days
        assert found.payment_time == text.replace("10", "{days}")
        db.session.rollback()
        downgrade(folder, BEFORE)
        db.session.expire_all()
    upgrade(folder)


def test_its_days_are_the_owners_to_change(app: Flask) -> None:
    with transaction():
        mine = sa.update(PaymentMethod).where(PaymentMethod.code == "bank_transfer")
        db.session.execute(mine.values(days_to_pay=14))

    with app.test_request_context(), force_locale("en"):
        method = db.session.scalars(
            sa.select(PaymentMethod).where(PaymentMethod.code == "bank_transfer")
        ).one()
        assert "within 14 days" in wording.payment_time(method)
        assert "within 14 days" in wording.instructions(method)
        assert "within 14 days" in wording.summary(method)
