"""Writing a release to a folder: the stored bytes, all files or none."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from hub.i18n import N_
from hub.refusal import Refusal


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder that is made, or is there and empty.

    They are first written beside it, so that the folder never holds half a release. Raises
    Refusal when the folder holds anything or cannot be written.
    """
    folder = folder.absolute()
    beside = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Refusal(
                N_("%(folder)s is there already and is not an empty folder. Name another one."),
                folder=folder,
            )
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside.mkdir()
        for name, content in files.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        beside.rename(folder)
    except OSError as error:
        raise Refusal(
            N_("%(file)s cannot be written: %(reason)s."), file=folder, reason=error.strerror
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
