"""Lighthouse on a simulated phone, on every screen that an address opens."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from bench.buyer import Buyer
from bench.figures import Figure
from bench.shops import production_shop
from bench.visit import PUBLIC, screens

PROGRAM = Path(sys.prefix) / "lighthouse/node_modules/.bin/lighthouse"
CHROMIUM = "/usr/bin/chromium"
LEAST = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST = {
    "largest-contentful-paint": ("LCP", 1200),
    "cumulative-layout-shift": ("CLS", 0),
    "total-blocking-time": ("TBT", 30),
}  # ms
RUNS = 3  # whose medians count: one run is off by a tenth
LCP_OF_A_PICTURE = 1300  # ms: where the largest thing on the screen has to be fetched first


def measure() -> list[Figure]:
    if not PROGRAM.exists():
        install = "npm install --prefix .venv/lighthouse lighthouse"
        return [Figure("Lighthouse", "", f"not installed: {install}")]
    with production_shop() as shop:
        return [_figure(name, shop.url, path, buyer) for name, path, buyer in screens(shop.url)]


def _figure(name: str, url: str, path: str, buyer: Buyer) -> Figure:
    runs = [_report(url + path, buyer.cookie) for _ in range(RUNS)]
    scores = {
        one: round(median(run["categories"][one]["score"] for run in runs) * 100) for one in LEAST
    }
    if name not in PUBLIC:
        del scores["seo"]  # a step of the checkout is nothing for search engines
    times = {one: median(run["audits"][one]["numericValue"] for run in runs) for one in MOST}
    most = {one: at_most for one, (_short, at_most) in MOST.items()}
    if any(_largest_is_a_picture(run) for run in runs):
        most["largest-contentful-paint"] = LCP_OF_A_PICTURE
    is_kept = all(scores[one] >= LEAST[one] for one in scores)
    is_kept = is_kept and all(times[one] <= most[one] for one in most)
    told = [f"{one} {score}" for one, score in scores.items()]
    told += [f"{short} {round(times[one], 2):g}" for one, (short, _most) in MOST.items()]
    aim = f"99/100/100/100, {'/'.join(map(str, most.values()))}"
    return Figure(f"Lighthouse: {name}", aim, ", ".join(told), is_kept)


def _largest_is_a_picture(found: dict[str, Any]) -> bool:
    [what, *_phases] = found["audits"]["largest-contentful-paint-element"]["details"]["items"]
    snippet: str = what["items"][0]["node"]["snippet"]
    return snippet.startswith("<img")


def _report(url: str, cookie: str) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile("w", suffix=".json") as headers:
        json.dump({"Cookie": cookie} if cookie else {}, headers)
        headers.flush()
        command = [
            str(PROGRAM),
            url,
            "--quiet",
            "--output=json",
            f"--extra-headers={headers.name}",
            f"--only-categories={','.join(LEAST)}",
            "--chrome-flags=--headless=new --no-sandbox",
        ]
        report: dict[str, Any] = json.loads(_told(command))
        return report


def _told(command: list[str], tries: int = 3) -> str:
    """What Lighthouse prints; now and then its browser does not come up."""
    environment = {**os.environ, "CHROME_PATH": CHROMIUM}
    told = subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603
    if told.returncode and tries > 1:
        return _told(command, tries - 1)
    told.check_returncode()
    return told.stdout
