"""Importing: which documents a run brings, and the shards in which they are to stand for good.

Nothing is written before every file was read once and found good.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from trilogue.corpora import membership
from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.membership import Member, Shard
from trilogue.corpora.reading import Census, sha256_of
from trilogue.scripts.executors import Executor, Outcome, Task
from trilogue.scripts.tasks import Count
from trilogue.scripts.tools import Tools

log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Input:
    """A file of this run, and what it is called in the corpus."""

    path: Path
    file: str
    sha256: str


@dataclass(slots=True)
class Known:
    """What the corpus has already, as far as this run's files touch it.

    :ivar documents: hashes of the ids of all its documents.
    :ivar contents: which of this run's (sha256, reader) were imported, under whatever name.
    :ivar changed: this run's files that are to be read again: their members so far.
    :ivar shards: how many there are.
    """

    documents: set[int] = field(default_factory=set)
    contents: set[tuple[str, str]] = field(default_factory=set)
    changed: dict[str, list[Member]] = field(default_factory=dict)
    shards: int = 0


Official = dict[str, dict[str, Member]]
"""Language → id of a transcript → its official version."""


@dataclass(slots=True)
class Plan:
    """How the membership is to grow.

    :ivar replaced: id of a document that goes → the one in its place, None if there is none.
    """

    added: membership.Spool = field(default_factory=membership.Spool)
    count: int = 0
    replaced: dict[str, Member | None] = field(default_factory=dict)
    official: Official = field(default_factory=dict)

    def changes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.count or self.replaced or self.official)


def inputs_of(paths: Iterable[Path], root: Path) -> list[Input]:
    """The files of a run, each once, in the order given.

    :raises ConfigError: if one is missing.
    """
    found: dict[str, Input] = {}
    for path in paths:
        file = membership.relative(path, root)
        if not path.is_file():
            raise ConfigError(_missing(path, file, root))
        found[file] = Input(path, file, sha256_of(path))
    return list(found.values())


def known(inputs: Sequence[Input], reader: str, root: Path, *, replacing: bool) -> Known:
    """What the corpus has of these files; nothing if there is no corpus yet.

    :param replacing: every file is read again, also one that did not change: its reader may have.
    """
    have = Known()
    if not membership.is_corpus(root):
        return have
    now = {one.file: (one.sha256, reader) for one in inputs}
    wanted = set(now.values())
    for shard in membership.shards(root):
        if shard.lang is not None:
            continue
        have.shards = max(have.shards, shard.number + 1)
        for member in shard.members:
            have.documents.add(hash(member.document_id))
            content = (member.sha256, member.reader)
            if content in wanted and not replacing:
                have.contents.add(content)
            elif member.file in now:
                have.changed.setdefault(member.file, []).append(member)
    return have


def plan(
    inputs: Sequence[Input],
    have: Known,
    *,
    reader: str,
    tools: Tools,
    executor: Executor,
    size: int,
    replacing: bool,
) -> Plan:
    """Read every new or changed file once and give its new documents their places.

    :param size: documents a shard.
    :param replacing: whether a changed file's documents take the place of those before.
    :raises FormatError: if a file is no transcript, or changed without ``replacing``.
    """
    new = [one for one in inputs if (one.sha256, reader) not in have.contents]
    made = Plan()
    waiting: list[Member] = []
    for one, census in _counted(new, reader, tools, executor):
        members = [Member(id_, one.file, census.sha256, reader) for id_ in census.document_ids]
        fresh = [member for member in members if hash(member.document_id) not in have.documents]
        gone = [
            m for m in have.changed.get(one.file, ()) if m.document_id not in census.document_ids
        ]
        if gone and not replacing:
            raise FormatError(_changed(one, gone))
        for position, member in enumerate(gone):
            made.replaced[member.document_id] = fresh[position] if position < len(fresh) else None
        have.documents.update(hash(member.document_id) for member in fresh)
        if len(members) > len(fresh) and one.file not in have.changed:
            log.info(
                "%s: %d documents are in the corpus already", one.path, len(members) - len(fresh)
            )
        waiting += fresh[len(gone) :]
        while len(waiting) >= size:
            _add(made, have, waiting[:size])
            waiting = waiting[size:]
    if waiting:
        _add(made, have, waiting)
    return made


def write(root: Path, made: Plan) -> None:
    """Make the plan the corpus's membership."""
    membership.write(root, merged(root, made))


