"""How far a proof goes: a little in `make proofs`, all the way in `make prove`."""

import os

IS_FULL = os.environ.get("STOREFRONT_PROOF") == "full"
SEED = int(os.environ.get("STOREFRONT_SEED", "1"))  # what random proofs begin with


def times(small: int, full: int) -> int:
    return full if IS_FULL else small
