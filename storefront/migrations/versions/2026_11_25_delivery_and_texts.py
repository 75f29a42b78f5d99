"""Delivery methods of their own; the shop's state, days of rest, wordings and limits."""

import sqlalchemy as sa
from alembic import op

revision = 'd17e5a3b9c04'
down_revision = 'c41d7e5a90b2'
branch_labels = None
depends_on = None

SLOTS = ["0812", "1416", "1618", "1820", "1921"]
NEW: tuple["sa.Column[object]", ...] = (
    sa.Column('privacy_extra', sa.Text(), nullable=False, server_default=''),
    sa.Column('privacy_extra_en', sa.Text(), nullable=False, server_default=''),
    sa.Column('is_open', sa.Boolean(), nullable=False, server_default=sa.true()),  # it sold before
    sa.Column('rest', sa.JSON(), nullable=False, server_default='{}'),
    sa.Column('wordings', sa.JSON(), nullable=False, server_default='{}'),
    sa.Column('texts_per_10_minutes', sa.Integer(), nullable=False, server_default='30'),
    sa.Column('texts_per_day', sa.Integer(), nullable=False, server_default='300'),
    sa.Column('yen_per_text', sa.Integer(), nullable=False, server_default='10'),
)
MOVED = ('shipping_fee', 'free_from', 'prepare_days')


def upgrade() -> None:
    methods = op.create_table('delivery_methods',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('shop_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=50), nullable=False),
    sa.Column('name_en', sa.String(length=80), nullable=False),
    sa.Column('carrier', sa.String(length=8), nullable=False),
    sa.Column('published', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('fee', sa.Integer(), nullable=False),
    sa.Column('fees', sa.JSON(), nullable=False),
    sa.Column('free_from', sa.Integer(), nullable=True),
    sa.Column('prepare_days', sa.Integer(), nullable=False),
    sa.Column('offers_dates', sa.Boolean(), nullable=False),
    sa.Column('days_offered', sa.Integer(), nullable=False),
    sa.Column('slots', sa.JSON(), nullable=False),
    sa.CheckConstraint('fee >= 0', name=op.f('ck_delivery_methods_fee')),
    sa.CheckConstraint('prepare_days >= 0', name=op.f('ck_delivery_methods_prepare_days')),
    sa.ForeignKeyConstraint(['shop_id'], ['shop.id'], name=op.f('fk_delivery_methods_shop_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery_methods')),
    sa.UniqueConstraint('code', name=op.f('uq_delivery_methods_code'))
    )
    with op.batch_alter_table('delivery_methods', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delivery_methods_shop_id'), ['shop_id'], unique=False)

    known = op.get_bind().execute(sa.text(f"SELECT id, {', '.join(MOVED)} FROM shop")).all()
    op.bulk_insert(methods, [
        {
            'shop_id': shop.id, 'code': 'standard', 'name': '宅急便', 'name_en': 'TA-Q-BIN parcel',
            'carrier': 'yamato', 'published': True, 'position': 0, 'fee': shop.shipping_fee,
            'fees': {}, 'free_from': shop.free_from, 'prepare_days': shop.prepare_days,
            'offers_dates': True, 'days_offered': 14, 'slots': SLOTS,
        }
        for shop in known
    ])
    for column in NEW:
        op.add_column('shop', column)
    for name in MOVED:
        op.drop_column('shop', name)


def downgrade() -> None:
    op.add_column('shop', sa.Column('shipping_fee', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('shop', sa.Column('free_from', sa.Integer(), nullable=True))
    op.add_column('shop', sa.Column('prepare_days', sa.Integer(), nullable=False, server_default='2'))
    first = sa.text(
        'UPDATE shop SET (shipping_fee, free_from, prepare_days) = (SELECT fee, free_from, prepare_days'
        ' FROM delivery_methods WHERE shop_id = shop.id ORDER BY position, id LIMIT 1)'
    )
    op.execute(first)
    for column in reversed(NEW):
        op.drop_column('shop', column.name)
    op.drop_table('delivery_methods')
