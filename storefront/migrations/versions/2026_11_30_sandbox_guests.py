"""Guests of a test shop: browsers that were brought into a state."""

import sqlalchemy as sa
from alembic import op

from storefront.core.extensions import UtcDateTime

revision = 'sandbox_guests'
down_revision = 'sandbox_kit'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sandbox_guests',
    sa.Column('token', sa.String(length=22), nullable=False),
    sa.Column('since', UtcDateTime(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('status', sa.Integer(), nullable=False),
    sa.Column('content_type', sa.String(length=80), nullable=False),
    sa.Column('html', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('token', name=op.f('pk_sandbox_guests'))
    )
    op.create_index(op.f('ix_sandbox_guests_since'), 'sandbox_guests', ['since'])


def downgrade() -> None:
    op.drop_table('sandbox_guests')
