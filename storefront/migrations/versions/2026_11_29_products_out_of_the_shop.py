"""Products that are withdrawn for good, and which orders name a variant."""

import sqlalchemy as sa
from alembic import op

revision = 'products_out_of_the_shop'
down_revision = 'caps_of_orders'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('products', sa.Column('withdrawn', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f('ix_order_lines_variant_id'), 'order_lines', ['variant_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_order_lines_variant_id'), 'order_lines')
    op.drop_column('products', 'withdrawn')
