"""ヤマトグループサービス設定: the contract, its screenings, and whether the line works."""

from flask import Blueprint, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.auth.gate import owner_only, proven
from storefront.admin.held_requests.screen import require_fresh_token
from storefront.payments import requirements
from storefront.payments.models import YamatoConnection
from storefront.payments.requirements import Service, Stage
from storefront.providers.yamato.account import account, connection_test
from storefront.providers.yamato.account.account import NotLive, Options
from storefront.providers.yamato.account.connection_test import End
from storefront.providers.yamato.admin import wording
from storefront.providers.yamato.admin.forms import ConnectionForm, HostForm, StagesForm
from storefront.web.i18n import plain_url_for
from storefront.web.rendering import errors_of, has_old_token, page

bp = Blueprint("yamato", __name__, url_prefix="/settings/yamato")

SERVICES = {"deferred": Service.DEFERRED, "web_collect": Service.WEB_COLLECT}
OPTIONS = ("smartphone", "bundled", "other_carrier")
LIVE, TEST, YES = "live", "test", "1"


@bp.get("")
@owner_only
def show() -> ResponseReturnValue:
    return _page(_filled(account.connection()))


@bp.post("")
@owner_only
@proven
def register() -> ResponseReturnValue:
    known, form = account.connection(), ConnectionForm()
    form.is_known = known is not None
    if not form.validate():
        return _page(form, 422)
    before = _told(known) if known else {}
    options = Options(
        bool(form.smartphone.data),
        bool(form.bundled.data),
        bool(form.other_carrier.data),
        int(form.ship_days.data or 0),
    )
    password = form.password.data or None
    now = account.register(form.merchant_code.data or "", password, options)
    told = audit.changes(before, {**_told(now), **({"password": "***"} if password else {})})
    audit.record("yamato.register", now.merchant_code, told["before"], told["after"])
    flash(_("登録しました"))
    return _back()


@bp.post("/try")
@owner_only
def try_it() -> ResponseReturnValue:
    """The answer is kept, so that the page says it after the way back too."""
    require_fresh_token()
    end = connection_test.try_connection()
    audit.record("yamato.try", after={"end": str(end)})
    if end is End.NOT_CONNECTED:
        flash(wording.end(end))
    return _back("#connection")


@bp.post("/host")
@owner_only
@proven
def change_host() -> ResponseReturnValue:
    require_fresh_token()
    form, known = HostForm(), account.connection()
    if known is None or form.live.data not in {LIVE, TEST}:
        return _back()
    is_live = form.live.data == LIVE
    if is_live and (why := account.hindrance()):
        return _page(_filled(known), 422, wording.hindrance(why))
    if is_live and form.confirmed.data != YES:
        return page("admin/yamato/go_live.html", 422, address=_address(is_live=True))
    before = {"live": known.live}
    try:
        account.set_live(is_live)
    except NotLive as hindered:
        return _page(_filled(known), 422, wording.hindrance(hindered.why))
    audit.record("yamato.host", before=before, after={"live": is_live})
    flash(_("本番の接続先に切り替えました") if is_live else _("テストの接続先に切り替えました"))
    return _back()


@bp.post("/screening")
@owner_only
@proven
def screening() -> ResponseReturnValue:
    require_fresh_token()
    form, stands = StagesForm(), requirements.standing()
    chosen = {name: form[name].data for name in SERVICES}
    if not set(chosen.values()) <= set(Stage):
        return _back("#screening")
    before = {name: str(stands.stage(service)) for name, service in SERVICES.items()}
    for name, service in SERVICES.items():
        account.set_stage(service, Stage(chosen[name]))
    told = audit.changes(before, chosen)
    audit.record("yamato.screening", before=told["before"], after=told["after"])
    flash(_("審査の状況を登録しました"))
    return _back("#screening")


def _back(part: str = "") -> ResponseReturnValue:
    return redirect(url_for("admin.yamato.show") + part, 303)


def _filled(known: YamatoConnection | None) -> ConnectionForm:
    if known is None:
        return ConnectionForm(formdata=None, data={"ship_days": str(Options().ship_days)})
    values: dict[str, object] = {name: getattr(known, name) for name in OPTIONS}
    values |= {"merchant_code": known.merchant_code, "ship_days": str(known.ship_days)}
    return ConnectionForm(formdata=None, data=values)


def _told(known: YamatoConnection) -> dict[str, object]:
    """What the audit log may hold of it."""
    return {name: getattr(known, name) for name in ("merchant_code", "ship_days", *OPTIONS)}


def _address(*, is_live: bool) -> str:
    """Where such a connection asks; empty for the simulated Yamato inside the shop."""
    settings = current_app.config["SETTINGS"]
    return str(settings.yamato_url if is_live else settings.yamato_test_url or settings.yamato_url)


def _page(form: ConnectionForm, status: int = 200, refused: str = "") -> ResponseReturnValue:
    known, stands = account.connection(), requirements.standing()
    form.password.data = ""  # never sent back
    base = current_app.config["SETTINGS"].base_url
    return page(
        "admin/yamato/show.html",
        status,
        form=form,
        errors=[*errors_of(form), *([("host", refused)] if refused else [])],
        address=_address(is_live=known is not None and known.live),
        is_one_address=_address(is_live=True) == _address(is_live=False),
        old_token=has_old_token(form),
        known=known,
        tried=wording.end(known.check_end) if known and known.check_end else "",
        is_good=known is not None and known.check_end == End.GOOD,
        notice_url=base + plain_url_for("webhooks.kuroneko_judgement"),
        stages=wording.stages(),
        stage_of={name: stands.stage(service) for name, service in SERVICES.items()},
    )
