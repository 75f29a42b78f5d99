"""The bar code by which stores take payment: GS1-128 of 44 digits (91)."""

from datetime import date

from barcode.codex import Gs1_128

MAKER = "912345"  # the collector's code, made up for the demo
STAMPED = 50_000  # yen, from which a receipt bears a revenue stamp
NEVER = "999999"  # in the place of the last day
MODULE = 2  # pixels a module
QUIET = 20  # pixels of white on either side
HEIGHT = 80


def digits(number: str, yen: int, due_on: date | None) -> str:
    """91, collector, number, reissue flag, last day, stamp flag, amount, check digit."""
    stamp = "1" if yen >= STAMPED else "0"
    last = f"{due_on:%y%m%d}" if due_on else NEVER
    body = f"91{MAKER}{number:0>21}0{last}{stamp}{yen:06d}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """GS1's: from the right, three times every other digit, up to the next ten."""
    total = sum(int(one) * (3 if i % 2 == 0 else 1) for i, one in enumerate(reversed(body)))
    return str(-total % 10)


def bars(content: str) -> list[tuple[int, int]]:
    """Left edge and width in pixels of each black bar, quiet zone included."""
    modules = Gs1_128(content).build()[0]
    found, start = [], None
    for place, module in enumerate(f"{modules}0"):
        if module == "1" and start is None:
            start = place
        elif module == "0" and start is not None:
            found.append((QUIET + start * MODULE, (place - start) * MODULE))
            start = None
    return found


def width(content: str) -> int:
    return 2 * QUIET + MODULE * len(Gs1_128(content).build()[0])
