"""Runs the migrations on the connection that the caller hands over."""

from alembic import context

config = context.config


def render_type(kind: str, value: object, _autogen: object) -> str | bool:
    """Write our moment type as what it is in the database: migrations import nothing of ours."""
    if kind == "type" and type(value).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Run all migrations asked for, in one transaction per migration."""
    connection = config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=config.attributes.get("target_metadata"),
        render_as_batch=True,
        compare_type=True,
        include_name=config.attributes.get("include_name"),
        render_item=render_type,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
