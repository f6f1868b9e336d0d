"""guests of events, calendar addresses."""

import sqlalchemy as sa
from alembic import op

from storage import rows

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feeds",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", rows.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_calendar_feeds_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("key_digest", name=op.f("uq_calendar_feeds_key_digest")),
    )
    op.create_table(
        "event_guests",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("invited_at", rows.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_guests_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["members.id"], name=op.f("fk_event_guests_invited_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_guests")),
        sa.UniqueConstraint("key_digest", name=op.f("uq_event_guests_key_digest")),
        sa.UniqueConstraint("ref", name=op.f("uq_event_guests_ref")),
    )
    with op.batch_alter_table("event_guests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_guests_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_guests_invited_by"), ["invited_by"], unique=False)


def downgrade() -> None:
    op.drop_table("event_guests")
    op.drop_table("calendar_feeds")
