"""Since when a request for credit is not answered: until it cannot arrive any more, that Yamato
knows of no such order is no answer."""

import sqlalchemy as sa
from alembic import op

revision = 'slow_credit'
down_revision = 'contracts'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('kuroneko_attempts', sa.Column('unanswered_since', sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('kuroneko_attempts', schema=None) as batch_op:
        batch_op.drop_column('unanswered_since')
