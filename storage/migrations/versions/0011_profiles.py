"""What people say of themselves, who has been welcomed, who is a guest, and whom a leader has still to confirm."""

import sqlalchemy as sa
from alembic import op

from storage import rows

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

COLUMNS = ("wish", "welcomed_at", "joined_at", "confirmation", "vouched_roles", "is_guest")


def upgrade() -> None:
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wish", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("welcomed_at", rows.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("joined_at", rows.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("confirmation", sa.String(length=16), server_default=sa.text("'not_needed'"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("vouched_roles", sa.String(length=400), server_default=sa.text("''"), nullable=False)
        )
        batch_op.add_column(sa.Column("is_guest", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("introductions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_introductions_workspace_requested_at"), ["workspace", "requested_at"], unique=False
        )

    # So far every role has come from a members file, which a coordinator brings.
    op.execute("UPDATE members SET vouched_roles = roles")


def downgrade() -> None:
    op.drop_index(op.f("ix_introductions_workspace_requested_at"), table_name="introductions")
    # Not as a batch: on SQLite that would build the table of members anew, and everything that belongs to them would go.
    for column in reversed(COLUMNS):
        op.drop_column("members", column)
