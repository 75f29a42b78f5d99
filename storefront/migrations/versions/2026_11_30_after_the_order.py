"""Who moves an order just now, the name on its receipt, and the account that transfers go to."""

import sqlalchemy as sa
from alembic import op

revision = 'after_the_order'
down_revision = 'senders_by_name'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('orders', sa.Column('claimed_until', sa.DateTime(), nullable=True))
    op.add_column('orders', sa.Column('receipt_name', sa.LargeBinary(), nullable=True))
    op.add_column(
        'payment_methods', sa.Column('account', sa.JSON(), nullable=False, server_default='{}')
    )


def downgrade() -> None:
    op.drop_column('payment_methods', 'account')
    op.drop_column('orders', 'receipt_name')
    op.drop_column('orders', 'claimed_until')
