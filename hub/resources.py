"""Where the files that are not Python stand, in a checkout and in a wheel alike."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "_top"


def resource(name: str) -> Path:
    """Give the path of `templates`, `translations`, `migrations` or `config.py`.

    In a checkout these stand at the top level beside `hub/`; the wheel carries them
    inside the package. Raises FileNotFoundError with the name when neither is there.
    """
    for folder in (_IN_WHEEL, _PACKAGE.parent):
        path = folder / name
        if path.exists():
            return path
    raise FileNotFoundError(f"the installation lacks {name!r}")


def content(name: str) -> Path:
    """Give the path of a shipped content file or folder, such as `topics.csv`."""
    return _PACKAGE / "content" / name
