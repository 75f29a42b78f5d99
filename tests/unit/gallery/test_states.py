"""The register of states: complete, and every name in it good for a file."""

import re
from collections import Counter

from flask import Flask

from storefront.gallery.states import STATES

NO_PAGES = {
    "address of a postal code": "checkout.address",
    "poll of the confirmation": "checkout.confirm_status",
    "poll of the code's screen": "checkout.sms_status",
    "reload of a button": "checkout.nothing_to_get",
    "poll of the payment page": "collecting.status",
    "address of a text, that leads on": "collecting.short",
    "way back from a hosted page": "checkout.come_back",
    "way back from a hosted page, of a placed order": "collecting.come_back",
    "texts for programs": "sandbox.phone_json",
    "the owner's way in for programs": "sandbox.owner_json",
    "mails for programs": "sandbox.mailbox_json",
    "clock for programs": "sandbox.clock_json",
    "requests for programs": "sandbox.requests_json",
    "faults for programs": "sandbox.faults_json",
    "states for programs": "sandbox.list_states",
    "the contract for programs": "sandbox.contract_json",
    "these calls for programs": "sandbox.openapi_json",
    "an uploaded picture": "catalogue.uploaded",
    "robots": "search_engines.robots",
    "map of the shop": "search_engines.sitemap",
    "a part of the map": "search_engines.part",
    "health": "operations.healthz",
    "readiness": "operations.readyz",
    "figures": "operations.metrics",
    "picture of a payment method": "payments.logo",
}


def test_every_page_of_the_shop_has_a_state(app: Flask) -> None:
    opened = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    kits = ("admin.", "design.")  # which the kit for designers shows, and the kit itself
    opened = {endpoint for endpoint in opened if not endpoint.startswith(kits)}

    assert opened - set(NO_PAGES.values()) == {state.screen for state in STATES} - {""}


def test_no_two_states_have_the_same_name() -> None:
    assert [slug for slug, count in Counter(one.slug for one in STATES).items() if count > 1] == []
    assert [
        title for title, count in Counter(one.title for one in STATES).items() if count > 1
    ] == []


def test_the_name_of_a_state_is_good_for_a_file() -> None:
    assert [
        one.slug for one in STATES if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one.slug)
    ] == []
