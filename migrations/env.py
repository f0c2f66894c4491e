"""Runs the migrations on the connection that the caller hands over."""

from alembic import context

config = context.config


def run() -> None:
    """Run all migrations asked for, in one transaction per migration."""
    connection = config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=config.attributes.get("target_metadata"),
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
