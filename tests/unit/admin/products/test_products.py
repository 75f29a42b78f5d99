import io
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.admin.auth.models import AuditEntry
from storefront.catalogue import stock
from storefront.catalogue.models import Picture, Product, Variant
from storefront.catalogue.pictures import image_processing, storage
from storefront.core.extensions import db, transaction
from storefront.worker import periodic_tasks
from tests.markup import parsed
from tests.photographs import photograph
from tests.unit.admin.conftest import Keeper
from tests.unit.catalogue.csv.tables import GOOD, exported, file

ALTS = {"alt": "赤い箱", "alt_en": "A red box"}
NEW = {
    "name": "新しい缶",
    "slug": "new-tin",
    "tax": "8",
    "published": "1",
    "v0-sku": "new-tin",
    "v0-price": "1,080",
    "v0-stock": "5",
}


def of(slug: str) -> Product:
    query = sa.select(Product).where(Product.slug == slug)
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


def only(slug: str) -> Variant:
    query = sa.select(Variant).where(Variant.product_id == of(slug).id)
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


def actions() -> list[str]:
    return list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def page_of(slug: str) -> str:
    return f"/admin/products/{of(slug).id}"


def save(keeper: Keeper, slug: str, **typed: str) -> int:
    return keeper.send(page_of(slug), page_of(slug), **typed).status_code


def test_a_new_product_appears_in_the_shop(staff: Keeper) -> None:
    category = str(of("uji-sencha").category_id)

    answer = staff.send("/admin/products/new", "/admin/products/new", category_id=category, **NEW)

    assert answer.status_code == 303
    assert "新しい缶" in staff.get("/products/new-tin").text
    assert "product.create" in actions()


def test_a_product_sold_in_one_form_takes_its_own_code_as_sku(staff: Keeper) -> None:
    category = str(of("uji-sencha").category_id)

    typed = {**NEW, "category_id": category, "v0-sku": ""}
    answer = staff.send("/admin/products/new", "/admin/products/new", **typed)

    assert answer.status_code == 303
    assert only("new-tin").sku == "new-tin"


def test_a_product_with_sizes_needs_a_code_for_each(staff: Keeper) -> None:
    category = str(of("uji-sencha").category_id)

    typed = {**NEW, "category_id": category, "option_1": "サイズ", "v0-option_1": "S", "v0-sku": ""}
    answer = staff.send("/admin/products/new", "/admin/products/new", **typed)

    assert answer.status_code == 422


def test_a_form_that_is_wrong_keeps_all_that_was_typed(owner: Keeper) -> None:
    answer = owner.send("/admin/products/new", "/admin/products/new", **{**NEW, "slug": "X Y"})

    assert answer.status_code == 422
    assert 'href="#slug"' in answer.text
    assert 'value="X Y"' in answer.text
    assert 'value="1,080"' in answer.text


def test_the_summary_names_each_field_in_the_order_of_the_screen(owner: Keeper) -> None:
    typed = {**NEW, "name": "", "slug": "X Y", "v0-price": "", "position": "x"}
    owner.send("/admin/products/new", "/admin/products/new", **typed)

    told = [(name, text.partition(": ")[0]) for name, text in owner.summary()]
    assert told == [
        ("name", "商品名"),
        ("slug", "商品コード"),
        ("position", "並び順"),
        ("v0-price", "価格(税込)"),
    ]


def test_more_rows_keep_what_was_typed_and_write_nothing(owner: Keeper) -> None:
    answer = owner.send("/admin/products/new", "/admin/products/new", more="1", **NEW)

    assert answer.status_code == 200
    assert 'name="v5-sku"' in answer.text
    assert 'value="新しい缶"' in answer.text
    assert actions().count("product.create") == 0


def test_a_changed_price_is_in_the_shop_and_in_the_book(owner: Keeper) -> None:
    assert save(owner, "uji-sencha", **{"v0-price": "1200"}) == 303

    assert 'data-yen="1200"' in owner.get("/products/uji-sencha").text
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert entry.after == {
        "variants": {"uji-sencha": {"price": 1200, "stock": 100, "withdrawn": False}}
    }


def test_after_a_clash_of_stock_the_number_typed_anew_is_taken(owner: Keeper) -> None:
    path = page_of("chasen")
    page = owner.get(path).text
    form = next(one for one in parsed(page).all("form", method="post") if one["action"] == path)
    seen = next(one["value"] for one in form.all("input") if one.get("name") == "v0-seen")
    with transaction():
        stock.take({only("chasen").id: 49})

    assert save(owner, "chasen", **{"v0-stock": "30", "v0-seen": seen}) == 422

    assert "今は1点です" in owner.last.text
    anew = next(
        one["value"] for one in parsed(owner.last.text).all("input") if one.get("name") == "v0-seen"
    )
    assert save(owner, "chasen", **{"v0-stock": "30", "v0-seen": anew}) == 303
    assert only("chasen").available == 30


