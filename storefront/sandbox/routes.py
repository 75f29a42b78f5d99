"""The panel, the phone, the mailbox and the clock, as pages and as JSON."""

from collections.abc import Mapping

from flask import abort, current_app, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from storefront.core import clock, phones
from storefront.ports.registry import providers
from storefront.sandbox import bp, demo, demo_owner, schemas, time
from storefront.sandbox.models import SandboxMail, SandboxText
from storefront.sandbox.phone import mailbox, phone, scenarios
from storefront.sandbox.yamato import credit_numbers
from storefront.web.forms import ShopForm
from storefront.web.i18n import iso
from storefront.web.rendering import page
from storefront.worker import periodic_tasks

HOME = "/"  # where the language link leads: these pages have no language
RESET = "reset"
NOTHING: Mapping[str, str] = {}
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
    if not ShopForm().validate() or what not in {*STEPS, RESET}:
        return panel_page(422, problem="もう一度ボタンを押してください (Press again)")
    if what == RESET:
        demo.reset()
    else:
        try:
            time.advance(int(what))
        except time.OutOfReach as limit:
            return panel_page(422, problem=str(limit))
        _do_what_fell_due()
    return redirect(url_for("sandbox.panel", done=what), 303)


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
    """The texts as JSON."""
    return jsonify([_text(message) for message in _texts(request.args.get("to", ""))])


def _texts(to: str) -> list[SandboxText]:
    if not to:
        return phone.messages()
    number = phones.national(to)
    return phone.messages(number) if number else []


def _text(message: SandboxText) -> dict[str, object]:
    return {
        "id": message.id,
        "to": message.to,
        "text": message.text,
        "provider": message.provider,
        "status": phone.status(message),
        "sent_at": iso(message.sent_at),
    }


@bp.get("/mailbox")
def show_mailbox() -> ResponseReturnValue:
    """The mails."""
    to = request.args.get("to", "")
    return page("sandbox/mailbox.html", mails=mailbox.mails(to or None), to=to, here=HOME)


@bp.get("/mailbox.json")
def mailbox_json() -> ResponseReturnValue:
    """The mails as JSON."""
    return jsonify([_mail(one) for one in mailbox.mails(request.args.get("to") or None)])


def _mail(one: SandboxMail) -> dict[str, object]:
    return {
        "id": one.id,
        "to": one.to,
        "subject": one.subject,
        "text": one.text,
        "html": one.html,
        "sent_at": iso(one.sent_at),
    }


@bp.get("/owner.json")
def owner_json() -> ResponseReturnValue:
    """How to sign in on the owner's side; 404 once the owner has changed it."""
    way = demo_owner.way_in()
    if way is None:
        abort(404, "The demo owner has changed password or app; POST /sandbox/reset")
    return {"email": way.email, "password": way.password, "code": way.code}


@bp.get("/clock")
def clock_json() -> ResponseReturnValue:
    """The shop's time as JSON."""
    return {"now": iso(clock.now()), "offset": round(time.offset())}


@bp.post("/clock")
def move_clock() -> ResponseReturnValue:
    """Move the shop's clock by whole seconds or to a moment, and do what has fallen due; 400 for a
    time that it cannot show."""
    body = schemas.read()
    seconds, moment = schemas.whole(body.get("advance")), schemas.moment(body.get("now"))
    try:
        if body.keys() == {"advance"} and seconds is not None:
            time.advance(seconds)
        elif body.keys() == {"now"} and moment is not None:
            time.move_to(moment)
        else:
            abort(400, 'Post {"advance": whole seconds} or {"now": "2026-01-31T12:00:00+09:00"}')
    except time.OutOfReach as limit:
        abort(400, str(limit))
    _do_what_fell_due()
    return clock_json()


def _do_what_fell_due() -> None:
    periodic_tasks.tidy_up()
    periodic_tasks.run_due()


@bp.post("/reset")
def reset() -> ResponseReturnValue:
    """Make the demo shop anew; the only seed is 1."""
    body = schemas.read()
    if body.keys() != {"seed"} or schemas.whole(body["seed"]) != 1:
        abort(400, 'Post {"seed": 1}: there is one demo shop')
    demo.reset()
    return {"seed": 1}
