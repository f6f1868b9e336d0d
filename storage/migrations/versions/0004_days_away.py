"""Days away, and the time zone last seen at Slack."""

import sqlalchemy as sa
from alembic import op

from storage import rows

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "away_periods",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("said_at", rows.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_away_periods_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_away_periods")),
        sa.UniqueConstraint("ref", name=op.f("uq_away_periods_ref")),
    )
    op.create_index(op.f("ix_away_periods_member_id"), "away_periods", ["member_id"])
    op.create_index(op.f("ix_away_periods_ends_on"), "away_periods", ["ends_on"])
    op.add_column("members", sa.Column("seen_timezone", sa.String(length=64), nullable=True))


def downgrade() -> None:
    op.drop_column("members", "seen_timezone")
    op.drop_table("away_periods")
