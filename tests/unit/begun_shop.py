"""A program for a process of its own: a production shop from nothing, every page of it asked for.

Prints JSON: what each page answered, and which modules were loaded on the way.
"""

import json
import sys
from typing import Any

import storefront.wsgi
from storefront.app.commands import admin
from storefront.cli import group
from storefront.core.extensions import db
from storefront.payments.kinds import KINDS
from storefront.worker import periodic_tasks
from tests.owners_walk import walk
from tests.signed_in import a_person, cookie_of

HOST = "https://shop.example.jp"
NOBODYS = {"name": "sales", "code": "cod", "slug": "tea", "news_id": 1, "job_id": 1}
NEW_METHODS = [f"/admin/settings/payment-methods/new?type={kind}" for kind in KINDS]
COMMANDS = (
    ["doctor"],
    ["seed"],
    ["reset", "--yes"],
    ["routes"],
    ["init"],
    ["orders", "show", "AAAA-AAAA"],
    ["fees", "--month", "2026-10"],
    ["yamato"],
)

app = storefront.wsgi.app


def addresses() -> list[str]:
    """Every address that can be asked for, with made-up values where one has gaps."""
    with app.test_request_context(base_url=HOST):
        gets = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())]
        urls = app.url_map.bind("shop.example.jp")
        return [urls.build(rule.endpoint, {**gaps(rule), **in_gaps(rule)}) for rule in gets]


def gaps(rule: Any) -> dict[str, object]:
    return {name: 1 if "Integer" in type(kind).__name__ else "x" for name, kind in kinds(rule)}


def kinds(rule: Any) -> list[tuple[str, object]]:
    return list(rule._converters.items())


def in_gaps(rule: Any) -> dict[str, object]:
    return {name: NOBODYS[name] for name in rule.arguments & NOBODYS.keys()}


def ask(client: Any, address: str) -> tuple[int, str]:
    answer = client.get(address, base_url=HOST)
    return answer.status_code, answer.text if answer.mimetype == "text/html" else ""


def commands() -> dict[str, int]:
    runner = app.test_cli_runner()
    made = ["create", "--email", "hana@shop.example.jp", "--name", "花"]
    codes = {"admin": runner.invoke(admin.admin, [*made, "--password", "rhubarb lantern 42"])}
    codes |= {" ".join(words): runner.invoke(group, words) for words in COMMANDS}
    return {name: result.exit_code for name, result in codes.items()}


def main() -> None:
    runner = app.test_cli_runner()
    said: dict[str, Any] = {"init": runner.invoke(group, ["init"]).output, "codes": commands()}
    with app.app_context():
        periodic_tasks.tidy_up()
        periodic_tasks.run_due()
        cookie = cookie_of(app, a_person())
        db.session.remove()
    stranger, owner = app.test_client(), app.test_client()
    owner.set_cookie(*cookie, domain="shop.example.jp", secure=True)
    answers = {f"stranger {one}": ask(stranger, one) for one in [*addresses(), "/en/"]}
    answers |= {f"owner {one}": ask(owner, one) for one in [*addresses(), *NEW_METHODS]}
    with app.app_context():
        pages = walk(app, lambda one: ask(owner, one)[1])
        answers |= {f"owner {one}": ask(owner, one) for _endpoint, one, _html in list(pages)}
    loaded = sorted(name for name in sys.modules if name.startswith("storefront."))
    statuses = {name: status for name, (status, _text) in answers.items()}
    texts = {name: answers[f"stranger {name}"][1] for name in ("/", "/search", "/products/tea")}
    said |= {"file": str(storefront.__file__)}
    print(json.dumps({**said, "statuses": statuses, "texts": texts, "loaded": loaded}))  # noqa: T201


if __name__ == "__main__":
    main()
