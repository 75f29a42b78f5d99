"""Money for an order that somebody has found on the shop's own account."""

import sqlalchemy as sa
from alembic import op

from storefront.core.extensions import UtcDateTime

revision = 'money_on_the_account'
down_revision = 'slow_credit'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('deposits',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('yen', sa.Integer(), nullable=False),
    sa.Column('over', sa.Integer(), nullable=False),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('noted_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_deposits_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deposits')),
    sa.UniqueConstraint('order_id', 'received_on', 'yen', name=op.f('uq_deposits_order_id'))
    )


def downgrade() -> None:
    op.drop_table('deposits')