def test_of_two_who_edit_a_product_the_second_is_told(owner: Keeper) -> None:
    assert save(owner, "uji-sencha", name="煎茶") == 303

    assert save(owner, "uji-sencha", name="別の名", version="1") == 422
    assert owner.summary() == [
        ("variants", "表示のあとに、ほかの人がこの商品を変えました。開きなおしてください")
    ]
    assert of("uji-sencha").name == "煎茶"


def test_an_old_page_changes_nothing(owner: Keeper) -> None:
    assert save(owner, "uji-sencha", name="煎茶", csrf_token="old") == 422
    assert of("uji-sencha").name == "宇治煎茶 100g"


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("q=煎茶", "uji-sencha", "hojicha"),
        ("q=indigo-tote-s", "indigo-tote", "hojicha"),
        ("category=tea", "uji-sencha", "indigo-tote"),
        ("state=hidden", "hojicha", "uji-sencha"),
        ("stock=none", "genmaicha", "uji-sencha"),
        ("stock=few", "ichirinzashi", "uji-sencha"),
    ],
)
def test_the_list_is_narrowed(owner: Keeper, query: str, shown: str, hidden: str) -> None:
    with transaction():
        of("hojicha").published = False
        only("genmaicha").available = 0

    page = owner.get(f"/admin/products?{query}").text

    assert f'data-testid="product-{shown}"' in page
    assert f'data-testid="product-{hidden}"' not in page


@pytest.mark.parametrize("path", ["", "/new", "/{id}", "/{id}/pictures", "/categories", "/sheet"])
def test_a_page_of_products_asks_little_however_many_there_are(
    app: Flask, owner: Keeper, path: str
) -> None:
    path = "/admin/products" + path.format(id=of("indigo-tote").id)
    owner.get(path)
    with app.app_context():
        engine = db.engine
    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    assert owner.get(path).status_code == 200

    assert 0 < len([one for one in asked if one.startswith("SELECT")]) <= 12


# Pictures


def upload(keeper: Keeper, content: bytes, **texts: str) -> int:
    path = page_of("uji-sencha") + "/pictures"
    sent: dict[str, Any] = {**ALTS, **texts, "csrf_token": keeper.token()}
    sent["file"] = (io.BytesIO(content), "photo.jpg")
    keeper.last = keeper.client.post(path, data=sent, content_type="multipart/form-data")
    return keeper.last.status_code


def test_an_uploaded_picture_is_shown_in_every_form(staff: Keeper) -> None:
    assert upload(staff, photograph(size=(1400, 1400))) == 303

    page = staff.get("/products/uji-sencha").text
    sources = [one["type"] for one in parsed(page).all("source")]
    assert sources[:2] == ["image/avif", "image/webp"]
    assert 'alt="赤い箱"' in page
    assert 'alt="A red box"' in staff.get("/en/products/uji-sencha").text
    newest = sa.select(Picture.file).order_by(Picture.id.desc())
    address = storage.url(db.session.scalars(newest).first() or "", 800, "jpg")
    assert address in page
    with staff.client.get(address) as answer:
        assert answer.status_code == 200
    assert "product.picture.add" in actions()


def test_the_first_picture_is_that_of_the_list(owner: Keeper) -> None:
    upload(owner, photograph())
    path = page_of("uji-sencha") + "/pictures"
    mine = db.session.scalars(sa.select(Picture).order_by(Picture.id.desc())).first()
    assert mine

    for _ in range(2):
        owner.send(path, f"{path}/{mine.id}", do="forward")

    assert mine.file in [part.partition("-320")[0] + f"-{mine.width}" for part in _media(owner)]


def _media(keeper: Keeper) -> list[str]:
    page = parsed(keeper.get("/").text)
    return [one["src"].lstrip("/") for one in page.all("img") if "/media/" in one["src"]]


def test_a_removed_picture_is_gone_from_page_and_folder(owner: Keeper) -> None:
    upload(owner, photograph())
    path = page_of("uji-sencha") + "/pictures"
    mine = db.session.scalars(sa.select(Picture).order_by(Picture.id.desc())).first()
    assert mine

    owner.send(path, f"{path}/{mine.id}", do="remove")

    assert "/media/" not in owner.get("/products/uji-sencha").text
    assert list(storage.folder().iterdir()) == []


