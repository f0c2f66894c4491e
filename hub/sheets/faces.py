"""The typefaces, taken from font packages and prepared once per process."""


def prepare() -> None:
    """Load and cut every typeface; call it once, before worker processes fork."""


def missing_glyphs(text: str, language: str) -> set[str]:
    """The characters of `text` that no typeface of `language` can draw."""
    raise NotImplementedError
