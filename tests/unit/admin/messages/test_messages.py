"""Own words in mails and texts: what may stand in them, and where they arrive."""

import re

import pytest
import sqlalchemy as sa

from storefront.admin.auth.models import AuditEntry
from storefront.admin.messages import previews
from storefront.core.extensions import db
from storefront.orders.emails import sending
from storefront.orders.models import Order
from storefront.sandbox.models import SandboxMail, SandboxText
from storefront.shop import profile
from storefront.shop.message_templates import KINDS
from storefront.testing.specimen import NAME
from tests.conftest import MakeApp, entered
from tests.factories import an_order, some_answers
from tests.signed_in import OWNER
from tests.unit.admin.conftest import Keeper, keeper

PAGE = "/admin/settings/messages"


def save(owner: Keeper, kind: str, ja: str = "", en: str = "", do: str = "save") -> int:
    return owner.post(f"{PAGE}/{kind}", {"ja": ja, "en": en, "do": do}).status_code


def sample(page: str, locale: str = "ja") -> str:
    found = re.search(rf'data-testid="sample-{locale}">(.*?)</pre>', page, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("kind", KINDS)
def test_every_message_is_shown_as_it_goes_out(owner: Keeper, kind: str) -> None:
    page = owner.get(f"{PAGE}/{kind}").text

    assert sample(page, "ja").strip()
    assert sample(page, "en").strip()


@pytest.mark.parametrize("kind", KINDS)
def test_every_message_takes_words_with_all_its_gaps(owner: Keeper, kind: str) -> None:
    needed = KINDS[kind].needed or KINDS[kind].allowed
    words = "".join(f"{{{name}}}" for name in needed)

    assert save(owner, kind, ja=f"春{words}") == 303
    assert sample(owner.get(f"{PAGE}/{kind}").text).count("春") >= 1


def test_an_order_mail_begins_and_ends_with_the_owners_words(owner: Keeper) -> None:
    save(owner, "order-intro", ja="{name}さま、{shop}です。\n\n{order}を承りました。")
    save(owner, "order-closing", ja="またの\nお越しを。")

    message = sending.order_mail(an_order(number="AB-12345"))

    assert "山田 太郎さま、さくら商店です。" in message.text
    assert "AB-12345を承りました。" in message.text
    assert "またの\nお越しを。" in message.text
    assert "ありがとうございます。次のご注文" not in message.text
    assert "またの<br>お越しを。" in message.html


def test_own_words_are_text_and_never_markup(owner: Keeper) -> None:
    save(owner, "order-intro", ja="<script>x</script> {shop}")

    message = sending.order_mail(an_order())

    assert "&lt;script&gt;" in message.html
    assert "<script>" not in message.html


def test_what_a_shopper_typed_is_never_taken_for_a_gap(owner: Keeper) -> None:
    save(owner, "order-intro", ja="{name} / {order}")
    order = an_order(number="AB-12345")
    order.customer = {**order.customer, "name": "{order}"}

    assert "{order} / AB-12345" in sending.order_mail(order).text


def test_each_language_has_its_own_words(owner: Keeper) -> None:
    save(owner, "order-intro", en="Hello {name}")

    ja, en = (sending.order_mail(an_order(locale=locale)).text for locale in ("ja", "en"))

    assert "Hello" not in ja
    assert "Hello 山田 太郎" in en


def test_empty_words_bring_the_usual_ones_back(owner: Keeper) -> None:
    save(owner, "order-intro", ja="こんにちは")
    save(owner, "order-intro", ja="")

    assert profile.shop().wordings == {}
    assert "ありがとうございます" in sending.order_mail(an_order()).text


@pytest.mark.parametrize(
    ("kind", "ja", "said"),
    [
        ("order-intro", "{shop} {koupon}", "「{koupon}」は使えません。使えるのは {shop} {order}"),
        ("order-intro", "{shop.__class__}", "「{shop.__class__}」は使えません"),
        ("order-intro", "{{ 7 * 7 }}", "「{ 7 * 7 }」は使えません"),
        ("order-intro", "{% print 7 %}", "「{% print 7 %}」は使えません"),
        ("order-intro", "{code}", "「{code}」は使えません"),
        ("order-intro", "あ" * 2_001, "2000文字以内で入力してください"),
        ("code-sms", "【{shop}】ご注文の確認です", "「{code}」は必ず入れてください"),
        ("code-sms", "番号 {code} " + "あ" * 60, "1通に収まるようにしてください"),
        ("request-sms", "【{shop}】お支払いください", "「{amount}」は必ず入れてください"),
        ("reminder-sms", "お支払い {amount}", "「{shop}」は必ず入れてください"),
        ("request-sms", "【{shop}】{amount}" + "あ" * 120, "2通に収まるようにしてください"),
    ],
)
def test_words_that_would_not_do_are_refused_beside_the_field(
    owner: Keeper, kind: str, ja: str, said: str
) -> None:
    answer = owner.post(f"{PAGE}/{kind}", {"ja": ja, "en": "", "do": "save"})

    assert answer.status_code == 422
    assert said in answer.text
    assert 'href="#ja"' in answer.text
    assert profile.shop().wordings == {}


def test_a_preview_keeps_nothing(owner: Keeper) -> None:
    page = owner.post(f"{PAGE}/order-intro", {"ja": "試し", "en": "", "do": "preview"}).text

    assert "試し" in sample(page)
    assert profile.shop().wordings == {}


def test_a_preview_shows_the_latest_order_without_who_made_it(owner: Keeper) -> None:
    an_order(number="AB-12345")
    an_order(number="XY-98765", customer=some_answers(name="秘密 花子", email="s@example.com"))

    page = owner.get(f"{PAGE}/order-intro").text

    assert "XY-98765" in sample(page)
    assert "秘密 花子" not in page
    assert "s@example.com" not in page


def test_looking_at_a_preview_changes_no_order(owner: Keeper) -> None:
    order = an_order()
    owner.get(f"{PAGE}/overdue-mail")

    db.session.expire_all()
    kept = db.session.get_one(Order, order.id)
    assert (kept.payment_status, kept.request, kept.shipments) == ("awaiting", None, [])
    assert kept.customer["name"] == NAME


def test_the_length_of_a_text_is_counted_as_it_is_billed(owner: Keeper) -> None:
    words = {"ja": "{shop} {code}", "en": "Code {code}", "do": "preview"}
    page = owner.post(f"{PAGE}/code-sms", words).text

    counted = re.findall(r'data-testid="size-(?:ja|en)">(\d+)文字・(\d+)通\(1通は(\d+)文字', page)
    assert counted == [("27", "1", "70"), ("26", "1", "160")]


def test_the_words_of_a_code_reach_the_phone_with_the_shops_last_line(owner: Keeper) -> None:
    save(owner, "code-sms", ja="{shop}の番号は{code}です({minutes}分)")

    owner.to_sms()

    text = db.session.scalars(sa.select(SandboxText.text)).one()
    assert text == "さくら商店の番号は1234です(10分)\n@127.0.0.1 #1234"


def test_a_mail_comes_to_oneself_and_says_that_it_is_a_sample(owner: Keeper) -> None:
    save(owner, "order-intro", ja="試しです")

    answer = owner.post(f"{PAGE}/order-intro/send", {"locale": "ja"})

    mail = db.session.scalars(sa.select(SandboxMail)).one()
    assert answer.status_code == 303
    assert mail.to.endswith("@sakura.example")
    assert mail.subject.startswith("【見本】")
    assert "試しです" in mail.text


def test_a_text_comes_to_the_phone_at_hand(owner: Keeper) -> None:
    answer = owner.post(f"{PAGE}/request-sms/send", {"locale": "en", "phone": "080-1234-5678"})

    text = db.session.scalars(sa.select(SandboxText)).one()
    assert answer.status_code == 303
    assert text.text.startswith("[Sak")
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert entry.after == {"to": "080-****-5678", "locale": "en"}


@pytest.mark.parametrize("phone", ["", "03-1234-5678", "x"])
def test_a_text_goes_to_mobile_numbers_only(owner: Keeper, phone: str) -> None:
    answer = owner.post(f"{PAGE}/code-sms/send", {"locale": "ja", "phone": phone})

    assert answer.status_code == 422
    assert 'href="#phone"' in answer.text


def test_texts_to_oneself_count_like_any_other(make_app: MakeApp) -> None:
    with entered(make_app(limits="real")) as app:
        owner = keeper(app, OWNER)
        sent = [
            owner.post(f"{PAGE}/code-sms/send", {"locale": "ja", "phone": "080-1234-5678"})
            for _nth in range(4)
        ]

    assert [one.status_code for one in sent] == [303, 303, 303, 422]


def test_words_are_changed_only_after_proving_again_who_it_is(make_app: MakeApp) -> None:
    with entered(make_app()) as app:
        owner = keeper(app, OWNER, proven_at=None)

        answer = owner.post(f"{PAGE}/order-intro", {"ja": "x", "en": "", "do": "save"})

        assert answer.status_code == 303
        assert "/admin/prove" in answer.location
        assert profile.shop().wordings == {}


def test_staff_may_not_see_them(staff: Keeper) -> None:
    assert staff.get(PAGE).status_code == 403


def test_words_are_in_the_audit_log(owner: Keeper) -> None:
    save(owner, "order-intro", ja="こんにちは")

    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert (entry.action, entry.subject, entry.after) == (
        "message.words",
        "order-intro",
        {"ja": "こんにちは"},
    )


def test_a_sample_is_no_copy_of_the_shoppers_mail(owner: Keeper) -> None:
    order = an_order()

    shown = previews.mail(KINDS["order-intro"], "ja", "")

    assert shown.message_id != sending.order_mail(order).message_id
