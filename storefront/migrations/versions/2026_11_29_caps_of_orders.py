"""How many orders without a code an address and a person may place."""

import sqlalchemy as sa
from alembic import op

revision = 'caps_of_orders'
down_revision = 'held_deeds'
branch_labels = None
depends_on = None

CAPS = (('orders_per_hour', '10'), ('orders_per_day', '30'), ('orders_per_person', '5'), ('unpaid_per_person', '2'))


def upgrade() -> None:
    with op.batch_alter_table('shop', schema=None) as batch_op:
        for name, most in CAPS:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default=most))


def downgrade() -> None:
    with op.batch_alter_table('shop', schema=None) as batch_op:
        for name, _most in CAPS:
            batch_op.drop_column(name)
