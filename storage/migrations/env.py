"""How alembic reaches the database: `storage.schema` hands it a connection, `alembic` on the command line a URL."""

from alembic import context
from sqlalchemy import Connection, create_engine, make_url

from storage.schema import metadata


def _migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, user_module_prefix="rows.")
    with context.begin_transaction():
        context.run_migrations()


def _url() -> str:
    url = make_url(context.config.get_main_option("sqlalchemy.url") or "sqlite:///silta.db")
    driver = "sqlite" if url.get_backend_name() == "sqlite" else "postgresql+psycopg"
    return url.set(drivername=driver).render_as_string(hide_password=False)


if (given := context.config.attributes.get("connection")) is not None:
    _migrate(given)
else:
    with create_engine(_url()).connect() as opened:
        _migrate(opened)
