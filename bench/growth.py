"""Whether pages stay as fast when the shop sells a thousand times as much."""

import tempfile
from pathlib import Path

from bench.figures import Figure
from bench.load import RENDERED, side_by_side
from bench.shops import ProductionShop, seed
from storefront import create_app
from storefront.config.settings import Settings
from tests.app_pool import close
from tests.proofs.shop import started
from tests.unit.catalogue import test_listing as listings

FEW, MANY = 20, 20_000
MOST = 1.5
SECONDS = 3
PAGES = {
    "list": "/search",
    "category": "/categories/tea",
    "search, found often": "/search?q=%E3%81%8A%E8%8C%B6",
    "search, found once among alike": "/search?q=%E3%81%8A%E8%8C%B619%E5%8F%B7",
    "search, by a description": "/search?q=%E3%81%8A%E3%81%84%E3%81%97%E3%81%84",
    "search, one letter wrong": "/search?q=%E3%81%8A%E3%81%A1%E3%82%83%E3%81%A6%E3%82%93",
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
    fast, slow = side_by_side([*RENDERED, few], [*RENDERED, many], seconds=SECONDS)
    ratio = fast / slow
    measured = f"{ratio:.2f}×: {fast:,.0f}/s and {slow:,.0f}/s"
    what = f"{name}: time with {MANY:,} products to that with {FEW}"
    return Figure(what, f"≤ {MOST}×", measured, ratio <= MOST)


def stock_up(folder: Path, count: int) -> None:
    seed(folder)
    app = create_app(Settings(storefront_env="demo", instance=folder))
    with app.app_context():
        listings.stock_up(count)
        close(app)
