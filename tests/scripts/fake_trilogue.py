"""``trilogue`` with quick, deterministic tools in place of models: what the build tests run.

    python fake_trilogue.py build visit.txt --corpus corpus

``FAKE_SLEEP`` makes each draft take so many seconds, ``FAKE_FAIL`` names a word that the
translator chokes on, ``FAKE_KILL`` one that kills its process.
"""

import os
import re
import signal
import time
from collections.abc import Hashable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from trilogue.align.layout import Layouts
from trilogue.align.scores.text import Pair
from trilogue.corpora.errors import FormatError, ModelError, TrilogueError
from trilogue.corpora.ids import content_hash
from trilogue.corpora.types import (
    Assessment,
    Bead,
    Block,
    BlockKind,
    Document,
    Draft,
    Ladder,
    Turn,
    Verdict,
)
from trilogue.models.registry import Choice
from trilogue.scripts.executors import Outcome, Task
from trilogue.scripts.tools import Judge, Matching, Model, Tools

if TYPE_CHECKING:
    from trilogue.scripts.build import Request


def read(path: Path, options: str) -> list[Document]:
    """Documents of lines "Name: text", an empty line between two; ``#`` and a language before."""
    text = path.read_text(encoding="utf-8")
    language = "en"
    if text.startswith("#"):
        head, _, text = text.partition("\n")
        language = head[1:].strip()
    found = [_document(part, path.name, language) for part in text.split("\n\n") if part.strip()]
    if not found or not any(document.turns for document in found):
        raise FormatError(f"{path.name}: no transcript in it")
    return found


def _document(text: str, source: str, language: str) -> Document:
    blocks, turns, said, start = [], [], [], 0
    for number, line in enumerate(text.strip().split("\n"), start=1):
        name, colon, words = line.partition(": ")
        if colon:
            turns.append(Turn(name, name, number))
            blocks.append(
                Block(start, start + len(words), BlockKind.SPEECH, number, len(turns) - 1)
            )
            said.append(words)
            start += len(words) + 1
    body = "\n".join(said)
    return Document(
        content_hash(body), source, body, tuple(blocks), tuple(turns), language, title=body[:20]
    )


class Sentences:
    """Cuts after full stops."""

    def __init__(self, signature: str) -> None:
        self.signature = signature

    def spans(self, paragraph: str) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer(r"[^.\s][^.]*\.?", paragraph)]


class Shout:
    """Translates into capitals."""

    def __init__(self, model: Model) -> None:
        self.signature = f"{model.name}-{model.to}@1 beam {model.beam}"
        self.signature += f" terms {model.terms.name}" if model.terms else ""

    def translate(self, texts: Sequence[str]) -> list[Draft]:
        for text in texts:
            time.sleep(float(os.environ.get("FAKE_SLEEP", "0")))
            if os.environ.get("FAKE_FAIL", "\0") in text:
                raise ModelError(f"shout: choked on {text!r}")
            if os.environ.get("FAKE_KILL", "\0") in text:
                os.kill(os.getpid(), signal.SIGKILL)
        return [Draft(text.upper(), self.signature, -0.5) for text in texts]


class Diagonal:
    """Pairs first with first, and what is left with nothing."""

    def __init__(self, matching: Matching) -> None:
        self.signature = f"{matching.own or matching.encoder or 'diagonal'}@1"

    def align(
        self,
        source: Sequence[str],
        target: Sequence[str],
        drafts: Sequence[str],
        layouts: Layouts | None = None,
    ) -> Ladder:
        both = min(len(source), len(target))
        return (
            *(Bead((i,), (i,), probability=0.5) for i in range(both)),
            *(Bead((i,), ()) for i in range(both, len(source))),
            *(Bead((), (i,)) for i in range(both, len(target))),
        )


class Lengths:
    """Scores by length, and says how long the second opinion is."""

    def __init__(self, judge: Judge) -> None:
        own = [path.name for path in (judge.own.policy, judge.own.calibration) if path]
        glossary = judge.own.glossary
        own += [glossary.name] if glossary and judge.to in glossary.read_text("utf-8") else []
        self.signature = "+".join(("lengths@1", *own))

    def assess(
        self,
        pairs: Sequence[Pair],
        *,
        second: Sequence[str | None] | None = None,
        document: Sequence[Hashable] | None = None,
    ) -> list[Assessment]:
        return [
            Assessment(
                min(1.0, len(pair.target) / (len(pair.source) + 1)),
                None,
                Verdict.ACCEPT,
                ("fake",),
                {
                    "length": float(len(pair.target)),
                    "agreement": None if said is None else len(said),
                },
                self.signature,
            )
            for pair, said in zip(pairs, second or [None] * len(pairs), strict=True)
        ]


def segmenter(lang: str, own: str | None) -> Sentences:
    return Sentences(f"{own or 'sentences'}-{lang}@1")


def choose(to: str) -> Choice:
    return Choice("builtin", "it comes with Trilogue")


def translator(model: Model) -> Shout:
    return Shout(model)


def aligner(matching: Matching) -> Diagonal:
    return Diagonal(matching)


def assessor(judge: Judge) -> Lengths:
    return Lengths(judge)


class Here:
    """An executor that runs tasks in this process, and notes the shards that they made."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __enter__(self) -> "Here":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        for task in tasks:
            try:
                result = task.run()
            except (TrilogueError, OSError) as error:
                yield Outcome(task, error=error)
                continue
            if "/part-" in task.name:
                self.made.append(task.name)
            yield Outcome(task, result)


def built(request: "Request") -> list[str]:
    """Builds in this process; the shards that were made."""
    from trilogue.scripts.build import make  # here: workers import this module, and do not build

    here = Here()
    make(request, here)
    return here.made


TOOLS = Tools(read, segmenter, choose, translator, aligner, assessor)

if __name__ == "__main__":
    from trilogue.scripts import cli, tools

    tools.TOOLS = TOOLS
    cli.main()
