"""The request from which a row of the outbox follows, for the log."""

import sqlalchemy as sa
from alembic import op

revision = 'request_ids'
down_revision = 'given_back'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('outbox', sa.Column('request_id', sa.String(64), nullable=True))


def downgrade() -> None:
    op.drop_column('outbox', 'request_id')
