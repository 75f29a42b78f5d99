"""The empty, closed shop that an owner begins with: nobody, nothing and no way to pay in it."""

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.shop.models import Shop

# what the law wants said, and what the shop says of itself: the owner's to fill in
UNSAID = (
    *("name_en", "tagline", "tagline_en", "seller", "seller_en", "manager", "manager_en"),
    *("address", "address_en", "phone", "hours", "hours_en", "email"),
    *("invoice_number", "cancel_terms", "cancel_terms_en"),
)


def lay_down(name: str) -> bool:
    """Write it into a migrated database that holds no shop; False where one is there.

    Until the owner names the shop it goes by the name given, its address on the web.
    """
    try:
        with transaction():
            if db.session.scalar(sa.select(sa.func.count()).select_from(Shop)):
                return False
            texts = dict.fromkeys(UNSAID, "")
            today = clock.today().isoformat()
            db.session.add(Shop(id=1, is_new=True, terms_updated=today, name=name, **texts))
    except IntegrityError:  # another process laid it down a moment ago
        return False
    return True
