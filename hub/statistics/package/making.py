"""All files of a release from its protected value: the same values give the same bytes."""

from collections.abc import Sequence

from hub.statistics.package import manifest
from hub.statistics.package.readme import write_readme
from hub.statistics.protection.files import Meta, write_cells, write_meta
from hub.statistics.published import Published


def make_files(
    release: Published,
    earlier: Sequence[Published],  # noqa: ARG001 - for the report
) -> dict[str, bytes]:
    """Make every file of a release, by its name in the folder; the manifest comes last.

    Args:
        release: the release; whether it was withdrawn later leaves no trace in its files.
        earlier: the releases of the municipality made before it, which the report compares
            with. They may be withdrawn; such figures are not compared with.
    """
    meta = Meta(release.threshold, release.plan, release.children)
    texts = {
        "cells.csv": write_cells(release.values),
        "meta.json": write_meta(meta),
        "README.txt": write_readme(release),
    }
    files = {name: text.encode() for name, text in texts.items()}
    files[manifest.NAME] = manifest.write_manifest(release, files).encode()
    return files
