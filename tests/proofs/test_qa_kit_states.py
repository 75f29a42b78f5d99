"""Any state of any screen by one call, from several testers at once."""

from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter

import pytest
import requests

from storefront.gallery.states import STATES
from tests.proofs.grounds import YAMATO, on_both_databases
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop

TESTERS = 4
SLUGS = [state.slug for state in STATES][:: times(8, 1)]
ROUNDS = times(1, 4)
PATIENCE = 60  # seconds


@on_both_databases
@pytest.mark.parametrize("verifier", [YAMATO], indirect=True, scope="session")
def test_qa_kit_states_are_reached_by_one_call(shop: RunningShop, figure: Report) -> None:
    def seconds(slug: str) -> float:
        begun = perf_counter()
        call = {"slug": slug, "lang": "en"}
        answer = requests.post(f"{shop.url}/sandbox/states", json=call, timeout=PATIENCE)
        assert answer.status_code == 201, f"{slug}: {answer.text}"
        return perf_counter() - begun

    alone = [seconds(slug) for slug in SLUGS]
    with ThreadPoolExecutor(TESTERS) as testers:
        at_once = list(testers.map(seconds, SLUGS * ROUNDS))

    figure(
        f"Each of {len(SLUGS)} states of the gallery by one call; {TESTERS} testers at once",
        f"median {1_000 * median(alone):.0f} ms, the slowest {max(alone):.1f} s; at once "
        f"{len(at_once)} calls, median {1_000 * median(at_once):.0f} ms, 0 failures",
    )
