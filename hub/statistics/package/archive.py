"""The whole folder of a release as one ZIP: a data package that opens as it is."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

_MOMENT: Final = (1980, 1, 1, 0, 0, 0)  # the first that the format knows; digests tell the age
_UNIX: Final = 3
_READABLE: Final = 0o644 << 16
_PACKED: Final = (".pdf", ".xlsx")


def make_archive(files: Mapping[str, bytes]) -> bytes:
    """Put files into a ZIP, in their order; the same files give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            packed = name.endswith(_PACKED)
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()
