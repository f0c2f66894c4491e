"""The six roles of the desk and the scope in which each is given."""

from typing import Final

# role -> what its scope is
ROLES: Final[dict[str, str]] = {
    "volunteer": "hub",
    "coordinator": "hub",
    "editor": "municipality",
    "checker": "language",
    "analyst": "municipality",
    "administrator": "municipality",
}
