"""``python -m trilogue``: the same as ``trilogue``."""

from trilogue.scripts.cli import main

main()
