"""A picture for a method's card: checked, drawn anew, and kept under a name of its content."""

import hashlib
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from storefront.core.extensions import db, upsert
from storefront.payments.models import PaymentLogo

LARGEST = 100_000  # bytes
WIDTH, HEIGHT = 500, 100
MOST_PIXELS = 4_000_000  # what is packed small may be large


class Unfit(Exception):
    """The picture cannot be a logo; the argument says why: size, kind or shape."""


def drawn_anew(sent: bytes) -> bytes:
    """The picture as a new PNG of at most 500 x 100 without metadata; raises Unfit."""
    if len(sent) > LARGEST:
        raise Unfit("size")
    try:
        with Image.open(BytesIO(sent), formats=("PNG",)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Unfit("shape")
            picture = image.convert("RGBA")
    except Image.DecompressionBombError:
        raise Unfit("shape") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Unfit("kind") from None
    picture.thumbnail((WIDTH, HEIGHT))
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def keep(png: bytes) -> str:
    """Store a logo, inside the caller's transaction; returns its name."""
    mark = hashlib.sha256(png).hexdigest()[:32]
    row = upsert(PaymentLogo).values(mark=mark, png=png)
    db.session.execute(row.on_conflict_do_nothing())
    return mark


def find(mark: str) -> bytes | None:
    found = db.session.get(PaymentLogo, mark)
    return found.png if found else None
