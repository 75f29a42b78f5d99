"""Names of orders are searched for in one spelling (髙橋 is 高橋): the index is written anew.

Nothing is to be read here, since persons are sealed; the worker indexes what is not marked, a few
hundred orders a minute, and until then an order is found by its former digests.
"""

import sqlalchemy as sa
from alembic import op

revision = 'names_in_one_spelling'
down_revision = 'request_ids'
branch_labels = None
depends_on = None


def upgrade() -> None:
    orders = sa.table('orders', sa.column('is_marked', sa.Boolean), sa.column('erased_at'))
    op.execute(orders.update().where(orders.c.erased_at.is_(None)).values(is_marked=False))


def downgrade() -> None:
    upgrade()
