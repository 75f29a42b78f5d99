"""The variables of the pages about delivery."""

from datetime import date

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.delivery.forms import MethodForm, RestForm
from storefront.checkout import delivery_choice
from storefront.core import clock
from storefront.orders.queries import delivery_facts
from storefront.shipping import dates, fees
from storefront.shipping.models import DeliveryMethod
from storefront.shipping.prefectures import PREFECTURES
from storefront.shipping.regions import regions
from storefront.shop import profile
from storefront.web.rendering import errors_of, has_old_token, page

CODES = {name: f"{code:02}" for code, (name, _english) in enumerate(PREFECTURES, 1)}


def last_method() -> str:
    """The sentence for an open shop's only public method, which has to stay."""
    return str(
        _(
            "開店中は、公開中の配送方法が1つ必要です。先に別の方法を公開するか、お店を準備中にしてください"
        )
    )


def listing(
    status: int = 200, refusal: str = "", *, old_token: bool = False
) -> ResponseReturnValue:
    """The list of methods; refusal is why a press changed nothing."""
    shop = profile.shop()
    return page(
        "admin/delivery/listing.html",
        status,
        shop=shop,
        methods=shop.deliveries,
        prefectures_apart={
            one.code: sum(len(places) for _fee, places in fees.by_fee(one))
            for one in shop.deliveries
        },
        refusal=refusal,
        old_token=old_token,
    )


def method_form(
    form: MethodForm, method: DeliveryMethod | None, status: int = 200
) -> ResponseReturnValue:
    """The form of a method, or of a new one."""
    shop = profile.shop()
    wrong = [(f"fee-{CODES[name]}", f"{name}: {why}") for name, why in form.fees_wrong.items()]
    return page(
        "admin/delivery/form.html",
        status,
        form=form,
        method=method,
        regions=regions(),
        codes=CODES,
        slots=[(code, delivery_facts.slot_name(code)) for code in form.slots.choices],
        errors=[*errors_of(form), *wrong],
        old_token=has_old_token(form),
        days=delivery_choice.days(shop, method) if method else [],
        range=delivery_choice.arrival(shop, method) if method else None,
    )


def rest(form: RestForm, status: int = 200) -> ResponseReturnValue:
    """The calendar's form, with the days ahead as the shop keeps them now."""
    shop = profile.shop()
    return page(
        "admin/delivery/rest.html",
        status,
        form=form,
        weekdays=_weekdays(),
        errors=errors_of(form),
        old_token=has_old_token(form),
        ahead=[(day, shop.calendar.rests_on(day)) for day in _weeks()],
    )


def _weeks() -> list[date]:
    """Three weeks from today on, for the owner to see what was meant."""
    return [clock.today() + n * dates.DAY for n in range(21)]


def _weekdays() -> list[tuple[str, str]]:
    names = (_("月曜"), _("火曜"), _("水曜"), _("木曜"), _("金曜"), _("土曜"), _("日曜"))
    return [(str(number), name) for number, name in enumerate(names)]
