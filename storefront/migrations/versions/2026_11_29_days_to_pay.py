"""The days in which a method's money has to come.

Methods keep the days that their own sentence names; orders that were placed before have no last
day, as their money could not be confirmed.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = 'days_to_pay'
down_revision = 'money_on_the_account'
branch_labels = None
depends_on = None

METHODS = sa.table(
    'payment_methods',
    *(sa.column(name) for name in ('id', 'kind', 'days_to_pay', 'summary', 'summary_en', 'payment_time', 'payment_time_en', 'instructions', 'instructions_en')),
)
TEXTS = [column.name for column in METHODS.columns][3:]
DAYS = re.compile(r'([0-9]{1,2})(?=日以内)|(?<=within )([0-9]{1,2})(?= days)')
USUAL = 7


def upgrade() -> None:
    op.add_column('orders', sa.Column('pay_by', sa.Date(), nullable=True))
    op.add_column('payment_methods', sa.Column('days_to_pay', sa.Integer(), nullable=False, server_default=str(USUAL)))
    _name_the_gap()


def _name_the_gap() -> None:
    """Where a text says in how many days, the number becomes the gap {days}."""
    prepaid = sa.select(METHODS).where(METHODS.c.kind.in_(['bank_transfer', 'cvs']))
    for method in op.get_bind().execute(prepaid).mappings().all():
        found = DAYS.search(method['payment_time'])
        days = int(found.group()) if found else USUAL
        texts = {name: _with_gap(method[name], days) for name in TEXTS}
        change = sa.update(METHODS).where(METHODS.c.id == method['id'])
        op.execute(change.values(days_to_pay=days, **texts))


def _with_gap(text: str, days: int) -> str:
    """Only the same number: another one means something else."""
    return DAYS.sub(lambda found: '{days}' if int(found.group()) == days else found.group(), text)


def downgrade() -> None:
    for method in op.get_bind().execute(sa.select(METHODS)).mappings().all():
        texts = {name: method[name].replace('{days}', str(method['days_to_pay'])) for name in TEXTS}
        op.execute(sa.update(METHODS).where(METHODS.c.id == method['id']).values(**texts))
    op.drop_column('payment_methods', 'days_to_pay')
    op.drop_column('orders', 'pay_by')
