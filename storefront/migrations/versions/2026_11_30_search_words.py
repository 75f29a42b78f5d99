"""Other spellings of a product, and what search reads below its names.

Products are found by their names as ever; the worker reads them anew within minutes.
"""

import sqlalchemy as sa
from alembic import op

revision = 'search_words'
down_revision = 'saved_details'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('products', schema=None) as batch_op:
        batch_op.add_column(sa.Column('other_spellings', sa.String(200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('search_words', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('search_version', sa.Integer(), nullable=False, server_default='0'))
        batch_op.alter_column('search_text', existing_type=sa.String(600), type_=sa.Text(), existing_nullable=False)
        batch_op.create_index(batch_op.f('ix_products_search_version'), ['search_version'])
    with op.batch_alter_table('search_grams', schema=None) as batch_op:
        batch_op.alter_column('gram', existing_type=sa.String(2), type_=sa.String(8), existing_nullable=False)


def downgrade() -> None:
    op.execute('DELETE FROM search_grams WHERE length(gram) > 2 OR position >= 1000000')
    with op.batch_alter_table('search_grams', schema=None) as batch_op:
        batch_op.alter_column('gram', existing_type=sa.String(8), type_=sa.String(2), existing_nullable=False)
    with op.batch_alter_table('products', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_products_search_version'))
        batch_op.alter_column('search_text', existing_type=sa.Text(), type_=sa.String(600), existing_nullable=False, postgresql_using='left(search_text, 600)')
        batch_op.drop_column('search_version')
        batch_op.drop_column('search_words')
        batch_op.drop_column('other_spellings')
