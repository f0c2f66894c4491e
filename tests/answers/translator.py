"""A translator: gets a file by command, changes entries in it, sends it back by command."""

import re
from pathlib import Path

from click.testing import Result
from flask import Flask

from hub.answers.commands import answers
from tests.maintenance.commanding import run


class Translator:
    """Works on the file of one language, as with a text editor."""

    def __init__(self, app: Flask, folder: Path, language: str = "ar") -> None:
        """Get the file of a language."""
        self.app = app
        self.language = language
        self.file = folder / f"{language}.po"
        self.get()

    def get(self) -> str:
        """Export the language anew; give the file."""
        arguments = ("--language", self.language, "--out", str(self.file))
        done = run(self.app, answers, "export", *arguments)
        assert done.exit_code == 0, done.output
        return self.text

    @property
    def text(self) -> str:
        """The file as it is now."""
        return self.file.read_text("utf-8")

    def replace(self, old: str, new: str) -> None:
        """Replace what stands in the file exactly once."""
        assert self.text.count(old) == 1, f"{old!r} stands {self.text.count(old)} times"
        self.file.write_text(self.text.replace(old, new), "utf-8")

    def entry(self, context: str) -> str:
        """Give the lines of an entry, comments included."""
        for block in self.text.split("\n\n"):
            if f'\nmsgctxt "{context}"\n' in f"\n{block}\n":
                return block
        raise AssertionError(f"no entry {context}")

    def translate(self, context: str, translation: str) -> None:
        """Write a translation into an entry, and take the mark fuzzy off it."""
        block = self.entry(context)
        told = block[: block.rindex("msgstr ")]
        told = re.sub(r"(?m)^#\|.*\n", "", told).replace("#, fuzzy\n", "").replace("fuzzy, ", "")
        self.replace(block, f'{told}msgstr "{translation}"')

    def send(self) -> Result:
        """Import the file."""
        return run(self.app, answers, "import", str(self.file))

    def sent(self) -> str:
        """Import the file, which must be taken; give what was said."""
        done = self.send()
        assert done.exit_code == 0, done.output + done.stderr
        return done.output

    def refused(self) -> str:
        """Import the file, which must be refused; give what was said."""
        done = self.send()
        assert done.exit_code == 1, done.output + done.stderr
        return done.stderr
