"""The list of messages, the words of each, and sending one to oneself."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.auth.gate import me, owner_only, proven
from storefront.admin.messages import previews, samples, words
from storefront.admin.messages.forms import SampleForm, WordingForm
from storefront.core import phones
from storefront.ports.plugin import Place
from storefront.ports.registry import providers
from storefront.shop import message_templates, profile, settings
from storefront.shop.message_templates import KINDS, LANGUAGES, Channel, Kind
from storefront.web.rendering import errors_of, has_old_token, page

bp = Blueprint("messages", __name__, url_prefix="/settings/messages")


@bp.get("")
@owner_only
def listing() -> ResponseReturnValue:
    return page(
        "admin/messages/listing.html",
        kinds=KINDS.values(),
        names=words.kinds(),
        own=profile.shop().wordings or {},
    )


@bp.get("/<kind>")
@owner_only
@proven
def edit(kind: str) -> ResponseReturnValue:
    found = _found(kind)
    return _form(found, WordingForm(formdata=None, data=_kept(found)))


@bp.post("/<kind>")
@owner_only
@proven
def save(kind: str) -> ResponseReturnValue:
    found, form = _found(kind), WordingForm()
    form.kind = found
    if not form.validate():
        return _form(found, form, 422)
    if request.form.get("do") == "preview":
        return _form(found, form)
    before, after = _kept(found), form.words()
    settings.keep_wording(kind, after)
    told = audit.changes(before, after)
    audit.record("message.words", kind, before=told["before"], after=told["after"])
    flash(_("文面を登録しました"))
    return redirect(url_for(".edit", kind=kind), 303)


@bp.post("/<kind>/send")
@owner_only
@proven
def send(kind: str) -> ResponseReturnValue:
    """The words as they are kept, to whoever is signed in or to a phone at hand."""
    found, form = _found(kind), SampleForm()
    form.channel = found.channel
    if not form.validate():
        return _form(found, WordingForm(formdata=None, data=_kept(found)), 422, form)
    locale, to = str(form.locale.data), me().email
    own = _kept(found)[locale]
    if found.channel is Channel.MAIL:
        refusal = samples.mail_to(to, previews.mail(found, locale, own))
    else:
        to = phones.national(str(form.phone.data)) or ""
        refusal = samples.text_to(to, previews.sms(found, locale, own), me().email)
    if refusal:
        form.phone.errors = (refusal,)
        return _form(found, WordingForm(formdata=None, data=_kept(found)), 422, form)
    is_mail = found.channel is Channel.MAIL
    masked = audit.masked_email(to) if is_mail else audit.masked_phone(to)
    audit.record("message.sample", kind, after={"to": masked, "locale": locale})
    flash(_("%(to)sに送りました", to=masked))
    return redirect(url_for(".edit", kind=kind), 303)


def _form(
    kind: Kind, form: WordingForm, status: int = 200, sample: SampleForm | None = None
) -> ResponseReturnValue:
    shown = form if status == 200 else WordingForm(formdata=None, data=_kept(kind))
    sample = sample or SampleForm(formdata=None)
    return page(
        "admin/messages/form.html",
        status,
        kind=kind,
        form=form,
        sample=sample,
        names=words.kinds(),
        gaps=words.gaps(),
        previews=previews.previews(kind, shown.words()),
        is_typed=request.form.get("do") == "preview" and status == 200,
        notes=providers().notes(Place.CODE_TEXT),
        yen_per_text=profile.shop().yen_per_text,
        errors=[*errors_of(form), *errors_of(sample)],
        old_token=has_old_token(form) or has_old_token(sample),
        email=me().email,
    )


def _kept(kind: Kind) -> dict[str, str]:
    kept = profile.shop().wordings
    return {locale: message_templates.of_shop(kept, kind.code, locale) for locale in LANGUAGES}


def _found(kind: str) -> Kind:
    return KINDS.get(kind) or abort(404)
