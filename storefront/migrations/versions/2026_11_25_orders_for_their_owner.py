"""Orders as their owner finds them, and deeds for many of them at once."""

import sqlalchemy as sa
from storefront.core.extensions import Sealed, UtcDateTime
from alembic import op

revision = 'c4e1a9d27b30'
down_revision = 'd17e5a3b9c04'
branch_labels = None
depends_on = None

ON_CREDIT = sa.text('payment_reference IS NOT NULL')
LISTED: tuple[tuple[str, ...], ...] = (
    ('status',),
    ('payment_status',),
    ('payment_code',),
    ('status', 'payment_status'),
    ('status', 'payment_code'),
    ('payment_status', 'payment_code'),
    ('status', 'payment_status', 'payment_code'),
)
CREDIT: dict[str, tuple[str, ...]] = {'on_credit': (), 'on_credit_standing': ('standing',), 'on_credit_payment_status': ('payment_status',)}
PLACE = ('placed_at', 'id')


def upgrade() -> None:
    op.create_table('bulk_jobs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('deed', sa.String(length=12), nullable=False),
    sa.Column('carrier', sa.String(length=8), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=False),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('started_at', UtcDateTime(), nullable=True),
    sa.Column('finished_at', UtcDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulk_jobs'))
    )
    op.create_index(op.f('ix_bulk_jobs_made_by'), 'bulk_jobs', ['made_by'])
    op.create_table('bulk_results',
    sa.Column('job_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('slip', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('reason', sa.String(length=160), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=True),
    sa.Column('brought', Sealed(), nullable=True),
    sa.ForeignKeyConstraint(['job_id'], ['bulk_jobs.id'], name=op.f('fk_bulk_results_job_id')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_bulk_results_order_id')),
    sa.PrimaryKeyConstraint('job_id', 'position', name=op.f('pk_bulk_results'))
    )
    op.create_index(op.f('ix_bulk_results_order_id'), 'bulk_results', ['order_id'])
    op.create_table('order_marks',
    sa.Column('mark', sa.String(length=32), nullable=False),
    sa.Column('placed_at', UtcDateTime(), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_marks_order_id')),
    sa.PrimaryKeyConstraint('mark', 'placed_at', 'order_id', name=op.f('pk_order_marks')),
    sqlite_with_rowid=False
    )
    op.create_table('order_checks',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('method', sa.String(length=40), nullable=False),
    sa.Column('verifier', sa.String(length=12), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('sent_at', UtcDateTime(), nullable=False),
    sa.Column('reported_at', UtcDateTime(), nullable=True),
    sa.Column('passed_at', UtcDateTime(), nullable=True),
    sa.Column('ended', sa.String(length=12), nullable=True),
    sa.Column('outcome_unknown', sa.Boolean(), nullable=False),
    sa.Column('texts', sa.Integer(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('provider', sa.String(length=20), nullable=True),
    sa.Column('delivery', sa.String(length=12), nullable=True),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_checks_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_checks'))
    )
    op.create_index(op.f('ix_order_checks_order_id'), 'order_checks', ['order_id'])

    with op.batch_alter_table('challenges', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reported_at', UtcDateTime(), nullable=True))

    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.add_column(sa.Column('standing', sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column('is_marked', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('staff_note', Sealed(), nullable=True))

    for columns in LISTED:
        op.create_index(f"ix_orders_listed_{'_'.join(columns)}", 'orders', [*columns, *PLACE])
    for name, columns in CREDIT.items():
        op.create_index(
            f'ix_orders_{name}', 'orders', [*columns, *PLACE],
            sqlite_where=ON_CREDIT, postgresql_where=ON_CREDIT,
        )
    op.create_index(
        'ix_orders_unmarked', 'orders', ['id'],
        sqlite_where=sa.text('is_marked IS 0'), postgresql_where=sa.text('is_marked IS false'),
    )
    op.create_index('ix_outbox_about', 'outbox', ['about', 'kind'])


def downgrade() -> None:
    op.drop_index('ix_outbox_about', 'outbox')
    op.drop_index('ix_orders_unmarked', 'orders')
    for name in CREDIT:
        op.drop_index(f'ix_orders_{name}', 'orders')
    for columns in LISTED:
        op.drop_index(f"ix_orders_listed_{'_'.join(columns)}", 'orders')
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.drop_column('staff_note')
        batch_op.drop_column('is_marked')
        batch_op.drop_column('standing')
    with op.batch_alter_table('challenges', schema=None) as batch_op:
        batch_op.drop_column('reported_at')
    op.drop_table('order_checks')
    op.drop_table('order_marks')
    op.drop_table('bulk_results')
    op.drop_table('bulk_jobs')
