"""What each person agrees to, purpose by purpose."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.add_column(sa.Column("purposes", sa.String(length=400), server_default=sa.text("''"), nullable=False))

    # What people have been here for so far is what they agreed to: contact persons to be found and nudged,
    # whoever noted a promise to be reminded of it, whoever is in a circle to meet.
    op.execute("UPDATE members SET purposes = 'found nudges' WHERE roles LIKE '%mentor%'")
    op.execute("UPDATE members SET purposes = 'nudges' WHERE purposes = '' AND id IN (SELECT member_id FROM promises)")
    op.execute(
        "UPDATE members SET purposes = TRIM(purposes || ' meetups') WHERE id IN (SELECT member_id FROM circle_members)"
    )


def downgrade() -> None:
    # Not as a batch: on SQLite that would build the table of members anew, and everything that belongs to them would go.
    op.drop_column("members", "purposes")
