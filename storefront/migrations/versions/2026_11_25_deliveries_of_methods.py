"""Which delivery methods a payment method goes with."""

import sqlalchemy as sa
from alembic import op

revision = 'd17e5a3b9c05'
down_revision = 'd17e5a3b9c04'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('payment_methods', sa.Column('deliveries', sa.JSON(), nullable=False, server_default='[]'))


def downgrade() -> None:
    op.drop_column('payment_methods', 'deliveries')
