"""The pace of delivery, and the first look for a lost answer."""

import sqlalchemy as sa
from alembic import op

from storage import rows

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paces",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("arrival_at", rows.UtcDateTime(timezone=True), nullable=True),
        sa.Column("blocked_until", rows.UtcDateTime(timezone=True), nullable=True),
        sa.Column("slowed_until", rows.UtcDateTime(timezone=True), nullable=True),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=100), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "method", "channel", name=op.f("pk_paces")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("looked_up_at", rows.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("spread_at", rows.UtcDateTime(timezone=True), nullable=True))
        batch_op.create_index("ix_outbox_in_order", ["state", "priority", "not_before"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_in_order")
        batch_op.drop_column("spread_at")
        batch_op.drop_column("looked_up_at")

    op.drop_table("paces")
