"""Whether pages stay as fast when the shop sells a thousand times as much."""

import tempfile
from pathlib import Path

import sqlalchemy as sa

from bench.figures import Figure
from bench.load import side_by_side
from bench.shops import ProductionShop, seed
from storefront import create_app
from storefront.catalogue import listing
from storefront.catalogue.models import Picture, Product, SearchGram, Variant
from storefront.config import Settings
from storefront.extensions import db, transaction
from storefront.japanese import grams
from tests.conftest import close
from tests.proofs.shop import started
from tests.unit.catalogue.test_listing import a_tea

FEW, MANY = 20, 20_000
MOST = 1.5
SECONDS = 3
PAGES = {
    "list": "/search",
    "category": "/categories/tea",
    "search, found often": "/search?q=%E3%81%8A%E8%8C%B6",
    "search, found once among alike": "/search?q=%E3%81%8A%E8%8C%B619%E5%8F%B7",
    "product": "/products/tea-7",
}


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as small, tempfile.TemporaryDirectory() as large:
        stock_up(Path(small), FEW)
        stock_up(Path(large), MANY)
        shops = ProductionShop(Path(small)), ProductionShop(Path(large))
        with started(shops[0]) as few, started(shops[1]) as many:
            return [_figure(name, few.url + path, many.url + path) for name, path in PAGES.items()]


def _figure(name: str, few: str, many: str) -> Figure:
    fast, slow = side_by_side(few, many, seconds=SECONDS)
    ratio = fast / slow
    measured = f"{ratio:.2f}×: {fast:,.0f}/s and {slow:,.0f}/s"
    what = f"{name}: time with {MANY:,} products to that with {FEW}"
    return Figure(what, f"≤ {MOST}×", measured, ratio <= MOST)


def stock_up(folder: Path, count: int) -> None:
    """The shop sells so many kinds of tea, and nothing else."""
    seed(folder)
    app = create_app(Settings(storefront_env="demo", instance=folder))
    with app.app_context(), transaction():
        for table in (SearchGram, Picture, Variant, Product):
            db.session.execute(sa.delete(table))
        tea = listing.categories()[0].id
        teas = [a_tea(number, tea) for number in range(count)]
        db.session.add_all(teas)
        db.session.flush()
        rows = [
            {"gram": gram, "position": one.position, "product_id": one.id}
            for one in teas
            for gram in set.union(*map(grams, one.search_text.split("\n")))
        ]
        db.session.execute(sa.insert(SearchGram), rows)
    with app.app_context():
        close(app)
