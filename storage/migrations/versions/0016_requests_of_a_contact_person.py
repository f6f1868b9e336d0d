"""the requests that reached a contact person lately, counted for those who are looked at."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("introductions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_introductions_contact_id_requested_at"), ["contact_id", "requested_at"], unique=False
        )
        batch_op.drop_index(batch_op.f("ix_introductions_workspace_requested_at"))


def downgrade() -> None:
    with op.batch_alter_table("introductions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_introductions_workspace_requested_at"), ["workspace", "requested_at"], unique=False
        )
        batch_op.drop_index(batch_op.f("ix_introductions_contact_id_requested_at"))
