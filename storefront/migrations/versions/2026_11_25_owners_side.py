"""Who looks after the shop, and the audit log."""

import sqlalchemy as sa
from storefront.core.extensions import Sealed, UtcDateTime
from alembic import op
revision = 'a1d0e5c0ffee'
down_revision = 'ee8cbb39121a'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('admin_passkey_challenges',
    sa.Column('challenge', sa.LargeBinary(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('challenge', name=op.f('pk_admin_passkey_challenges'))
    )
    with op.batch_alter_table('admin_passkey_challenges', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_admin_passkey_challenges_made_at'), ['made_at'], unique=False)

    op.create_table('admin_people',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('role', sa.String(length=8), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('is_password_new', sa.Boolean(), nullable=False),
    sa.Column('totp_secret', Sealed(), nullable=True),
    sa.Column('totp_step', sa.Integer(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('left_at', UtcDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_admin_people')),
    sa.UniqueConstraint('email', name=op.f('uq_admin_people_email'))
    )
    op.create_table('audit_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('who', sa.String(length=254), nullable=False),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.Column('previous', sa.String(length=32), nullable=False),
    sa.Column('seal', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entries')),
    sa.UniqueConstraint('previous', name=op.f('uq_audit_entries_previous'))
    )
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entries_action'), ['action'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entries_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entries_subject'), ['subject'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entries_who'), ['who'], unique=False)

    op.create_table('admin_passkeys',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('credential', sa.LargeBinary(), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('sign_count', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('used_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['admin_people.id'], name=op.f('fk_admin_passkeys_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_admin_passkeys')),
    sa.UniqueConstraint('credential', name=op.f('uq_admin_passkeys_credential'))
    )
    with op.batch_alter_table('admin_passkeys', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_admin_passkeys_person_id'), ['person_id'], unique=False)

    op.create_table('admin_recovery_codes',
    sa.Column('digest', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('used_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['admin_people.id'], name=op.f('fk_admin_recovery_codes_person_id')),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_admin_recovery_codes'))
    )
    with op.batch_alter_table('admin_recovery_codes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_admin_recovery_codes_person_id'), ['person_id'], unique=False)

    op.create_table('admin_sessions',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('is_whole', sa.Boolean(), nullable=False),
    sa.Column('began_at', UtcDateTime(), nullable=False),
    sa.Column('seen_at', UtcDateTime(), nullable=False),
    sa.Column('proven_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['admin_people.id'], name=op.f('fk_admin_sessions_person_id')),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_admin_sessions'))
    )
    with op.batch_alter_table('admin_sessions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_admin_sessions_began_at'), ['began_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_admin_sessions_person_id'), ['person_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('admin_sessions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_admin_sessions_person_id'))
        batch_op.drop_index(batch_op.f('ix_admin_sessions_began_at'))

    op.drop_table('admin_sessions')
    with op.batch_alter_table('admin_recovery_codes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_admin_recovery_codes_person_id'))

    op.drop_table('admin_recovery_codes')
    with op.batch_alter_table('admin_passkeys', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_admin_passkeys_person_id'))

    op.drop_table('admin_passkeys')
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entries_who'))
        batch_op.drop_index(batch_op.f('ix_audit_entries_subject'))
        batch_op.drop_index(batch_op.f('ix_audit_entries_at'))
        batch_op.drop_index(batch_op.f('ix_audit_entries_action'))

    op.drop_table('audit_entries')
    op.drop_table('admin_people')
    with op.batch_alter_table('admin_passkey_challenges', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_admin_passkey_challenges_made_at'))

    op.drop_table('admin_passkey_challenges')
