"""Who may write, check and retire which text.

An editor writes every language. A checker, a reader of one language, writes and checks that
one. Only a checker checks: whoever says that a text is right must be able to read it. An
editor may take any text out of use, a checker the translation in the own language.
"""

from hub.accounts.principal import Principal
from hub.answers.library import SOURCE_LANGUAGE


def writing_role(principal: Principal, language: str) -> str | None:
    """Give the role in which somebody may write a language; None for nobody."""
    if "editor" in principal.roles:
        return "editor"
    return checking_role(principal, language)


def checking_role(principal: Principal, language: str) -> str | None:
    """Give the role in which somebody may check a language; None for nobody."""
    return "checker" if language in principal.languages() else None


def retiring_role(principal: Principal, language: str) -> str | None:
    """Give the role in which somebody may take a text out of use; None for nobody."""
    if language == SOURCE_LANGUAGE and "editor" not in principal.roles:
        return None
    return writing_role(principal, language)
