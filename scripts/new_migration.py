"""Write the next migration: what the models say and the newest migration does not yet make.

    make migration NAME=retire_answers

The file gets the next running number. Read it before you commit: renames look like a removal
and an addition, and rows that must be kept or filled need lines of your own.
"""

import re
import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from hub import factory, migrating
from hub.db import Base


def main() -> int:
    """Run from the command line; give the exit status."""
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    if not re.fullmatch(r"[a-z][a-z0-9_]+", name):
        sys.stderr.write(
            "name the migration in small letters: make migration NAME=retire_answers\n"
        )
        return 2
    # The factory knows every feature, so that all tables are on the metadata by now.
    assert factory.BLUEPRINTS  # noqa: S101
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'empty.sqlite'}")
        migrating.upgrade(engine)
        with engine.connect() as connection:
            config = migrating.alembic_config(connection)
            config.attributes["target_metadata"] = Base.metadata
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            number = f"{int(migrating.newest_revision()) + 1:04d}"
            made = command.revision(config, name, autogenerate=True, rev_id=number)
        engine.dispose()
    sys.stdout.write(f"{getattr(made, 'path', number)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
