"""The contract with Yamato that credit was asked for under, as far as it is known of the past.

The call log holds the merchant code of each request; the rest is the connection as it is. An order
that was no trial was placed under the real contract, but for the simulated Yamato of a demo shop,
whose orders all count.
"""

import sqlalchemy as sa
from alembic import op

revision = 'contracts'
down_revision = 'never_open'
branch_labels = None
depends_on = None

SIMULATED = '12345678901'
LIVE, TEST = '/live', '/test'

orders = sa.table(
    'orders',
    sa.column('payment_reference', sa.String),
    sa.column('is_test', sa.Boolean),
    sa.column('contract', sa.String),
)
attempts = sa.table(
    'kuroneko_attempts', sa.column('order_number', sa.String), sa.column('contract', sa.String)
)
connections = sa.table(
    'yamato_connections', sa.column('merchant_code', sa.String), sa.column('live', sa.Boolean)
)
calls = sa.table(
    'kuroneko_calls',
    sa.column('order_number', sa.String),
    sa.column('api', sa.String),
    sa.column('fields', sa.JSON),
)


def upgrade() -> None:
    for table in ('orders', 'kuroneko_attempts'):
        op.add_column(table, sa.Column('contract', sa.String(length=16), nullable=True))
    connection = op.get_bind()
    known = connection.execute(sa.select(connections.c.merchant_code, connections.c.live)).first()
    code = known.merchant_code if known else ''
    if known:
        now = LIVE if known.live else TEST
        fill(connection, code, now if code == SIMULATED else LIVE)
        connection.execute(sa.update(attempts).values(contract=code + now))
    said = calls.c.fields['ycfStrCode'].as_string()
    others = sa.select(said, calls.c.order_number).where(calls.c.api == 'KAARA0010', said != code)
    for other, number in connection.execute(others.distinct()).all():
        fill(connection, other, LIVE, orders.c.payment_reference == number)
        mine = attempts.c.order_number == number
        connection.execute(sa.update(attempts).where(mine).values(contract=other + LIVE))


def fill(
    connection: sa.Connection, code: str, usual: str, *which: sa.ColumnElement[bool]
) -> None:
    mark = sa.case((orders.c.is_test, code + TEST), else_=code + usual)
    known = sa.update(orders).where(orders.c.payment_reference.is_not(None), *which)
    connection.execute(known.values(contract=mark))


def downgrade() -> None:
    for table in ('orders', 'kuroneko_attempts'):
        op.drop_column(table, 'contract')
