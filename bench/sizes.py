"""What a phone has to load: each screen as page and as partial, styles, scripts, pictures."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Request, ViewportSize, sync_playwright

from bench.buyer import Buyer
from bench.figures import Figure
from bench.shops import production_shop
from bench.visit import screens

KB = 1024
STEPS = ("order input", "confirmation", "code entry", "completion")
MOST_PAGE, MOST_PARTIAL = 6, 4  # KB of a step's HTML
MOST_FIRST, MOST_REQUESTS = 32, 4
MOST_OF_A_KIND = {"css": 8, "app": 3, "htmx": 12}  # KB
MOST_PRODUCT, MOST_PICTURE = 250, 60
LOADED = re.compile(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"')
PHONE = ViewportSize(width=390, height=844)
CHROMIUM = "/usr/bin/chromium"


def measure() -> list[Figure]:
    with production_shop() as shop:
        weighed = [
            figure
            for name, path, buyer in screens(shop.url)
            for figure in _screen(name, path, buyer)
        ]
        return [*weighed, *_kinds(Buyer(shop.url)), *_product(shop.url)]


def _screen(name: str, path: str, buyer: Buyer) -> list[Figure]:
    page, partial = buyer.weigh(path), buyer.weigh(path, **{"HX-Request": "true"})
    loaded = LOADED.findall(buyer.get(path))
    first = page + sum(buyer.weigh(one) for one in loaded)
    elsewhere = [one for one in loaded if urlsplit(one).netloc]
    is_light = first <= MOST_FIRST * KB and len(loaded) < MOST_REQUESTS and not elsewhere
    measured = f"{first / KB:.1f} KB in {1 + len(loaded)} requests"
    figures = [_bytes(f"{name}: page", page, MOST_PAGE if name in STEPS else None)]
    figures.append(_bytes(f"{name}: partial", partial, MOST_PARTIAL if name in STEPS else None))
    if name in STEPS:
        aim = f"≤ {MOST_FIRST} KB in {MOST_REQUESTS}"
        figures.append(Figure(f"{name}: first visit", aim, measured, is_light))
    return figures


def _kinds(buyer: Buyer) -> list[Figure]:
    loaded = LOADED.findall(buyer.get("/"))
    return [
        _bytes(f"{kind} (brotli)", sum(buyer.weigh(one) for one in loaded if kind in one), most)
        for kind, most in MOST_OF_A_KIND.items()
    ]


def _product(url: str) -> list[Figure]:
    """As a phone's browser loads it, down to the end of the page."""
    loaded: dict[str, int] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport=PHONE, device_scale_factor=3)
        finished: list[Request] = []
        page.on("requestfinished", lambda request: finished.append(request))
        page.goto(f"{url}/products/yunomi", wait_until="networkidle")
        page.mouse.wheel(0, 10_000)
        page.wait_for_load_state("networkidle")
        for request in finished:
            loaded[request.url] = request.sizes()["responseBodySize"]
        pictures = [loaded[one.url] for one in finished if one.resource_type == "image"]
        browser.close()
    return [
        _bytes("product page at 390 px, 3×, everything", sum(loaded.values()), MOST_PRODUCT),
        _bytes("its largest picture", max(pictures), MOST_PICTURE),
    ]


def _bytes(what: str, size: int, most: float | None) -> Figure:
    aim = f"≤ {most} KB" if most else ""
    return Figure(what, aim, f"{size / KB:.1f} KB", size <= most * KB if most else None)