def merged(root: Path, made: Plan) -> Iterator[Shard]:
    """The shards of the corpus with the plan carried out, streamed."""
    old = membership.shards(root) if membership.is_corpus(root) else ()
    for shard, official in membership.groups(old):
        kept = replace(shard, members=tuple(_kept(shard.members, made)))
        yield kept
        yield from _official(kept, official, made)
    for shard in made.added:
        yield shard
        yield from _official(shard, {}, made)


def _kept(members: Iterable[Member], made: Plan) -> Iterator[Member]:
    for member in members:
        now = made.replaced.get(member.document_id, member)
        if now is not None:
            yield now


def _official(shard: Shard, old: dict[str, Shard], made: Plan) -> Iterator[Shard]:
    """The official versions of a shard: those before, unless replaced, and the new ones."""
    for lang in sorted({*old, *made.official}):
        before = {m.reference_of: m for m in old[lang].members} if lang in old else {}
        for gone, now in made.replaced.items():
            if gone in before:
                version = before.pop(gone)
                if now is not None:
                    before[now.document_id] = replace(version, reference_of=now.document_id)
        before.update(
            (m.document_id, made.official[lang][m.document_id])
            for m in shard.members
            if m.document_id in made.official.get(lang, {})
        )
        found = (before[m.document_id] for m in shard.members if m.document_id in before)
        members = tuple(found)
        if members:
            yield Shard(shard.number, members, lang)


def _add(made: Plan, have: Known, members: Sequence[Member]) -> None:
    made.added.append(Shard(have.shards + made.count, tuple(members)))
    made.count += 1


def _counted(
    inputs: Sequence[Input], reader: str, tools: Tools, executor: Executor
) -> Iterator[tuple[Input, Census]]:
    """Each input with its census, in the order of the inputs, as soon as its turn comes."""
    tasks = (Count(tools, one.path, reader) for one in inputs)
    for one, outcome in zip(inputs, in_order(tasks, executor), strict=True):
        census = outcome.result
        assert isinstance(census, Census)
        if census.sha256 != one.sha256:
            raise FormatError(f"{one.path}: changed while it was read; run the command again")
        yield one, census


def in_order(tasks: Iterable[Task], executor: Executor) -> Iterator[Outcome]:
    """Run tasks and give their outcomes in the order of the tasks.

    :raises TrilogueError, OSError: the first error in that order.
    """
    names: list[str] = []

    def noted() -> Iterator[Task]:
        for task in tasks:
            names.append(task.name)
            yield task

    done: dict[str, Outcome] = {}
    position = 0
    for outcome in executor.run(noted()):
        done[outcome.task.name] = outcome
        while position < len(names) and names[position] in done:
            ready = done.pop(names[position])
            if ready.error is not None:
                raise ready.error
            yield ready
            position += 1


def _missing(path: Path, file: str, root: Path) -> str:
    if path.is_dir():
        return f"{path}: a folder, expected a transcript; name the files in it"
    if membership.is_corpus(root):
        for shard in membership.shards(root):
            if any(member.file == file for member in shard.members):
                way = "put it back, or leave it out: the corpus holds what it said"
                return f"{path}: vanished since it was imported; {way}"
    return f"{path}: no such file; check the name"


def _changed(one: Input, gone: Sequence[Member]) -> str:
    few = ", ".join(member.document_id for member in gone[:3])
    more = f" and {len(gone) - 3} more" if len(gone) > 3 else ""
    way = "pass --replace to put what it says now in their place, or give the new text its own file"
    return f"{one.path}: changed since it was imported: documents {few}{more} are gone; {way}"
