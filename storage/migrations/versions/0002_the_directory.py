"""The directory as it is searched, and who avoids whom."""

import sqlalchemy as sa
from alembic import op

from storage import rows

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ORDER = ["fullness", "load", "last_contact_at", "member_id", "institution"]
_LISTED = """
    SELECT f.member_id, f.code, m.workspace, m.languages, m.country, m.region, m.institution, m.capacity,
           m.last_contact_at,
           (SELECT count(*) FROM introductions i WHERE i.contact_id = m.id AND i.state IN ('asked', 'open'))
           + (SELECT count(*) FROM waits w WHERE w.contact_id = m.id AND w.state = 'offered') AS taken
    FROM member_fields f JOIN members m ON m.id = f.member_id
    WHERE m.availability = 'open' AND m.deactivated_at IS NULL AND m.external_id IS NOT NULL AND m.capacity > 0
      AND ' ' || m.roles || ' ' LIKE '% mentor %'
"""


def upgrade() -> None:
    listings = op.create_table(
        "listings",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("region", sa.String(length=100), nullable=False),
        sa.Column("institution", sa.String(length=200), nullable=False),
        sa.Column("fullness", sa.Double(), nullable=False),
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("last_contact_at", rows.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_listings_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member_id", "code", "language", name=op.f("pk_listings")),
    )
    op.create_index(
        "ix_listings_by_region", "listings", ["workspace", "code", "language", "country", "region", *_ORDER]
    )
    op.create_index("ix_listings_by_country", "listings", ["workspace", "code", "language", "country", *_ORDER])
    op.create_index("ix_listings_by_field", "listings", ["workspace", "code", "language", *_ORDER])
    op.create_index("ix_listings_by_institution", "listings", ["workspace", "institution", "language", "code"])
    op.create_table(
        "avoids",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("since", rows.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_avoids_member_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["members.id"], name=op.f("fk_avoids_other_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member_id", "other_id", name=op.f("pk_avoids")),
    )
    op.create_index(op.f("ix_avoids_other_id"), "avoids", ["other_id"])
    coordinators = sa.text("roles LIKE '%coordinator%'")
    op.create_index(
        "ix_members_coordinators",
        "members",
        ["workspace"],
        sqlite_where=coordinators,
        postgresql_where=coordinators,
    )
    _list_everybody(listings)


def _list_everybody(listings: sa.Table) -> None:
    """Whoever can be asked already is found as before; from now on the program keeps the list."""
    found = op.get_bind().execute(sa.text(_LISTED).columns(last_contact_at=rows.UtcDateTime())).mappings()
    new = [
        {
            "member_id": one["member_id"],
            "code": one["code"],
            "language": language,
            "workspace": one["workspace"],
            "country": one["country"] or "",
            "region": one["region"] or "",
            "institution": one["institution"] or "",
            "fullness": one["taken"] / one["capacity"],
            "load": one["taken"],
            "last_contact_at": one["last_contact_at"] or rows.NEVER,
        }
        for one in found
        for language in dict.fromkeys((one["languages"] or "").split() or [""]) | {"*": None}
    ]
    op.bulk_insert(listings, new)


def downgrade() -> None:
    op.drop_index("ix_members_coordinators", table_name="members")
    op.drop_table("avoids")
    op.drop_table("listings")
