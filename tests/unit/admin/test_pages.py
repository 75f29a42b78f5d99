"""Every page of the owner's side, walked to by its links: whole, light and in both languages."""

from collections.abc import Iterator

import pytest
from flask import Flask

from storefront.catalogue.csv import import_job
from storefront.core.extensions import transaction
from storefront.sandbox import history
from storefront.testing.form_shopper import FormShopper
from storefront.worker import periodic_tasks
from tests.labels import faults_of_groups, faults_of_labels
from tests.markup import parsed
from tests.owners_walk import walk
from tests.statements import statements
from tests.unit.admin.conftest import Keeper, keeper

pytestmark = pytest.mark.web

MOST = 12  # statements a page
# reached by a button or another page's word, or no page at all
BY_OTHER_WAYS = {
    "admin.signing_in.login",
    "admin.signing_in.code",
    "admin.signing_in.prove",
    "admin.signing_in.alive",
    "admin.again.show",
    "admin.beginning.second_factor_page",
    # where the buttons of the orders' list lead, and the file that its form asks for
    "admin.orders.address",  # of a postal code, which the form for callers asks for
    "admin.orders.ship",
    "admin.orders.job",
    "admin.orders.export_file",
    "admin.payment_methods.new",
    "admin.privacy.look",
    # of a report with something in it, which test_reports opens; the walk comes to an empty one
    "admin.reports.file",
}


@pytest.fixture(params=["", "/en"], ids=["ja", "en"])
def visitor(app: Flask, shopper: FormShopper, request: pytest.FixtureRequest) -> Keeper:
    """A shop with an order to look at."""
    shopper.put_in().answer("cod").press_confirm()
    with transaction():
        history.write(days=20)
    import_job.start("SKU,在庫\nyunomi,えっと\n".encode(), "goods.csv", "ja")
    periodic_tasks.run_due()
    return keeper(app, "owner", request.param)


def pages(app: Flask, visitor: Keeper) -> Iterator[tuple[str, str, str]]:
    def look(address: str) -> str:
        answer = visitor.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code, answer.location)
        return answer.text if answer.mimetype == "text/html" else ""

    return walk(app, look, visitor.prefix)


def test_every_page_is_reached_is_whole_and_asks_the_database_little(
    app: Flask, visitor: Keeper
) -> None:
    found, heavy, unsound, unlabelled = set(), [], [], list[str]()
    for endpoint, address, html in pages(app, visitor):
        found.add(endpoint)
        with statements(app) as asked:
            visitor.client.get(address)
        if len(asked) > MOST:
            heavy.append((address, len(asked), asked))
        if not html:
            continue
        page = parsed(html)
        unlabelled += [f"{address} {one}" for one in faults_of_labels(page)]
        unlabelled += [f"{address} {one}" for one in faults_of_groups(page)]
        ids = [one["id"] for one in page.all() if one.get("id")]
        if len(page.all("h1")) != 1 or len(ids) != len(set(ids)):
            unsound.append(address)

    assert heavy == []
    assert unsound == []
    assert unlabelled == []
    assert unreached(app, found) == []


def unreached(app: Flask, found: set[str]) -> list[str]:
    """Views that no link leads to, but for those with an argument nothing here has."""
    views = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("admin.") and "GET" in (rule.methods or ())
    }
    return sorted(views - found - BY_OTHER_WAYS)
