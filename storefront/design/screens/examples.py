"""The calls by which /design/components shows each macro and partial, and what they are given."""

from typing import Any

import sqlalchemy as sa
from wtforms import StringField

from storefront.admin.reports import charts
from storefront.catalogue.models import Product
from storefront.catalogue.search import listing
from storefront.catalogue.search.cards import Card
from storefront.checkout.forms.address_lookup import AddressPart
from storefront.checkout.offer import Offer
from storefront.core.extensions import db
from storefront.core.money import TaxPart, TaxRate
from storefront.shop import profile
from storefront.web.forms import ShopForm

PREFECTURES = {"": "選んでください", "東京都": "東京都", "山形県": "山形県"}
WAYS = [("a", "午前中", ""), ("b", "14〜16時", ""), ("c", "指定しない", "いちばん早くお届けします")]

CALLS: dict[str, dict[str, tuple[str, ...]]] = {
    "components/address.html": {
        "looks_up": ('<input type="text" aria-label="郵便番号" {{ looks_up(part) }}>',),
        "presses": ('<button class="btn btn--plain" {{ presses(part) }}>住所を入力</button>',),
        "postal_code": ("{{ postal_code(form, part) }}",),
        "address_lines": ("{{ address_lines(form, part) }}", "{{ address_lines(form, towns) }}"),
        "several": ("<p>{{ several(towns) }}</p>",),
        "announced": ("{{ announced(form, towns) }}",),
    },
    "components/admin.html": {
        "line": (
            '{{ line(form.name, "店名") }}',
            '{{ line(form.wrong, "店名", hint="お客さまに見えます") }}',
        ),
        "number": ('{{ number(form.count, "在庫", unit="点") }}',),
        "narrow": (
            '{{ narrow("status", "状態", [("new", "新しい"), ("paid", "入金済み")], "paid") }}',
        ),
        "checks": ('{{ checks(form.ways, "お届け時間", ways) }}',),
        "check": ('{{ check(form.name, "公開する", hint="お店に出ます") }}',),
        "upload": ('{{ upload(form.file, "写真", "image/*") }}',),
        "upload_form": (
            '{% call upload_form("#") %}{{ upload(form.file, "CSV", ".csv") }}{% endcall %}',
        ),
        "tag": (
            '{{ tag("発送済み", "ok") }} {{ tag("入金待ち", "warn") }}'
            ' {{ tag("期限切れ", "danger") }} {{ tag("下書き") }}',
        ),
        "empty": ('{{ empty("注文はまだありません。") }}',),
        "pager": ('{{ pager("#newer", "#older") }}',),
    },
    "components/charts.html": {
        "chart": ('{{ chart(drawn, "sales") }}', '{{ chart(lying, "kinds") }}')
    },
    "components/forms.html": {
        "form": ('{% call form_("#") %}{{ press("送る") }}{% endcall %}',),
        "mark": ("{{ mark(true) }} {{ mark(false) }}",),
        "error": ('{{ error("name", ["お名前を入力してください"]) }}',),
        "group_mark": ("{{ group_mark(true) }} {{ group_mark(false) }}",),
        "around": (
            '{% call around(form.name, "お名前") %}<input type="text" '
            "{{ ties(form.name) }}>{% endcall %}",
        ),
        "ties": ('<input type="text" aria-label="お名前" {{ ties(form.name) }}>',),
        "described_by": ('<input type="text" aria-label="お名前"{{ described_by(form.wrong) }}>',),
        "asks": (
            '<select aria-label="県" {{ asks("#", "#sums") }}><option>東京都</option></select>',
        ),
        "field": (
            '{{ field(form.name, "お名前") }}',
            '{{ field(form.filled, "お名前", hint="姓と名の間は空けてください") }}',
            '{{ field(form.wrong, "お名前") }}',
            '{{ field(form.name, "建物名", required=false) }}',
        ),
        "textarea": ('{{ textarea(form.note, "備考", required=false, hint="450字まで") }}',),
        "select": (
            '{{ select(form.prefecture, "都道府県", prefectures.items()) }}',
            '{{ select(form.wrong, "都道府県", prefectures.items()) }}',
        ),
        "options": (
            '<select aria-label="都道府県">{{ options(prefectures.items(), "東京都") }}</select>',
        ),
        "group": (
            '{% call group(form.way, "時間") %}{{ choice("way", "a", "午前中") }}{% endcall %}',
        ),
        "choice": (
            '{{ choice("way", "a", "午前中", is_chosen=true, hint="8時から12時") }}',
            '{{ choice("save", "1", "次回の入力を省く", type="checkbox") }}',
        ),
        "radios": ('{{ radios(form.way, "お届け時間", ways) }}',),
        "card_choice": (
            '{% call card_choice("payment", "cod", "pay-cod", "代金引換", '
            "is_chosen=true) %}手数料330円{% endcall %}",
            '{% call card_choice("payment", "card", "pay-card", "カード", closed="休止中") %}'
            "手数料なし{% endcall %}",
        ),
        "fold": (
            '{% call fold("お届け日時", held="12月4日(金) 午前中") %}{{ field(form.name, '
            '"日付") }}{% endcall %}',
            '{% call fold("備考", empty="なし", is_open=true) %}{{ textarea(form.note, '
            '"備考") }}{% endcall %}',
        ),
        "stepper": (
            '{{ stepper("n", "quantity", 2) }}',
            '{{ stepper("n", "quantity", "x", wrong=true) }}',
        ),
        "press": ('{{ press("内容を確認する") }}',),
        "error_summary": (
            '{{ error_summary([("name", "名前がありません"), ("tel", "電話番号がありません")]) }}',
            "{{ error_summary([], old_token=true) }}",
            '{{ error_summary([], message="少し待ってからお試しください") }}',
        ),
    },
    "components/law.html": {
        "said": ('{{ said("株式会社さくら") }} / {{ said("") }}',),
        "reach_about": ('{{ reach_about(shop, "AB23-CD45") }}',),
        "reach": ('{{ reach("tel", shop.phone) }} / {{ reach("mailto", "") }}',),
    },
    "components/sharing.html": {"share": ('{{ share("萩焼の湯呑", "手にやさしい湯呑です。") }}',)},
    "components/shop.html": {
        "addressee": ("{{ addressee(person) }}", "{{ addressee(company) }}"),
        "money": ("{{ money(1980) }}",),
        "reduced": ("宇治煎茶{{ reduced(800) }}",),
        "copy": ('<b translate="no">AB23-CD45</b>{{ copy("注文番号") }}',),
        "picture": ("{{ picture(product.pictures | first, 240) }}", "{{ picture(none, 240) }}"),
        "thumb": ("{{ thumb(product) }}", "{{ thumb(product, 96) }}"),
        "loading": (
            '<img src="{{ static_url(\'img/no-picture.svg\') }}" alt="" width="96" height="96" '
            '{{ loading("lazy") }}>',
        ),
        "image": ('{{ image("", 240, "", "lazy", 1, 1) }}',),
        "stock": ("{{ stock(12, false) }} / {{ stock(2, true) }} / {{ stock(0, true) }}",),
        "card": (
            '<ul class="cards">{{ card(one, true) }}</ul>',
            '<ul class="cards">{{ card(few, true) }}</ul>',
            '<ul class="cards">{{ card(gone, true) }}</ul>',
        ),
        "pager": ('{{ pager(listed, "catalogue.search") }}',),
        "sums": (
            '{{ sums(offer, "total") }}',
            "{{ sums(offer, fee_is_open=true, shipping_is_open=true) }}",
            "{{ sums(offer, taken_off=500) }}",
        ),
        "taxes": ("{{ taxes(parts) }}",),
    },
    "partials/cart_count.html": {
        "": ('{% set pieces = 3 %}{% include "partials/cart_count.html" %}',)
    },
    "partials/categories.html": {"": ('{% include "partials/categories.html" %}',)},
    "partials/contact.html": {"": ('{% include "partials/contact.html" %}',)},
    "partials/footer.html": {
        "": (
            '{% include "partials/footer.html" %}',
            '{% set in_checkout = true %}{% include "partials/footer.html" %}',
        )
    },
    "partials/header.html": {
        "": (
            '{% include "partials/header.html" %}',
            '{% set in_checkout = true %}{% include "partials/header.html" %}',
        )
    },
    "partials/language.html": {"": ('{% include "partials/language.html" %}',)},
    "partials/search_form.html": {
        "": ('{% set query = "せんちゃ" %}{% include "partials/search_form.html" %}',)
    },
    "partials/sms_help.html": {"": ('{% include "partials/sms_help.html" %}',)},
    "partials/tiles.html": {"": ('{% include "partials/tiles.html" %}',)},
}


