"""The six roles of the desk and the scope in which each is given."""

from typing import Final

from hub.i18n import N_

# role -> what its scope is
ROLES: Final[dict[str, str]] = {
    "volunteer": "hub",
    "coordinator": "hub",
    "editor": "municipality",
    "checker": "language",
    "analyst": "municipality",
    "administrator": "municipality",
}

# What people call them; `gettext` at the moment of showing.
ROLE_NAMES: Final[dict[str, str]] = {
    "volunteer": N_("Volunteer"),
    "coordinator": N_("Coordinator"),
    "editor": N_("Editor"),
    "checker": N_("Checker of texts"),
    "analyst": N_("Analyst"),
    "administrator": N_("Administrator"),
}
