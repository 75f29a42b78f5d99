"""The order form: good answers, wrong ones, and what it keeps."""

import re

import pytest
import sqlalchemy as sa

from storefront.core.extensions import db, transaction
from storefront.payments.models import PaymentMethod
from tests.markup import parsed
from tests.shopper import Shopper
from tests.specimen import NAME
from tests.unit.checkout.reading import leads_to, step_of


def test_the_form_is_the_input_step(shopper: Shopper) -> None:
    assert step_of(shopper.put_in().get("/checkout")) == "input"


@pytest.mark.parametrize("section", ["customer", "delivery", "payment"])
def test_the_form_can_be_opened_to_edit_a_section(shopper: Shopper, section: str) -> None:
    shopper.put_in().answer("cod")

    answer = shopper.get(f"/checkout?edit={section}")

    assert answer.status_code == 200
    assert f'value="{NAME}"' in answer.text


def test_the_switch_lists_the_other_methods(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")

    answer = shopper.get("/checkout?switch=1")

    switches = re.findall(r'data-testid="switch-to-(\w+)"', answer.text)
    assert switches == ["kuroneko_smartphone", "bank_transfer"]


def steps_of(page: str) -> list[str]:
    return re.findall(r"<li[^>]*>([^<]*)</li>", page.split('id="progress"')[1].split("</ol>")[0])


def publish(code: str, published: bool) -> None:
    with transaction():
        one = sa.update(PaymentMethod).where(PaymentMethod.code == code)
        db.session.execute(one.values(published=published))


def test_where_no_method_needs_a_code_no_step_speaks_of_one(shopper: Shopper) -> None:
    publish("kuroneko_smartphone", False)

    page = shopper.put_in().get("/checkout").text

    assert steps_of(page) == ["ご注文情報の入力", "内容の確認", "完了"]
    assert "ステップ 1/3 ご注文情報の入力" in page


@pytest.mark.parametrize(("payment", "number"), [("cod", 3), ("kuroneko_smartphone", 4), ("", 4)])
def test_the_steps_follow_the_method_that_is_chosen(
    shopper: Shopper, payment: str, number: int
) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.post("/checkout/quote", {"payment": payment})

    assert len(steps_of(answer.text)) == number


def test_good_answers_lead_to_the_confirmation(shopper: Shopper) -> None:
    assert leads_to(shopper.put_in().answer("cod").last) == "/checkout/confirm"


def test_wrong_answers_show_the_form_again_as_it_was_typed(shopper: Shopper) -> None:
    answer = shopper.put_in().answer("cod", email="taro", city="大手町").last

    assert (answer.status_code, step_of(answer)) == (422, "input")
    assert 'value="taro"' in answer.text
    assert 'value="大手町"' in answer.text


def test_wrong_answers_show_an_error_summary(shopper: Shopper) -> None:
    answer = shopper.put_in().answer("cod", email="taro").last

    assert 'data-testid="error-summary"' in answer.text
    assert 'href="#email"' in answer.text


def test_wrong_answers_do_not_replace_the_good_ones(shopper: Shopper) -> None:
    shopper.put_in().answer("cod")
    shopper.answer("cod", email="taro")

    assert shopper.get("/checkout/confirm").status_code == 200


def test_typed_text_is_there_again_at_the_next_visit(shopper: Shopper) -> None:
    shopper.put_in().answer("cod", email="taro")

    assert 'value="taro"' in shopper.get("/checkout").text


@pytest.mark.parametrize(
    ("product", "payment", "changes", "message"),
    [
        (
            "tsumugi",
            "kuroneko_smartphone",
            {},
            "このお支払い方法は55,000円(税込)までご利用いただけます",
        ),
        (
            "yunomi",
            "kuroneko_smartphone",
            {"tel": "03-1234-5678"},
            "SMSを受け取る携帯電話番号を入力してください",
        ),
        (
            "yunomi",
            "kuroneko_smartphone",
            {"building": "あ" * 40},
            "住所は都道府県から建物名まで合わせて50文字以内で入力してください(現在55文字)",
        ),
    ],
)
def test_answers_that_do_not_suit_the_method_say_so(
    shopper: Shopper, product: str, payment: str, changes: dict[str, str], message: str
) -> None:
    answer = shopper.put_in(product).answer(payment, **changes).last

    assert answer.status_code == 422
    assert message in answer.text


def test_the_summary_beside_the_form_has_pictures_options_and_sums(shopper: Shopper) -> None:
    page = parsed(shopper.put_in("indigo-tote", variant_1="M").get("/checkout").text)

    beside = page.one("aside", class_="beside")
    assert "indigo-tote-1" in beside.one("img")["src"]
    assert beside.one("li").text.startswith("藍染トート M ×")
    assert beside.one("div", id="beside-sums").all(data_yen="5060")


def test_the_summary_beside_the_form_follows_the_method(shopper: Shopper) -> None:
    shopper.put_in().get("/checkout")

    answer = parsed(shopper.post("/checkout/quote", {"payment": "cod"}).text)

    beside = answer.one("hx-partial", hx_target="#beside-sums")
    assert beside.all(data_yen="4290")


def test_the_confirmation_shows_pictures_of_what_is_ordered(shopper: Shopper) -> None:
    page = parsed(shopper.put_in().answer("cod").get("/checkout/confirm").text)

    assert "yunomi-1" in page.by_testid("confirm-items").one("img")["src"]