class ExampleForm(ShopForm):
    """Fields empty, filled in and refused."""

    name = StringField()
    filled = StringField(default="山田 太郎")
    wrong = StringField()
    count = StringField(default="12")
    note = StringField()
    file = StringField()
    prefecture = StringField(default="東京都")
    way = StringField(default="a")
    ways = StringField(default="a")
    postal_code = StringField()
    city = StringField()
    street = StringField()


class _Listed:
    """The second page of three."""

    number, has_previous, has_next = 2, True, True


def given() -> dict[str, Any]:
    """What the calls name; a product of the shop, which is None where it has none."""
    form = ExampleForm(formdata=None)
    form.wrong.errors = ("お名前を入力してください",)
    form.ways.data = ["a"]
    form["prefecture"].choices = PREFECTURES
    products = list(db.session.scalars(sa.select(Product).order_by(Product.id).limit(1)))
    categories = listing.categories()
    return {
        "form": form,
        "prefectures": PREFECTURES,
        "ways": WAYS,
        "part": _part([]),
        "towns": _part(
            [("丸の内|東京都", "東京都千代田区丸の内"), ("大手町|東京都", "東京都千代田区大手町")]
        ),
        "drawn": charts.columns(
            "日ごとの売上", [("1日", 12_000), ("2日", 30_500), ("3日", 8_000)], _yen
        ),
        "lying": charts.bars("お支払い方法", [("代金後払い", 14), ("代金引換", 6)], str),
        "shop": profile.shop(),
        "person": {"name": "山田 太郎", "company": ""},
        "company": {"name": "佐藤 花子", "company": "けやき商会"},
        "product": products[0] if products else None,
        "one": _card(available=40),
        "few": _card(available=2),
        "gone": _card(available=0),
        "listed": _Listed(),
        "offer": Offer((), 3_300, 660, 330),
        "parts": [TaxPart(TaxRate.REDUCED, 1_080, 80), TaxPart(TaxRate.STANDARD, 4_290, 390)],
        "categories": categories,
        "category": categories[0] if categories else None,
        "tiles": listing.tiles(),
    }


def _part(places: list[tuple[str, str]]) -> AddressPart:
    return AddressPart("", places, [], "", "#", "#", "")


def _card(available: int) -> Card:
    picture = "img/no-picture.svg"
    return Card("yunomi", "萩焼の湯呑", "Hagi ware cup", 800, picture, 3_300, 3_300, available)


def _yen(value: int) -> str:
    return f"{value:,}円"
