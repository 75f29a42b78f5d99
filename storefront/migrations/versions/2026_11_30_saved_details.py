"""Drafts of the order form, in the order they were typed in, and details saved for the next one."""

import sqlalchemy as sa
from alembic import op

from storefront.core.extensions import Sealed, UtcDateTime

revision = 'saved_details'
down_revision = 'after_the_order'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('checkouts', sa.Column('typed_at', sa.BigInteger(), nullable=True))
    op.create_table('saved_details',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('details', Sealed(), nullable=False),
    sa.Column('used_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_details'))
    )
    op.create_index(op.f('ix_saved_details_used_at'), 'saved_details', ['used_at'])


def downgrade() -> None:
    op.drop_table('saved_details')
    op.drop_column('checkouts', 'typed_at')
