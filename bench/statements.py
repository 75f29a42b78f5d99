"""How many statements each page asks of the database, counted as the test counts them."""

import tempfile
from pathlib import Path

from bench.figures import Figure
from bench.shops import seed
from storefront import create_app
from storefront.config.settings import Settings
from storefront.core.extensions import db
from tests.app_pool import close
from tests.conftest import OwnContextClient
from tests.statements import BUDGETS, Counted


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        seed(Path(folder))
        app = create_app(Settings(storefront_env="test", instance=folder, limits="real"))
        app.test_client_class = OwnContextClient
        with app.app_context():
            with_code, without = Counted(app).browse().buy_with_code(), Counted(app)
            asked = {**with_code.asked, **without.buy_without_code().asked}
            db.session.remove()
        close(app)
    return [
        Figure(f"statements: {step}", f"≤ {most}", str(len(asked[step])), len(asked[step]) <= most)
        for step, most in BUDGETS.items()
    ]
