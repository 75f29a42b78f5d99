"""How many statements a page may cost, with three lines in the cart and all limits in force."""

import pytest

from tests.conftest import MakeApp, OwnContextClient
from tests.statements import BEYOND, BUDGETS, Counted

TWICE = {"code asked for", "code wrong", "code right", "placed"}  # reading again what they wrote


@pytest.fixture(params=[{}, {"HX-Request": "true"}], ids=["page", "partial"])
def asked(request: pytest.FixtureRequest, make_app: MakeApp) -> dict[str, list[str]]:
    app = make_app(limits="real")
    app.test_client_class = OwnContextClient
    with app.app_context():
        with_code = Counted(app, **request.param).browse().buy_with_code()
        without = Counted(app, **request.param).buy_without_code()
    return {**with_code.asked, **without.asked}


def test_no_step_asks_more_than_its_budget_or_its_known_excess(
    asked: dict[str, list[str]],
) -> None:
    assert set(asked) == set(BUDGETS)

    most = {**BUDGETS, **BEYOND}
    beyond = {name: len(one) for name, one in asked.items() if len(one) > most[name]}

    assert beyond == {}


def test_no_step_asks_the_same_for_each_line_of_the_cart(asked: dict[str, list[str]]) -> None:
    repeated = {
        (name, statement)
        for name, one in asked.items()
        for statement in one
        if one.count(statement) > (2 if name in TWICE else 1)
    }

    assert repeated == set()
