"""`storefront serve`, on whose clock the seconds go by faster: a proof need not wait for them."""

import time

from storefront.app import serve
from storefront.config import settings

SPEED = 20  # seconds of this clock in one of ours


def main() -> None:
    serve.run(settings.from_environment(), workers=2, clock=lambda: time.monotonic() * SPEED)


if __name__ == "__main__":
    main()
