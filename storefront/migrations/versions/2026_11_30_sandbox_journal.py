"""The sandbox's journal of what the shop asked outside, and faults that wait for a request."""

import sqlalchemy as sa
from alembic import op

from storefront.core.extensions import UtcDateTime

revision = 'sandbox_journal'
down_revision = 'sandbox_guests'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sandbox_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('to', sa.String(length=8), nullable=False),
    sa.Column('what', sa.String(length=12), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('checkout_id', sa.String(length=32), nullable=True),
    sa.Column('sent', sa.JSON(), nullable=False),
    sa.Column('answer', sa.String(length=40), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sandbox_requests'))
    )
    for name in ('to', 'checkout_id'):
        op.create_index(op.f(f'ix_sandbox_requests_{name}'), 'sandbox_requests', [name])
    op.create_table('sandbox_faults',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('to', sa.String(length=8), nullable=False),
    sa.Column('left', sa.Integer(), nullable=False),
    sa.Column('status', sa.Integer(), nullable=True),
    sa.Column('delay', sa.Double(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sandbox_faults'))
    )
    op.create_index(op.f('ix_sandbox_faults_to'), 'sandbox_faults', ['to'])


def downgrade() -> None:
    op.drop_table('sandbox_faults')
    op.drop_table('sandbox_requests')
