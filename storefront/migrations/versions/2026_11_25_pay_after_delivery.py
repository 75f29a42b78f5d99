"""Credit at Yamato, parcels, requests for payment and hosted pages."""

import sqlalchemy as sa
from storefront.core.extensions import Sealed, UtcDateTime
from alembic import op

revision = 'ee8cbb39121a'
down_revision = 'b83d50a7c1e4'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('hosted_payments',
    sa.Column('token', sa.String(length=43), nullable=False),
    sa.Column('press', sa.String(length=64), nullable=True),
    sa.Column('checkout_id', sa.String(length=32), nullable=True),
    sa.Column('offer_mark', sa.String(length=32), nullable=True),
    sa.Column('order_id', sa.Integer(), nullable=True),
    sa.Column('order_number', sa.String(length=16), nullable=False),
    sa.Column('method', sa.String(length=40), nullable=False),
    sa.Column('means', sa.String(length=20), nullable=False),
    sa.Column('yen', sa.Integer(), nullable=False),
    sa.Column('locale', sa.String(length=2), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('opened_at', UtcDateTime(), nullable=False),
    sa.Column('settled_at', UtcDateTime(), nullable=True),
    sa.Column('snapshot', Sealed(), nullable=True),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=True),
    sa.PrimaryKeyConstraint('token', name=op.f('pk_hosted_payments'))
    )
    with op.batch_alter_table('hosted_payments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hosted_payments_checkout_id'), ['checkout_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hosted_payments_order_id'), ['order_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hosted_payments_press'), ['press'], unique=False)

    op.create_table('kuroneko_attempts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_number', sa.String(length=20), nullable=False),
    sa.Column('base', sa.String(length=16), nullable=False),
    sa.Column('checkout_id', sa.String(length=32), nullable=False),
    sa.Column('challenge_id', sa.String(length=32), nullable=False),
    sa.Column('division', sa.String(length=1), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('enquiries', sa.Integer(), nullable=False),
    sa.Column('asked_at', UtcDateTime(), nullable=False),
    sa.Column('ask_at', UtcDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kuroneko_attempts')),
    sa.UniqueConstraint('order_number', name=op.f('uq_kuroneko_attempts_order_number'))
    )
    with op.batch_alter_table('kuroneko_attempts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kuroneko_attempts_base'), ['base'], unique=False)
        batch_op.create_index(batch_op.f('ix_kuroneko_attempts_challenge_id'), ['challenge_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_kuroneko_attempts_checkout_id'), ['checkout_id'], unique=False)
        batch_op.create_index('ix_kuroneko_attempts_due', ['state', 'ask_at'], unique=False)

    op.create_table('kuroneko_calls',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_number', sa.String(length=20), nullable=False),
    sa.Column('api', sa.String(length=9), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('outcome', sa.String(length=120), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kuroneko_calls'))
    )
    with op.batch_alter_table('kuroneko_calls', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kuroneko_calls_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_kuroneko_calls_order_number'), ['order_number'], unique=False)

    op.create_table('sandbox_visits',
    sa.Column('token', sa.String(length=43), nullable=False),
    sa.Column('means', sa.String(length=20), nullable=False),
    sa.Column('yen', sa.Integer(), nullable=False),
    sa.Column('order_number', sa.String(length=16), nullable=False),
    sa.Column('return_url', sa.Text(), nullable=False),
    sa.Column('locale', sa.String(length=2), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=True),
    sa.Column('refunded', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('token', name=op.f('pk_sandbox_visits'))
    )
    with op.batch_alter_table('sandbox_visits', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sandbox_visits_number'), ['number'], unique=False)

    op.create_table('yamato_connections',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('merchant_code', sa.String(length=11), nullable=False),
    sa.Column('password', Sealed(), nullable=False),
    sa.Column('smartphone', sa.Boolean(), nullable=False),
    sa.Column('bundled', sa.Boolean(), nullable=False),
    sa.Column('other_carrier', sa.Boolean(), nullable=False),
    sa.Column('ship_days', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_yamato_connections'))
    )
    op.create_table('payment_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(length=22), nullable=False),
    sa.Column('issued_at', UtcDateTime(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('means', sa.String(length=12), nullable=True),
    sa.Column('store', sa.String(length=20), nullable=True),
    sa.Column('number', sa.String(length=40), nullable=True),
    sa.Column('chosen_at', UtcDateTime(), nullable=True),
    sa.Column('links_sent', sa.Integer(), nullable=False),
    sa.Column('link_sent_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_payment_requests_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_requests')),
    sa.UniqueConstraint('order_id', name=op.f('uq_payment_requests_order_id')),
    sa.UniqueConstraint('token', name=op.f('uq_payment_requests_token'))
    )
    with op.batch_alter_table('payment_requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_requests_due_on'), ['due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_requests_issued_at'), ['issued_at'], unique=False)

    op.create_table('shipments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('carrier', sa.String(length=8), nullable=False),
    sa.Column('slip', sa.String(length=20), nullable=False),
    sa.Column('shipped_at', UtcDateTime(), nullable=False),
    sa.Column('delivered_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_shipments_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shipments')),
    sa.UniqueConstraint('order_id', name=op.f('uq_shipments_order_id'))
    )
    with op.batch_alter_table('shipments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shipments_slip'), ['slip'], unique=False)

    with op.batch_alter_table('challenges', schema=None) as batch_op:
        batch_op.add_column(sa.Column('verifier', sa.String(length=12), nullable=False, server_default='own'))
        batch_op.add_column(sa.Column('taken', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('locale', sa.String(length=2), nullable=False, server_default='ja'))
        batch_op.add_column(sa.Column('blamed', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('answers_mark', sa.String(length=32), nullable=True))

    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.add_column(sa.Column('payment_reference', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('reduced_to', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('asked_at', UtcDateTime(), nullable=True))
        batch_op.create_index(batch_op.f('ix_orders_payment_reference'), ['payment_reference'], unique=False)

    with op.batch_alter_table('payment_methods', schema=None) as batch_op:
        batch_op.add_column(sa.Column('collector', sa.String(length=8), nullable=False, server_default='provider'))



def downgrade() -> None:
    with op.batch_alter_table('payment_methods', schema=None) as batch_op:
        batch_op.drop_column('collector')

    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_orders_payment_reference'))
        batch_op.drop_column('asked_at')
        batch_op.drop_column('reduced_to')
        batch_op.drop_column('payment_reference')

    with op.batch_alter_table('challenges', schema=None) as batch_op:
        batch_op.drop_column('answers_mark')
        batch_op.drop_column('blamed')
        batch_op.drop_column('locale')
        batch_op.drop_column('taken')
        batch_op.drop_column('verifier')

    with op.batch_alter_table('shipments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_shipments_slip'))

    op.drop_table('shipments')
    with op.batch_alter_table('payment_requests', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payment_requests_issued_at'))
        batch_op.drop_index(batch_op.f('ix_payment_requests_due_on'))

    op.drop_table('payment_requests')
    op.drop_table('yamato_connections')
    op.drop_table('sandbox_visits')
    with op.batch_alter_table('kuroneko_calls', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kuroneko_calls_order_number'))
        batch_op.drop_index(batch_op.f('ix_kuroneko_calls_at'))

    op.drop_table('kuroneko_calls')
    with op.batch_alter_table('kuroneko_attempts', schema=None) as batch_op:
        batch_op.drop_index('ix_kuroneko_attempts_due')
        batch_op.drop_index(batch_op.f('ix_kuroneko_attempts_checkout_id'))
        batch_op.drop_index(batch_op.f('ix_kuroneko_attempts_challenge_id'))
        batch_op.drop_index(batch_op.f('ix_kuroneko_attempts_base'))

    op.drop_table('kuroneko_attempts')
    with op.batch_alter_table('hosted_payments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hosted_payments_press'))
        batch_op.drop_index(batch_op.f('ix_hosted_payments_order_id'))
        batch_op.drop_index(batch_op.f('ix_hosted_payments_checkout_id'))

    op.drop_table('hosted_payments')
