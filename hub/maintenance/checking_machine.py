"""What `hub check` looks at beside the database: folder, keys, disk, catalogues, typefaces."""

import importlib.util
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from hub.i18n import N_, SCREEN_LANGUAGES, catalogue
from hub.maintenance.findings import Finding, good, wrong
from hub.maintenance.keys import FILES
from hub.refusal import Refusal
from hub.sheets.faces import FAMILIES, installed
from hub.sheets.languages import tongue

LEAST_FREE: Final = 500_000_000  # bytes: a year of a hub and a few backups
_SOURCE_LANGUAGE: Final = "en"  # the messages in the code; needs no catalogue


def check_instance(instance: Path) -> Iterator[Finding]:
    """Look at the instance folder and its disk."""
    subject = N_("Instance folder")
    if not instance.is_dir() or not os.access(instance, os.W_OK | os.X_OK):
        yield wrong(
            subject, N_("%(folder)s cannot be written; give it to the desk's user."),
            folder=instance,
        )  # fmt: skip
        return
    if stat.S_IMODE(instance.stat().st_mode) & 0o077:
        yield wrong(
            subject, N_("others can look into it; run: chmod 700 %(folder)s"), folder=instance
        )
    else:
        yield good(subject, N_("%(folder)s, for its owner only"), folder=instance)
    free = shutil.disk_usage(instance).free
    told = good if free >= LEAST_FREE else wrong
    text = N_("%(free)s MB free") if free >= LEAST_FREE else N_(
        "only %(free)s MB free; make room, or move the instance folder (HUB_INSTANCE)"
    )  # fmt: skip
    yield told(N_("Disk"), text, free=free // 1_000_000)


def check_keys(instance: Path, secret_key: bytes, field_key: bytes) -> Iterator[Finding]:
    """Look at both keys; a key file must be closed to others."""
    subject = N_("Keys")
    if secret_key == field_key:
        yield wrong(subject, N_("both keys are the same; make another HUB_SECRET_KEY"))
    files = [instance / name for name in FILES if (instance / name).exists()]
    closed = True
    for file in files:
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            closed = False
            yield wrong(subject, N_("others can read it; run: chmod 600 %(file)s"), file=file)
    if closed and secret_key != field_key:
        yield good(subject, N_("both there; keep a copy apart, no backup holds them"))


def check_catalogues() -> Iterator[Finding]:
    """Look at the translations of the screens."""
    subject = N_("Translations")
    for language in SCREEN_LANGUAGES:
        # A catalogue that holds no messages gives the English heading back as it is.
        if language == _SOURCE_LANGUAGE or catalogue(language).gettext(subject) != subject:
            yield good(subject, N_("%(language)s there"), language=language)
        else:
            yield wrong(
                subject,
                N_("the screens lack %(language)s; install the desk anew"),
                language=language,
            )


def check_typefaces(languages: Iterable[str]) -> Iterator[Finding]:
    """Look whether every language of the library can be printed."""
    subject = N_("Typefaces")
    lacking: dict[str, str] = {}
    for language in sorted(languages):
        try:
            families = tongue(language).families
        except Refusal as refusal:
            yield wrong(subject, refusal.message, **refusal.values)
            continue
        lacking |= {name: language for name in families if not _present(name)}
    for family, language in lacking.items():
        yield wrong(
            subject,
            N_("%(language)s cannot be printed; run: pip install %(package)s"),
            language=language,
            package=FAMILIES[family].requirement,
        )
    if not lacking:
        yield good(subject, N_("every language of the library can be printed"))


def _present(family: str) -> bool:
    if not installed(family):
        return False
    package = FAMILIES[family]
    spec = importlib.util.find_spec(package.package)
    return (
        spec is not None
        and spec.origin is not None
        and all((Path(spec.origin).parent / file).is_file() for file in package.files)
    )
