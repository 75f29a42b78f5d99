"""A method's texts name whoever sends the request for payment by the gap {sender}.

Only sentences that the shop proposed itself are put into new words: those of an owner stay.
"""

import sqlalchemy as sa
from alembic import op

revision = 'senders_by_name'
down_revision = 'names_in_one_spelling'
branch_labels = None
depends_on = None

SMARTPHONE, PAYSLIP = 'kuroneko_smartphone', 'kuroneko_payslip'
REWORDED = (
    (
        SMARTPHONE,
        'payment_time',
        'ヤマト運輸株式会社からメールとSMSで届く',
        '{sender}からメールとSMSで届く',
    ),
    (
        SMARTPHONE,
        'payment_time_en',
        'After delivery, Yamato Transport sends an email and SMS with a link.',
        'After delivery, you get an email and an SMS with a link from {sender}.',
    ),
    (
        SMARTPHONE,
        'instructions',
        '商品のお届け後にメールとSMSで届くURLから、',
        '商品のお届け後に{sender}からメールとSMSで届くURLで、',
    ),
    (
        SMARTPHONE,
        'instructions_en',
        'After delivery you get an email and an SMS with a link where',
        'After delivery you get an email and an SMS from {sender} with a link where',
    ),
    (PAYSLIP, 'payment_time', 'ヤマト運輸株式会社から郵送される', '{sender}から郵送される'),
    (PAYSLIP, 'payment_time_en', 'Yamato Transport posts a payslip', '{sender} posts a payslip'),
)


def upgrade() -> None:
    for kind, column, old, new in REWORDED:
        _reword(kind, column, old, new)


def downgrade() -> None:
    for kind, column, old, new in REWORDED:
        _reword(kind, column, new, old)


def _reword(kind: str, column: str, old: str, new: str) -> None:
    methods = sa.table('payment_methods', sa.column('kind'), sa.column(column))
    text = methods.c[column]
    reworded = sa.update(methods).where(methods.c.kind == kind)
    op.execute(reworded.values({text: sa.func.replace(text, old, new)}))
