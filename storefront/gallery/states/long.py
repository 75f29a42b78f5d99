"""The longest names and texts that fit, on the screens that show them."""

from storefront.gallery.page import Page
from storefront.gallery.states import walks
from storefront.gallery.visitor import Visitor

NAME = "丹波立杭焼の窯元が四季の草花を一つずつ手描きした急須と湯呑五客と茶托の揃い(桐箱入り)"
NAME_EN = "Hand-painted Tamba ware teapot, five cups and saucers in a paulownia gift box"
PERSON = "勅使河原 エリザベス・アレクサンドラ・マリー・桜子"
PLACE = {
    "name": PERSON,
    "company": "一般社団法人全国工芸品産業振興協会連合会東京本部",
    "postal_code": "992-0831",
    "prefecture": "山形県",
    "city": "西置賜郡白鷹町大字荒砥",
    "street": "字南小路乙1234番地の56の7",
    "building": "グランドメゾン白鷹中央壱番館弐号棟1203号室",
    "note": "のしは「内祝」でお願いします。" * 30,
}


EMAIL = "elizabeth.alexandra.marie.sakurako.teshigahara@mail.example.com"


def _lengthen(visitor: Visitor) -> None:
    visitor.owner.rename("yunomi", NAME, NAME_EN)
    visitor.owner.price("yunomi", 123_456)


def product(visitor: Visitor) -> Page:
    _lengthen(visitor)
    return visitor.get("/products/yunomi")


def cart(visitor: Visitor) -> Page:
    _lengthen(visitor)
    walks.put_in(visitor, quantity=99)
    return walks.put_in(visitor, "indigo-tote", option="M")


def order_input(visitor: Visitor) -> Page:
    confirmation(visitor)
    return visitor.get("/checkout")


def confirmation(visitor: Visitor) -> Page:
    _lengthen(visitor)
    email = visitor.customer.email(EMAIL)
    return walks.to_confirmation(visitor, walks.TRANSFER, **PLACE, **walks.ELSEWHERE, email=email)


def completion(visitor: Visitor) -> Page:
    confirmation(visitor)
    return walks.confirm(visitor)


def status(visitor: Visitor) -> Page:
    completion(visitor)
    return visitor.get(walks.order_path(visitor))


def receipt(visitor: Visitor) -> Page:
    completion(visitor)
    return visitor.get(f"{walks.order_path(visitor)}/receipt")


def mail(visitor: Visitor) -> Page:
    completion(visitor)
    return visitor.mail(visitor.customer.email(EMAIL))
