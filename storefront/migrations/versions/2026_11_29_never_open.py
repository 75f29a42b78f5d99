"""Whether the shop was ever open; one that is there already may have been, and shows its goods."""

import sqlalchemy as sa
from alembic import op

revision = 'never_open'
down_revision = 'c0a47f1e9d52'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('shop', sa.Column('is_new', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column('shop', 'is_new')
