"""Withdrawn variants, changes that are counted, and files on their way in."""

import sqlalchemy as sa
from storefront.core.extensions import UtcDateTime
from alembic import op

revision = 'c47a90d1f3b2'
down_revision = 'c4e1a9d27b30'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('products', schema=None) as batch_op:
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default='1'))

    with op.batch_alter_table('variants', schema=None) as batch_op:
        batch_op.add_column(sa.Column('withdrawn', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('stocktakes', sa.Integer(), nullable=False, server_default='0'))

    op.create_table('product_imports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('file', sa.String(length=120), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('locale', sa.String(length=2), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('rows_done', sa.Integer(), nullable=False),
    sa.Column('faults', sa.JSON(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('to_index', sa.JSON(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('ended_at', UtcDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_product_imports'))
    )
    with op.batch_alter_table('product_imports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_product_imports_created_at'), ['created_at'], unique=False)


    with op.batch_alter_table('search_grams', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_search_grams_product_id'), ['product_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('search_grams', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_search_grams_product_id'))

    op.drop_table('product_imports')
    with op.batch_alter_table('variants', schema=None) as batch_op:
        batch_op.drop_column('stocktakes')
        batch_op.drop_column('withdrawn')

    with op.batch_alter_table('products', schema=None) as batch_op:
        batch_op.drop_column('version')
