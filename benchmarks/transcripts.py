"""Readers of transcripts: lines a second, and what repeated lines cost, in one run.

    .venv/bin/python benchmarks/transcripts.py [--size 8000]

For every reader, text that its rules could stumble over is read at n and at 2n characters: one
repeated piece, as lines and as one line. Linear time is a ratio of 2. Then our example pages are
read, repeated to a long file.
"""

import argparse
import time
from pathlib import Path
from typing import Final

from trilogue.corpora.errors import FormatError
from trilogue.corpora.transcripts import READERS, Reader
from trilogue.corpora.transcripts.pages import Line, Page, text_page
from trilogue.corpora.transcripts.reading import open_page

PIECES: Final = (
    *("Ada Holt: Yes.", "Q   Why?", "A of B for C ", "Mr. Orlin (N): Yes", "Ada Holt – Yes."),
    *("– Well.", "Ada (00:04): Y", "See also", "June 3, 2014", "13:45", "Topics", "<…>", "* * *"),
    *(
        "(Laughter.) ",
        "[a] ",
        "~~a~~ ",
        "**a** ",
        "Aa, ",
        "A. ",
        "the ",
        "from ",
        "A: ",
        "(",
        "|a ",
    ),
    *(
        "S/PV.1 ",
        " . . . .",
        "Share this contribution",
        "(A) (B)",
        "In favour:",
        "12 ",
        "Ա ",
        "ա: ",
    ),
    "00:00:01,000 --> 00:00:02,000",
)
"""Labels of each layout, furniture, brackets, marks, nothing of them."""

TESTS: Final = Path(__file__).parents[1] / "tests" / "corpora" / "transcripts"


def cpu(reader: Reader, page: Page) -> float:
    """Seconds of CPU that a reader takes to judge and read a page."""
    began = time.process_time()
    try:
        reader.sniff(page)
        reader.read(page, "Ada Holt")
    except FormatError:
        pass  # refusing takes time as well
    return time.process_time() - began


def print_growth(size: int) -> None:
    """The median and the worst ratio of each reader."""
    print(f"growth · CPU of 2n over n, n = {size:,} characters of one repeated piece; linear is 2")
    for reader in READERS:
        ratios = {}
        for piece in PIECES:
            for end in ("\n", ""):
                texts = ((piece + end) * (n // len(piece + end)) for n in (size, 2 * size))
                pages = (text_page("x.txt", text) for text in texts)
                once, twice = (min(cpu(reader, page) for _ in range(3)) for page in pages)
                if twice > 0.02:  # below that the clock decides
                    ratios[piece + end] = twice / max(once, 1e-9)
        worst = max(ratios, key=ratios.__getitem__, default="")
        middle = sorted(ratios.values())[len(ratios) // 2] if ratios else 0.0
        print(
            f"  {reader.name:18} median {middle:5.2f}  worst {ratios.get(worst, 0):5.2f} {worst!r}"
        )


def print_speed() -> None:
    """Lines a second of each example page, made 200 times as long."""
    print("\nspeed · one core                                     lines    lines/s")
    copies = (path for path in (TESTS / "copies").iterdir() if path.suffix in (".txt", ".vtt"))
    for path in [*sorted(copies), *(TESTS / "examples").glob("subtitles.*")]:
        page = open_page(path)
        lines = tuple(line for _ in range(200) for line in (*page.lines, Line(0, "")))
        long = Page(page.name, lines, page.form)
        reader = max(READERS, key=lambda reader: reader.sniff(page))
        taken = cpu(reader, long)
        print(f"  {path.name:28} {reader.name:18} {len(lines):>8,} {len(lines) / taken:>10,.0f}")


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=8000, help="characters, n")
    print_growth(parser.parse_args().size)
    print_speed()


if __name__ == "__main__":
    main()