def test_a_picture_without_english_words_says_the_japanese_ones(owner: Keeper) -> None:
    assert upload(owner, photograph(), alt_en="") == 303

    assert 'alt="赤い箱"' in owner.get("/en/products/uji-sencha").text


def test_a_fault_in_the_words_asks_for_the_file_again(owner: Keeper) -> None:
    upload(owner, photograph(), alt="")

    assert owner.summary() == [("alt", "写真の説明: 空です。入力してください")]
    assert "写真のファイルを、もう一度選んでください。" in owner.last.text


def test_a_fault_in_the_words_of_a_picture_leads_to_that_picture(owner: Keeper) -> None:
    upload(owner, photograph())
    mine = db.session.scalars(sa.select(Picture).order_by(Picture.id.desc())).first()
    assert mine
    path = page_of("uji-sencha") + "/pictures"

    owner.send(path, f"{path}/{mine.id}", do="describe", alt="あ" * 999)

    ((name, text),) = owner.summary()
    assert name == f"alt-{mine.id}"
    assert text.startswith("写真の説明: ")
    assert f'id="{name}"' in owner.last.text


@pytest.mark.parametrize(
    ("content", "texts", "said"),
    [
        (b"no picture", {}, "写真として読み取れません"),
        (photograph(), {"alt": ""}, "空です"),
        (b"\xff" * 400_000, {}, "ファイルが大きすぎます"),
    ],
    ids=["text", "no-alt", "large"],
)
def test_a_bad_upload_is_told_why_and_keeps_the_words(
    owner: Keeper,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    texts: dict[str, str],
    said: str,
) -> None:
    monkeypatch.setattr(
        image_processing, "MOST_BYTES", 300_000
    )  # more than any other page may send
    before = db.session.scalar(sa.select(sa.func.count(Picture.id)))

    assert upload(owner, content, **texts) == 422

    assert said in owner.last.text
    assert texts or 'value="赤い箱"' in owner.last.text
    assert db.session.scalar(sa.select(sa.func.count(Picture.id))) == before


# The table


def send_table(keeper: Keeper, content: bytes) -> str:
    sent = {"csrf_token": keeper.token(), "file": (io.BytesIO(content), "products.csv")}
    answer = keeper.client.post("/admin/products/sheet", data=sent)
    assert answer.status_code == 303
    periodic_tasks.run_due()
    return answer.location


def test_a_file_is_checked_then_imported_by_its_owner(owner: Keeper) -> None:
    where = send_table(owner, file(GOOD))
    assert 'data-state="ready"' in owner.get(where).text

    owner.send(where, where)
    periodic_tasks.run_due()

    assert 'data-state="done"' in owner.get(where).text
    assert owner.get("/products/new-tin").status_code == 200
    assert [one for one in actions() if one.startswith("products.import")] == [
        "products.import.check",
        "products.import",
    ]


def test_the_faults_of_a_file_are_shown_and_written(owner: Keeper) -> None:
    where = send_table(owner, file(GOOD, "bad,x,tea,8,公開,bad,=1+1,5"))

    page = owner.get(where).text
    assert 'data-state="refused"' in page
    rows = owner.get(f"{where}/faults.csv").data.decode("utf-8-sig")
    assert "'=1+1" in rows
    assert "\r\n3,価格(税込)" in rows


def test_an_export_is_the_same_as_that_of_the_rules(owner: Keeper) -> None:
    answer = owner.get("/admin/products/sheet.csv")

    assert answer.data == exported()
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("path", ["/sheet", "/sheet.csv"])
def test_only_the_owner_has_the_table(staff: Keeper, path: str) -> None:
    assert staff.get(f"/admin/products{path}").status_code == 403
    assert staff.client.post("/admin/products/sheet", data={}).status_code == 403


# Categories


def test_a_category_is_added_and_deleted_while_empty(staff: Keeper) -> None:
    path = "/admin/products/categories"
    assert staff.send(path, path, name="茶器", slug="pots").status_code == 303
    assert "茶器" in staff.get("/categories/pots").text
    mine = next(
        one["action"]
        for one in parsed(staff.get(path).text).all("form", method="post")
        if one["action"] != path and "/categories/" in one["action"]
    )

    staff.send(path, mine, do="delete")

    assert staff.get("/categories/pots").status_code == 404
    assert actions()[-2:] == ["category.save", "category.delete"]


def test_a_category_with_products_is_not_deleted(owner: Keeper) -> None:
    tea = of("uji-sencha").category_id

    owner.send(
        f"/admin/products/categories/{tea}", f"/admin/products/categories/{tea}", do="delete"
    )

    assert owner.get("/categories/tea").status_code == 200
