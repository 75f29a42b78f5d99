"""The sandbox moves the time of one checkout on, and knows whose pieces were set by a tester."""

import sqlalchemy as sa
from alembic import op

revision = 'sandbox_kit'
down_revision = 'search_words'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sandbox_head_starts',
    sa.Column('checkout_id', sa.String(length=32), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('checkout_id', name=op.f('pk_sandbox_head_starts'))
    )
    op.create_table('sandbox_counted',
    sa.Column('sku', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('sku', name=op.f('pk_sandbox_counted'))
    )


def downgrade() -> None:
    op.drop_table('sandbox_counted')
    op.drop_table('sandbox_head_starts')
