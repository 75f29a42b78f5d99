"""storefront admin: who may come in, a lost phone, and whether the audit log is whole."""

import click
from flask.cli import with_appcontext


@click.group()
def admin() -> None:
    """Let people onto the owner's side of the shop."""


@admin.command()
@click.option("--email", prompt=True, help="What the person signs in with.")
@click.option("--name", prompt=True, help="How the pages greet the person.")
@click.option("--role", type=click.Choice(["owner", "staff"]), default="owner", show_default=True)
@click.option("--password", help="At least 12 characters; asked for when left out.")
@with_appcontext
def create(email: str, name: str, role: str, password: str | None) -> None:
    """Create the first owner, or one more person; the second factor is chosen at sign-in."""
    from flask import current_app

    from storefront.admin.auth import accounts, audit
    from storefront.core import migrate

    about = [email, name]
    if password is None:
        password = _asked_for(about)
    elif weakness := _weakness(password, about):
        raise click.BadParameter(weakness)
    migrate.migrate()  # so that it works in an empty folder, before anything else was run
    try:
        person = accounts.let_in(email, name, role, password)
    except accounts.EmailTaken as taken:
        words = f"{email} is there already. A lost phone: storefront admin forget-phone {email}"
        raise click.ClickException(words) from taken
    audit.record("person.add", person.email, after={"role": role})
    base = current_app.config["SETTINGS"].base_url
    click.echo(f"{person.email} may sign in at {base}/admin/ and choose a second factor there.")


def _asked_for(about: list[str]) -> str:
    """Typed twice the same, and only where the first one is good enough."""
    while True:
        password: str = click.prompt("Password", hide_input=True)
        if weakness := _weakness(password, about):
            click.echo(f"Error: {weakness}", err=True)
        elif click.prompt("Repeat for confirmation", hide_input=True) == password:
            return password
        else:
            click.echo("Error: the two passwords are not the same.", err=True)


def _weakness(password: str, about: list[str]) -> str:
    """Why it is not good enough, in a sentence; empty where it is."""
    from storefront.admin.auth import passwords

    if len(password) < passwords.SHORTEST:
        return f"a password has at least {passwords.SHORTEST} characters."
    if passwords.is_guessable(password, about):
        return "that password is easy to guess. Take a few unrelated words."
    return ""


@admin.command("forget-phone")
@click.argument("email")
@with_appcontext
def forget_phone(email: str) -> None:
    """The phone is lost: the next sign-in of this person begins with a new second factor."""
    from storefront.admin.auth import accounts, audit

    person = accounts.by_email(email)
    if person is None:
        raise click.ClickException(f"nobody has the address {email}. See the page of people.")
    accounts.forget_second_factor(person)
    audit.record("person.forget-second-factor", person.email)
    click.echo(f"{person.email} chooses a new second factor at the next sign-in.")


@admin.command()
@click.argument("email")
@with_appcontext
def remove(email: str) -> None:
    """Take the way in away from somebody, be it the last owner; what they did stays in the log."""
    from storefront.admin.auth import accounts, audit

    person = accounts.by_email(email)
    if person is None:
        raise click.ClickException(f"nobody has the address {email}. See the page of people.")
    accounts.remove(person)
    audit.record("person.remove", person.email)
    click.echo(f"{person.email} cannot sign in any more.")
    if not any(one.is_owner and one.left_at is None for one in accounts.everybody()):
        click.echo("Nobody looks after the shop. Next: storefront admin create.")


@admin.command("check-log")
@with_appcontext
def check_log() -> None:
    """Look for entries of the audit log that were changed or taken away, or its end cut off."""
    from storefront.admin.auth import audit, audit_end

    broken = audit.first_broken()
    if broken is not None:
        words = f"entry {broken.id} of {broken.at:%Y-%m-%d %H:%M} does not fit the one before it."
        raise click.ClickException(f"{words} Compare with a backup.")
    end, noted, gone = audit_end.now(), audit_end.noted(), audit_end.first_gone()
    if gone is not None:
        raise click.ClickException(
            f"it was cut off: {audit_end.path()} has entry {gone.length} with the seal "
            f"{gone.seal}, which is gone. Compare with a backup, and with the lines "
            "audit_entry_written of the log. Was a backup put back? Keep that file under another "
            "name."
        )
    if end.length and not noted:
        click.echo(_no_end())
    since = f", noted since entry {noted[0].length}" if noted else ""
    click.echo(f"The audit log is whole: {end.length} entries{since}, last seal {end.seal or '-'}.")


def _no_end() -> str:
    """Of an upgrade that is not done yet there is none to miss; else somebody took it away."""
    from storefront.admin.auth import audit_end
    from storefront.core import migrate

    if not migrate.has_been(audit_end.KEPT_SINCE):
        return "No end was kept yet: storefront init keeps the first. A cut before it cannot show."
    raise click.ClickException(
        f"there is no {audit_end.path()}, which says where the audit log ended. It is written "
        "from the next entry on; compare with the lines audit_entry_written of the log."
    )
