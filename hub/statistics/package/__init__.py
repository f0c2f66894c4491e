"""The files of a release, made from its one protected value. Start with ``making.make_files``."""
