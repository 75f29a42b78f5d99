"""What the reports are made of: counts of checkouts and of texts, and orders of a test connection."""

import sqlalchemy as sa
from alembic import op

revision = 'c0a47f1e9d52'
down_revision = 'c47a90d1f3b2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('checkout_counts',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('furthest', sa.String(length=12), nullable=False),
    sa.Column('failure', sa.String(length=12), nullable=False),
    sa.Column('failed_by', sa.String(length=40), nullable=False),
    sa.Column('placed_by', sa.String(length=40), nullable=False),
    sa.Column('checkouts', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'furthest', 'failure', 'failed_by', 'placed_by', name=op.f('pk_checkout_counts'))
    )
    op.create_table('text_counts',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('purpose', sa.String(length=8), nullable=False),
    sa.Column('sender', sa.String(length=12), nullable=False),
    sa.Column('prefix', sa.String(length=3), nullable=False),
    sa.Column('fate', sa.String(length=12), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.Column('codes', sa.Integer(), nullable=False),
    sa.Column('entered', sa.Integer(), nullable=False),
    sa.Column('texts', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'purpose', 'sender', 'prefix', 'fate', 'seconds', name=op.f('pk_text_counts'))
    )
    with op.batch_alter_table('checkouts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('counted', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(batch_op.f('ix_checkouts_counted'), ['counted'], unique=False)

    with op.batch_alter_table('challenges', schema=None) as batch_op:
        batch_op.add_column(sa.Column('delivery_seconds', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('prefix', sa.String(length=3), nullable=False, server_default=''))

    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_test', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.drop_column('is_test')

    with op.batch_alter_table('challenges', schema=None) as batch_op:
        batch_op.drop_column('prefix')
        batch_op.drop_column('delivery_seconds')

    with op.batch_alter_table('checkouts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_checkouts_counted'))
        batch_op.drop_column('counted')

    op.drop_table('text_counts')
    op.drop_table('checkout_counts')
