"""What was pressed by somebody who had to show first who it is, and sessions that are over."""

import sqlalchemy as sa
from alembic import op

revision = 'held_deeds'
down_revision = 'days_to_pay'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('admin_held_deeds',
    sa.Column('token', sa.String(length=24), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['admin_people.id'], name=op.f('fk_admin_held_deeds_person_id')),
    sa.PrimaryKeyConstraint('token', name=op.f('pk_admin_held_deeds'))
    )
    with op.batch_alter_table('admin_held_deeds', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_admin_held_deeds_made_at'), ['made_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_admin_held_deeds_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('admin_sessions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_over', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table('admin_sessions', schema=None) as batch_op:
        batch_op.drop_column('is_over')

    op.drop_table('admin_held_deeds')
