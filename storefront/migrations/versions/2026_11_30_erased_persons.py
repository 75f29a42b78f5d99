"""Orders whose person is erased, and how long the shop keeps personal data."""

import sqlalchemy as sa
from alembic import op

revision = 'erased_persons'
down_revision = 'products_out_of_the_shop'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('orders', sa.Column('erased_at', sa.DateTime(), nullable=True))
    of_a_person = sa.text('erased_at IS NULL')
    op.create_index(
        'ix_orders_of_a_person',
        'orders',
        ['placed_at', 'id'],
        sqlite_where=of_a_person,
        postgresql_where=of_a_person,
    )
    op.add_column('shop', sa.Column('keep_months', sa.Integer(), nullable=False, server_default='13'))
    op.add_column('shop', sa.Column('erased_on', sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column('shop', 'erased_on')
    op.drop_column('shop', 'keep_months')
    op.drop_index('ix_orders_of_a_person', 'orders')
    op.drop_column('orders', 'erased_at')
