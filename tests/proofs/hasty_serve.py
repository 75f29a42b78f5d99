"""`storefront serve`, on whose clock the seconds go by faster: a proof need not wait for them."""

import time

from storefront import create_app
from storefront.app import serve

SPEED = 20  # seconds of this clock in one of ours


def main() -> None:
    serve.run(create_app(), workers=2, clock=lambda: time.monotonic() * SPEED)


if __name__ == "__main__":
    main()
