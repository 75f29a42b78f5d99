"""Money that is owed back stands in the ledger until somebody has noted that it was sent."""

import sqlalchemy as sa
from alembic import op

from storefront.core import clock
from storefront.core.extensions import UtcDateTime

revision = 'given_back'
down_revision = 'audit_end_kept'
branch_labels = None
depends_on = None

# What was paid back before this revision had left the books at once. What no hosted page gave back
# may still be owed; only where the person is erased nobody could be paid any more.
RECEIVED = """coalesce(
    (SELECT yen FROM deposits WHERE deposits.order_id = orders.id AND NOT is_late), reduced_to, total
)"""
BY_HAND = """payment_status = 'refunded' AND erased_at IS NULL AND (
    EXISTS (SELECT 1 FROM deposits WHERE deposits.order_id = orders.id AND NOT is_late)
    OR NOT EXISTS (
        SELECT 1 FROM hosted_payments
        WHERE hosted_payments.order_id = orders.id AND outcome IN ('owed-back', 'refunded')
    )
)"""


def upgrade() -> None:
    op.create_table('given_back',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('yen', sa.Integer(), nullable=False),
    sa.Column('noted_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_given_back_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_given_back')),
    sa.UniqueConstraint('order_id', 'given_on', 'yen', name=op.f('uq_given_back_order_id'))
    )
    of_it = sa.text("account = 'owed_back'")
    op.create_index(
        'ix_ledger_entries_owed_back',
        'ledger_entries',
        ['order_id'],
        sqlite_where=of_it,
        postgresql_where=of_it,
    )
    now = sa.bindparam('now', clock.now(), UtcDateTime())
    for account, sign in (('cash', ''), ('owed_back', '-')):
        enter = f"""INSERT INTO ledger_entries (order_id, at, account, yen)
            SELECT id, :now, '{account}', {sign}{RECEIVED} FROM orders WHERE {BY_HAND}"""
        op.get_bind().execute(sa.text(enter).bindparams(now))


def downgrade() -> None:
    op.drop_index('ix_ledger_entries_owed_back', 'ledger_entries')
    op.drop_table('given_back')
