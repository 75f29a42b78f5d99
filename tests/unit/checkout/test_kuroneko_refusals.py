"""Where the order form says what only Kuroneko refuses, at a shop that is connected to it."""

from storefront.testing.form_shopper import QuickFormShopper
from tests.yamato import client, shopper, yamato_app

__all__ = ["client", "shopper", "yamato_app"]

MUSASHI = {"name": "𠮷田 Müller", "email": "t" * 53 + "@example.com", "street": "字西"}


def test_kuroneko_says_the_character_and_which_method_takes_it(shopper: QuickFormShopper) -> None:
    shopper.put_in().answer(name="𠮷田 太郎")

    summary = shopper.last.text.partition('id="error-summary"')[2].partition("</div>")[0]
    assert shopper.last.status_code == 422
    assert '<a href="#payment">' in summary
    assert "では、お名前に「𠮷」を使えません。" in summary
    assert "代金引換" in summary
    assert "クロネコ代金後払いサービス(スマホタイプ)」では" in summary
    assert 'value="𠮷田 太郎"' in shopper.last.text


def test_another_method_takes_them_all_and_keeps_the_name(shopper: QuickFormShopper) -> None:
    shopper.put_in().answer("cod", **MUSASHI)
    assert shopper.last.status_code == 303

    page = shopper.get("/checkout/confirm").text

    assert "𠮷田 Müller 様" in page
    assert MUSASHI["email"] in page


def test_by_kuroneko_all_reasons_are_told(shopper: QuickFormShopper) -> None:
    shopper.put_in().answer(**MUSASHI)

    summary = shopper.last.text.partition('id="error-summary"')[2].partition("</div>")[0]

    assert "「𠮷」" in summary
    assert "メールアドレスは64文字まで" in summary
    assert '<a href="#street">番地を数字で入力してください' in summary
