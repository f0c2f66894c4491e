"""The accounts of a fresh demonstration with their passwords, as lines for a terminal."""

from collections.abc import Sequence

from hub.accounts.roles import ROLE_NAMES
from hub.demonstration.stage import Login
from hub.i18n import N_, translate


def login_table(logins: Sequence[Login], language: str) -> str:
    """Give one line per account, and what to do when a password is lost."""
    head = tuple(translate(language, text) for text in (N_("Name"), N_("Password"), N_("Role")))
    rows = [
        head,
        *((one.name, one.password, translate(language, ROLE_NAMES[one.role])) for one in logins),
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"  {row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}" for row in rows]
    lost = N_("These passwords are shown once. A new one: hub account reset NAME")
    return "\n".join([*lines, translate(language, lost)])
