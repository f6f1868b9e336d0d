"""When a contact person's profile was confirmed, and where the asker's card about a request stands."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("confirmed_on", sa.Date(), nullable=True))
    op.add_column("members", sa.Column("confirm_due_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_members_confirm_due_on"), "members", ["confirm_due_on"])
    # Nobody knows when those who are here already were confirmed; they are asked in a year, not all tomorrow.
    in_a_year = sa.text("UPDATE members SET confirm_due_on = :due_on WHERE roles LIKE '%mentor%'")
    due_on = (datetime.now(UTC) + timedelta(days=365)).date()
    op.execute(in_a_year.bindparams(sa.bindparam("due_on", due_on, sa.Date())))
    op.add_column("introductions", sa.Column("card_channel", sa.String(length=32), nullable=True))
    op.add_column("introductions", sa.Column("card_ts", sa.String(length=32), nullable=True))


def downgrade() -> None:
    op.drop_column("introductions", "card_ts")
    op.drop_column("introductions", "card_channel")
    op.drop_index(op.f("ix_members_confirm_due_on"), "members")
    op.drop_column("members", "confirm_due_on")
    op.drop_column("members", "confirmed_on")
