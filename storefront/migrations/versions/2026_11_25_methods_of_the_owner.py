"""What the owner sets of payment methods, and how far Yamato's screenings have come."""

import sqlalchemy as sa
from storefront.core.extensions import UtcDateTime
from alembic import op

revision = 'c41d7e5a90b2'
down_revision = 'a1d0e5c0ffee'
branch_labels = None
depends_on = None


def upgrade() -> None:
    screenings = op.create_table('screenings',
    sa.Column('service', sa.String(length=12), nullable=False),
    sa.Column('stage', sa.String(length=12), nullable=False),
    sa.PrimaryKeyConstraint('service', name=op.f('pk_screenings'))
    )
    op.create_table('payment_logos',
    sa.Column('mark', sa.String(length=32), nullable=False),
    sa.Column('png', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('mark', name=op.f('pk_payment_logos'))
    )
    with op.batch_alter_table('payment_methods', schema=None) as batch_op:
        batch_op.add_column(sa.Column('delivery_methods', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('sms_tries', sa.Integer(), nullable=False, server_default='3'))
        batch_op.add_column(sa.Column('sms_sends', sa.Integer(), nullable=False, server_default='3'))
        batch_op.add_column(sa.Column('sms_wait', sa.Integer(), nullable=False, server_default='30'))
        batch_op.add_column(sa.Column('logo', sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column('ranks', sa.JSON(), nullable=False, server_default='{}'))

    with op.batch_alter_table('yamato_connections', schema=None) as batch_op:
        # those that exist have been used as they are
        batch_op.add_column(sa.Column('live', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('checked_at', UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('check_end', sa.String(length=20), nullable=True))

    with op.batch_alter_table('checkouts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('payment', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('seen_terms', sa.JSON(), nullable=True))

    # a shop that takes orders on credit already has passed both screenings
    connected = op.get_bind().scalar(sa.text('SELECT count(*) FROM yamato_connections'))
    if connected:
        stages = [{'service': one, 'stage': 'complete'} for one in ('deferred', 'web-collect')]
        op.bulk_insert(screenings, stages)


def downgrade() -> None:
    with op.batch_alter_table('checkouts', schema=None) as batch_op:
        batch_op.drop_column('seen_terms')
        batch_op.drop_column('payment')

    with op.batch_alter_table('yamato_connections', schema=None) as batch_op:
        batch_op.drop_column('check_end')
        batch_op.drop_column('checked_at')
        batch_op.drop_column('live')

    with op.batch_alter_table('payment_methods', schema=None) as batch_op:
        for name in ('ranks', 'logo', 'sms_wait', 'sms_sends', 'sms_tries', 'delivery_methods'):
            batch_op.drop_column(name)

    op.drop_table('payment_logos')
    op.drop_table('screenings')
