"""The order form: good answers, wrong ones, and what it keeps."""

import re

import pytest
import sqlalchemy as sa

from storefront.core.extensions import db, transaction
from storefront.payments.models import PaymentMethod
from storefront.testing.form_shopper import FormShopper
from storefront.testing.specimen import NAME
from tests.markup import parsed
from tests.unit.checkout.reading import leads_to, step_of


def test_the_form_is_the_input_step(shopper: FormShopper) -> None:
    assert step_of(shopper.put_in().get("/checkout")) == "input"


@pytest.mark.parametrize("section", ["customer", "delivery", "payment"])
def test_the_form_can_be_opened_to_edit_a_section(shopper: FormShopper, section: str) -> None:
    shopper.put_in().answer("cod")

    answer = shopper.get(f"/checkout?edit={section}")

    assert answer.status_code == 200
    assert f'value="{NAME}"' in answer.text


def test_the_switch_lists_the_other_methods(shopper: FormShopper) -> None:
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


def test_where_no_method_needs_a_code_no_step_speaks_of_one(shopper: FormShopper) -> None:
    publish("kuroneko_smartphone", False)

    page = shopper.put_in().get("/checkout").text

    assert steps_of(page) == ["ご注文情報の入力", "内容の確認", "完了"]
    assert "ステップ 1/3 ご注文情報の入力" in page


@pytest.mark.parametrize(("payment", "number"), [("cod", 3), ("kuroneko_smartphone", 4), ("", 4)])
def test_the_steps_follow_the_method_that_is_chosen(
    shopper: FormShopper, payment: str, number: int
) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.post("/checkout/quote", {"payment": payment})

    assert len(steps_of(answer.text)) == number


def card_of(page: str, code: str) -> str:
    return re.split(r'<div class="method[ "]|</fieldset>', page.partition(f'"payment-{code}"')[2])[
        0
    ]


def test_a_method_is_one_line_until_it_is_chosen(shopper: FormShopper) -> None:
    card = card_of(shopper.put_in().get("/checkout").text, "cod")

    assert "手数料330円(税込)" in card.partition("</label>")[0]
    assert re.findall(r'<p(?! class="method__more")[^>]*>', card.partition("</div>")[0]) == []


@pytest.mark.parametrize(("pieces", "is_told"), [(13, False), (14, True)])
def test_a_limit_is_told_only_near_it(shopper: FormShopper, pieces: int, is_told: bool) -> None:
    """By that method thirteen yunomi are 43,076 yen and fourteen 46,376; four fifths are 44,000."""
    shopper.put_in(quantity=pieces)

    card = card_of(shopper.get("/checkout").text, "kuroneko_smartphone")

    assert ("55,000円(税込)まで" in card) is is_told


def test_the_number_for_the_text_stands_in_the_card_of_its_method(shopper: FormShopper) -> None:
    card = card_of(shopper.put_in().get("/checkout").text, "kuroneko_smartphone")

    assert 'name="sms_tel"' in card
    assert re.search(r"<details[^>]* open>\s*<summary>別の番号で受け取る", card)


def test_the_number_stands_once_where_two_methods_text(shopper: FormShopper) -> None:
    with transaction():
        cod = sa.update(PaymentMethod).where(PaymentMethod.code == "cod")
        db.session.execute(cod.values(sms_check=True))

    page = shopper.put_in().get("/checkout").text

    assert page.count('name="sms_tel"') == 1


def fold_of(page: str, name: str) -> str:
    return next(one for one in re.findall(r"<details.*?</summary>", page, re.DOTALL) if name in one)


FOLDED = {"フリガナ": "ヤマダ タロウ", "お届け日時": "午前中", "備考": "玄関先に"}
HELD = {"name_kana": "やまだ たろう", "delivery_time": "0812", "note": "玄関先に"}
WRONG = {"name_kana": "yamada", "delivery_date": "2000-01-01", "note": "あ" * 501}


@pytest.mark.parametrize("name", FOLDED)
def test_what_few_need_is_folded_and_says_what_it_holds(shopper: FormShopper, name: str) -> None:
    empty = fold_of(shopper.put_in().get("/checkout").text, name)
    held = fold_of(shopper.answer("cod", **HELD).get("/checkout").text, name)

    assert not re.search(r"<details[^>]* open", empty + held)
    assert FOLDED[name] not in empty
    assert FOLDED[name] in held


@pytest.mark.parametrize("name", FOLDED)
def test_what_is_folded_is_open_where_it_holds_an_error(shopper: FormShopper, name: str) -> None:
    page = shopper.put_in().answer("cod", **WRONG).last.text

    assert re.search(r"<details[^>]* open", fold_of(page, name))


def test_the_building_is_never_folded(shopper: FormShopper) -> None:
    page = shopper.put_in().get("/checkout").text

    before = page.partition('id="building"')[0]
    assert before.count("<details") == before.count("</details>")


def test_the_path_by_either_sort_of_method_is_on_the_page(shopper: FormShopper) -> None:
    """A style shows that of the chosen one, with a script or without."""
    progress = shopper.put_in().get("/checkout").text.partition('id="progress"')[2]

    paths = re.findall(r'data-path="(\w+)"( data-other)?>\s*<p>ステップ (./.)', progress)
    assert paths == [("code", "", "1/4"), ("plain", " data-other", "1/3")]


def test_good_answers_lead_to_the_confirmation(shopper: FormShopper) -> None:
    assert leads_to(shopper.put_in().answer("cod").last) == "/checkout/confirm"


def test_wrong_answers_show_the_form_again_as_it_was_typed(shopper: FormShopper) -> None:
    answer = shopper.put_in().answer("cod", email="taro", city="大手町").last

    assert (answer.status_code, step_of(answer)) == (422, "input")
    assert 'value="taro"' in answer.text
    assert 'value="大手町"' in answer.text


def test_wrong_answers_show_an_error_summary(shopper: FormShopper) -> None:
    answer = shopper.put_in().answer("cod", email="taro").last

    assert 'data-testid="error-summary"' in answer.text
    assert 'href="#email"' in answer.text


def test_wrong_answers_do_not_replace_the_good_ones(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod")
    shopper.answer("cod", email="taro")

    assert shopper.get("/checkout/confirm").status_code == 200


def test_typed_text_is_there_again_at_the_next_visit(shopper: FormShopper) -> None:
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
    shopper: FormShopper, product: str, payment: str, changes: dict[str, str], message: str
) -> None:
    answer = shopper.put_in(product).answer(payment, **changes).last

    assert answer.status_code == 422
    assert message in answer.text


def test_the_summary_beside_the_form_has_pictures_options_and_sums(shopper: FormShopper) -> None:
    page = parsed(shopper.put_in("indigo-tote", variant_1="M").get("/checkout").text)

    beside = page.one("aside", class_="beside")
    assert "indigo-tote-1" in beside.one("img")["src"]
    assert beside.one("li").text.startswith("藍染トート M ×")
    assert beside.one("div", id="beside-sums").all(data_yen="5060")


def test_the_summary_beside_the_form_follows_the_method(shopper: FormShopper) -> None:
    shopper.put_in().get("/checkout")

    answer = parsed(shopper.post("/checkout/quote", {"payment": "cod"}).text)

    beside = answer.one("hx-partial", hx_target="#beside-sums")
    assert beside.all(data_yen="4290")


def test_the_confirmation_shows_pictures_of_what_is_ordered(shopper: FormShopper) -> None:
    page = parsed(shopper.put_in().answer("cod").get("/checkout/confirm").text)

    assert "yunomi-1" in page.by_testid("confirm-items").one("img")["src"]
