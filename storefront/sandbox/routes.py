"""The panel, the phone, the mailbox and the clock, as pages and as JSON."""

from collections.abc import Mapping
from datetime import timedelta

from flask import abort, current_app, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from storefront.core import clock, phones
from storefront.ports.registry import providers
from storefront.sandbox import bp, demo, demo_owner, head_starts, schemas, stock, subjects, time
from storefront.sandbox.models import SandboxText
from storefront.sandbox.phone import inbox, mailbox, phone, scenarios
from storefront.sandbox.yamato import credit_numbers
from storefront.web.forms import ShopForm
from storefront.web.i18n import iso
from storefront.web.rendering import page
from storefront.worker import periodic_tasks

HOME = "/"  # where the language link leads: these pages have no language
RESET, ONE = "reset", "one"
NOTHING: Mapping[str, str] = {}
LONG = 10  # digits that no number of seconds has
STEPS = {
    "60": "1分 (1m)",
    "600": "10分 (10m)",
    "3600": "1時間 (1h)",
    "86400": "1日 (1d)",
}  # seconds that a button of the panel moves the clock


@bp.get("/")
def panel() -> ResponseReturnValue:
    """The panel: buttons for events, and the numbers that fail on purpose."""
    return panel_page(done=request.args.get("done", ""))


def panel_page(
    status: int = 200, done: str = "", problem: str = "", typed: Mapping[str, str] = NOTHING
) -> ResponseReturnValue:
    """The panel, with what was done or what was wrong with a press."""
    settings = current_app.config["SETTINGS"]
    return page(
        "sandbox/panel.html",
        status,
        scenarios=scenarios.SCENARIOS,
        credit=credit_numbers if providers().credits else None,
        now=clock.now(),
        offset=round(time.offset()),
        steps=STEPS,
        settings=settings,
        done=done,
        problem=problem,
        typed=typed,
        here=HOME,
    )


@bp.post("/")
def press() -> ResponseReturnValue:
    """The panel's buttons; a program posts JSON to the addresses below instead."""
    what = request.form.get("press", "")
    typed = {name: request.form.get(name, "").strip() for name in ("who", "seconds")}
    if not ShopForm().validate() or what not in {*STEPS, RESET, ONE}:
        problem = "もう一度ボタンを押してください (Press again)"
        return panel_page(422, problem=problem, typed=typed)
    try:
        _do(what, typed)
    except (time.OutOfReach, HTTPException) as refused:
        problem = getattr(refused, "description", None) or str(refused)
        return panel_page(422, problem=problem, typed=typed)
    return redirect(url_for("sandbox.panel", done=what), 303)


def _do(what: str, typed: Mapping[str, str]) -> None:
    """Raises OutOfReach, or 4xx with a sentence."""
    if what == RESET:
        demo.reset()
        return
    if what == ONE:
        seconds = typed["seconds"]
        if not (seconds.isascii() and seconds.isdecimal() and len(seconds) < LONG):
            abort(400, "秒数を数字で入力してください (Seconds: a whole number)")
        head_starts.advance(subjects.checkout_in(subjects.read(typed["who"])), int(seconds))
    else:
        time.advance(int(what))
    _do_what_fell_due()


@bp.get("/phone")
def show_phone() -> ResponseReturnValue:
    """The texts."""
    to = request.args.get("to", "")
    return page(
        "sandbox/phone.html",
        messages=_texts(to),
        status_of=phone.status,
        code_in=phone.code_in,
        to=to,
        here=HOME,
    )


@bp.get("/phone.json")
def phone_json() -> ResponseReturnValue:
    """The texts as JSON, those to come too where the query waits for them."""
    to = request.args.get("to", "")
    return jsonify(inbox.texts(inbox.awaited(lambda: _texts(to))))


def _texts(to: str) -> list[SandboxText]:
    if not to:
        return phone.messages()
    number = phones.national(to)
    return phone.messages(number) if number else []


@bp.get("/mailbox")
def show_mailbox() -> ResponseReturnValue:
    """The mails."""
    to = request.args.get("to", "")
    return page("sandbox/mailbox.html", mails=mailbox.mails(to or None), to=to, here=HOME)


@bp.get("/mailbox.json")
def mailbox_json() -> ResponseReturnValue:
    """The mails as JSON, those to come too where the query waits for them."""
    to = request.args.get("to") or None
    return jsonify(inbox.mails(inbox.awaited(lambda: mailbox.mails(to))))


@bp.get("/owner.json")
def owner_json() -> ResponseReturnValue:
    """How to sign in on the owner's side; 404 once the owner has changed it."""
    way = demo_owner.way_in()
    if way is None:
        abort(404, "The demo owner has changed password or app; POST /sandbox/reset")
    return {"email": way.email, "password": way.password, "code": way.code}


@bp.get("/clock")
def clock_json() -> ResponseReturnValue:
    """The shop's time as JSON, or that of the one checkout which the query names."""
    return _clock(subjects.checkout_in(request.args) if subjects.are_named(request.args) else None)


def _clock(checkout: str | None) -> ResponseReturnValue:
    ahead = head_starts.of(checkout) if checkout else 0
    now = clock.now() + timedelta(seconds=ahead)
    return {"now": iso(now), "offset": round(time.offset()) + ahead}


@bp.post("/clock")
def move_clock() -> ResponseReturnValue:
    """Move the shop's clock by whole seconds or to a moment, or that of the one checkout which the
    body names, and do what has fallen due; 400 for a time that it cannot show."""
    body = schemas.read()
    named = {name: body.pop(name) for name in subjects.FINDERS if name in body}
    checkout = subjects.checkout_in(named) if named else None
    try:
        _move(body, checkout)
    except time.OutOfReach as limit:
        abort(400, str(limit))
    _do_what_fell_due()
    return _clock(checkout)


def _move(body: Mapping[str, object], checkout: str | None) -> None:
    seconds, moment = schemas.whole(body.get("advance")), schemas.moment(body.get("now"))
    if body.keys() == {"advance"} and seconds is not None:
        head_starts.advance(checkout, seconds) if checkout else time.advance(seconds)
    elif body.keys() == {"now"} and moment is not None:
        head_starts.move_to(checkout, moment) if checkout else time.move_to(moment)
    else:
        abort(400, 'Post {"advance": whole seconds} or {"now": "2026-01-31T12:00:00+09:00"}')


def _do_what_fell_due() -> None:
    periodic_tasks.tidy_up()
    periodic_tasks.run_due()


@bp.post("/stock")
def set_stock() -> ResponseReturnValue:
    """Set pieces by SKU."""
    return stock.set_pieces(schemas.read())


@bp.post("/reset")
def reset() -> ResponseReturnValue:
    """Make the demo shop anew; the only seed is 1."""
    body = schemas.read()
    if body.keys() != {"seed"} or schemas.whole(body["seed"]) != 1:
        abort(400, 'Post {"seed": 1}: there is one demo shop')
    demo.reset()
    return {"seed": 1}
