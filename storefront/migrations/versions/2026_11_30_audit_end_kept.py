"""The audit log's end is kept outside the database, for a log from before that was done, too.

From this revision on, a log without its file is one whose file was taken away.
"""

from pathlib import Path

import sqlalchemy as sa
import structlog
from alembic import op
from flask import current_app

from storefront.core import clock, private_files

revision = 'audit_end_kept'
down_revision = 'erased_persons'
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    length = bind.scalar(sa.text('SELECT count(*) FROM audit_entries'))
    seal = bind.scalar(sa.text('SELECT seal FROM audit_entries ORDER BY id DESC LIMIT 1'))
    path = Path(current_app.instance_path) / 'audit-seals.log'
    if length and not path.exists():
        private_files.append(path, f'{clock.now().isoformat()} {length} {seal}')
        structlog.get_logger().info('audit', length=length, seal=seal)


def downgrade() -> None:
    pass
