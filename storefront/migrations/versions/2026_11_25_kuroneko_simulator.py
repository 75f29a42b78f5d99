"""What the Kuroneko simulator remembers."""

import sqlalchemy as sa
from storefront.core.extensions import Sealed, UtcDateTime
from alembic import op

revision = 'b83d50a7c1e4'
down_revision = 'f439e64c5f39'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('kuroneko_sim_records',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('merchant', sa.String(length=11), nullable=False),
    sa.Column('order_number', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('division', sa.String(length=1), nullable=False),
    sa.Column('person', sa.String(length=32), nullable=False),
    sa.Column('sent', Sealed(), nullable=False),
    sa.Column('amount_first', sa.Integer(), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('refusal', sa.String(length=1), nullable=True),
    sa.Column('sms_number', Sealed(), nullable=True),
    sa.Column('code', Sealed(), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('most_tries', sa.Integer(), nullable=False),
    sa.Column('sent_at', UtcDateTime(), nullable=True),
    sa.Column('expires_at', UtcDateTime(), nullable=True),
    sa.Column('undelivered_at', UtcDateTime(), nullable=True),
    sa.Column('warning', sa.Integer(), nullable=False),
    sa.Column('reissues', sa.Integer(), nullable=False),
    sa.Column('is_reissuing', sa.Boolean(), nullable=False),
    sa.Column('printed_at', UtcDateTime(), nullable=True),
    sa.Column('dates', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kuroneko_sim_records')),
    sa.UniqueConstraint('merchant', 'order_number', name=op.f('uq_kuroneko_sim_records_merchant'))
    )
    with op.batch_alter_table('kuroneko_sim_records', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kuroneko_sim_records_person'), ['person'], unique=False)
        batch_op.create_index(batch_op.f('ix_kuroneko_sim_records_state'), ['state'], unique=False)

    op.create_table('kuroneko_sim_slips',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['record_id'], ['kuroneko_sim_records.id'], name=op.f('fk_kuroneko_sim_slips_record_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kuroneko_sim_slips')),
    sa.UniqueConstraint('record_id', 'number', name=op.f('uq_kuroneko_sim_slips_record_id'))
    )
    with op.batch_alter_table('kuroneko_sim_slips', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kuroneko_sim_slips_number'), ['number'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('kuroneko_sim_slips', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kuroneko_sim_slips_number'))

    op.drop_table('kuroneko_sim_slips')
    with op.batch_alter_table('kuroneko_sim_records', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kuroneko_sim_records_state'))
        batch_op.drop_index(batch_op.f('ix_kuroneko_sim_records_person'))

    op.drop_table('kuroneko_sim_records')
