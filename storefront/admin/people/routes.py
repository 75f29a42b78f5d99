"""Who looks after the shop, and what the owner may change about it."""

import sqlalchemy as sa
from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import accounts, audit
from storefront.admin.auth.accounts import EmailTaken, LastOwner
from storefront.admin.auth.gate import owner_only, proven
from storefront.admin.auth.models import OWNER, STAFF, Person
from storefront.admin.held_requests.screen import require_fresh_token
from storefront.admin.people.forms import PersonForm
from storefront.core.extensions import db
from storefront.web.rendering import errors_of, has_old_token, page

bp = Blueprint("people", __name__, url_prefix="/settings/people")


@bp.get("")
@owner_only
def show() -> ResponseReturnValue:
    return _page(PersonForm(formdata=None))


@bp.post("")
@owner_only
@proven
def add() -> ResponseReturnValue:
    """Give a person access; the first password is shown in this answer only."""
    form = PersonForm()
    if not form.validate():
        return _page(form, 422)
    password = accounts.first_password()
    try:
        person = accounts.let_in(
            str(form.email.data), str(form.name.data), str(form.role.data), password, is_new=True
        )
    except EmailTaken:
        form.say_taken()
        return _page(form, 422)
    audit.record("person.add", person.email, after={"role": person.role})
    return page("admin/people/added.html", person=person, password=password)


@bp.post("/<int:person_id>")
@owner_only
@proven
def change(person_id: int) -> ResponseReturnValue:
    """Change a person's role, end the access, or forget the second factor."""
    person = db.session.scalar(sa.select(Person).where(Person.id == person_id))
    if person is None:
        abort(404)
    require_fresh_token()
    what = request.form.get("do", "")
    if what in ACTIONS:
        try:
            flash(ACTIONS[what](person))
        except LastOwner:
            flash(
                _("オーナーがいなくなるため、変更できません。先にほかの人をオーナーにしてください")
            )
    return redirect(url_for(".show"), 303)


def _let_go(person: Person) -> str:
    accounts.let_go(person)
    audit.record("person.let-go", person.email)
    return _("%(name)sさんの権限をなくしました", name=person.name)


def _make(role: str, person: Person) -> str:
    before = person.role
    accounts.change_role(person, role)
    audit.record("person.role", person.email, {"role": before}, {"role": role})
    return _("%(name)sさんの権限を変更しました", name=person.name)


def _forget_second_factor(person: Person) -> str:
    accounts.forget_second_factor(person)
    audit.record("person.forget-second-factor", person.email)
    return _("%(name)sさんの2段階認証を解除しました。次のサインインで登録します", name=person.name)


ACTIONS = {
    "let-go": _let_go,
    "make-owner": lambda person: _make(OWNER, person),
    "make-staff": lambda person: _make(STAFF, person),
    "forget-second-factor": _forget_second_factor,
}


def _page(form: PersonForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "admin/people/show.html",
        status,
        form=form,
        errors=errors_of(form),
        old_token=has_old_token(form),
        people=accounts.everybody(),
    )
