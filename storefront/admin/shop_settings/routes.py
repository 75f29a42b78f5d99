"""The shop's profile, its news, whether it is open, and its final screen as shoppers see it."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.auth.gate import owner_only
from storefront.admin.forms import AdminForm
from storefront.admin.held_requests.screen import require_fresh_token
from storefront.admin.shop_settings import words
from storefront.admin.shop_settings.forms import NewsForm, ProfileForm
from storefront.checkout import store
from storefront.checkout.legal import items, shop_opening
from storefront.checkout.legal.shop_opening import Incomplete
from storefront.checkout.preview import of_own_goods
from storefront.checkout.steps import Step, of_path
from storefront.core import clock
from storefront.shop import invoice_registration, profile, settings
from storefront.web.rendering import errors_of, has_old_token, page

bp = Blueprint("shop_settings", __name__, url_prefix="/settings/shop")


@bp.get("")
@owner_only
def show() -> ResponseReturnValue:
    shop = profile.shop()
    form = ProfileForm(formdata=None, obj=shop)
    number = shop.invoice_number
    form.sole_trader.data = bool(number) and not invoice_registration.is_of_company(number)
    return _profile(form)


@bp.post("")
@owner_only
def save() -> ResponseReturnValue:
    shop, form = profile.shop(), ProfileForm()
    form.is_open = shop.is_open
    if not form.validate():
        return _profile(form, 422)
    new = form.profile()
    before = {name: getattr(shop, name) for name in new}
    settings.change(new)
    told = audit.changes(before, new)
    audit.record("shop.profile", shop.name, before=told["before"], after=told["after"])
    flash(_("店舗情報を登録しました"))
    return redirect(url_for(".show"), 303)


def _profile(form: ProfileForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "admin/shop_settings/show.html",
        status,
        form=form,
        shop=profile.shop(),
        errors=errors_of(form),
        old_token=has_old_token(form),
    )


@bp.get("/opening")
@owner_only
def meter() -> ResponseReturnValue:
    """Which required items are there, and which are missing."""
    return _meter()


@bp.post("/opening")
@owner_only
def open_or_close() -> ResponseReturnValue:
    """Open or close the shop; 422 with what is missing."""
    form, wanted = AdminForm(), request.form.get("do", "")
    if not form.validate() or wanted not in {"open", "close"}:
        return _meter(422, old_token=has_old_token(form))
    try:
        shop_opening.open_shop() if wanted == "open" else shop_opening.close_shop()
    except Incomplete as why:
        return _meter(422, why)
    audit.record(f"shop.{wanted}", profile.shop().name)
    flash(_("お店を開けました") if wanted == "open" else _("お店を準備中にしました"))
    return redirect(url_for(".meter"), 303)


def _meter(
    status: int = 200, refused: Incomplete | None = None, *, old_token: bool = False
) -> ResponseReturnValue:
    found = shop_opening.items()
    shop, methods = profile.terms()
    return page(
        "admin/shop_settings/opening.html",
        status,
        shop=shop,
        methods=methods,
        items=found,
        filled=sum(item.is_filled for item in found),
        missing=[item for item in found if not item.is_filled],
        item_words=words.items(),
        places=words.places(),
        refused=refused,
        under_way=store.under_way(),
        old_token=old_token,
    )


@bp.get("/preview")
@owner_only
def preview() -> ResponseReturnValue:
    """The final screen of the checkout, for an order that is never placed."""
    journey = of_own_goods(request.args.get("payment", ""))
    if journey is None:
        return page("admin/shop_settings/no_preview.html", 200)
    return page(
        "admin/shop_settings/preview.html",
        **items.context(journey),
        step=Step.CONFIRM,
        steps=of_path(journey, journey.method),
        others=[],
        notice="",
        messages=[],
        old_token=False,
    )


@bp.get("/news")
@owner_only
def news() -> ResponseReturnValue:
    return _news(NewsForm(formdata=None, day=clock.today().isoformat()))


@bp.post("/news")
@owner_only
def add_news() -> ResponseReturnValue:
    form = NewsForm()
    if not form.validate():
        return _news(form, 422)
    day, title, title_en = (
        str(field.data or "") for field in (form.day, form.title, form.title_en)
    )
    settings.add_news(day, title, title_en)
    audit.record("news.add", title, after={"day": day, "title": title, "title_en": title_en})
    flash(_("お知らせを登録しました"))
    return redirect(url_for(".news"), 303)


@bp.post("/news/<int:news_id>/remove")
@owner_only
def remove_news(news_id: int) -> ResponseReturnValue:
    require_fresh_token()
    title = settings.remove_news(news_id)
    if title is None:
        abort(404)
    audit.record("news.remove", title, before={"title": title})
    flash(_("お知らせを削除しました"))
    return redirect(url_for(".news"), 303)


def _news(form: NewsForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "admin/shop_settings/news.html",
        status,
        form=form,
        news=profile.news(settings.MOST_NEWS),
        errors=errors_of(form),
        old_token=has_old_token(form),
    )
