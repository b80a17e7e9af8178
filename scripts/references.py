"""Official versions of a run: read, matched with their transcripts, given a place beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trilogue.align import matching
from trilogue.corpora import membership
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import ConfigError
from trilogue.corpora.membership import Member
from trilogue.scripts.executors import Executor
from trilogue.scripts.imports import Input, Official, in_order, inputs_of
from trilogue.scripts.tasks import Profiles
from trilogue.scripts.tools import Tools


@dataclass(frozen=True, slots=True)
class Asked:
    """A ``--reference LANG=FILE``."""

    lang: str
    path: Path


def official(
    asked: Sequence[Asked],
    transcripts: Sequence[Input],
    root: Path,
    *,
    reader: str,
    tools: Tools,
    executor: Executor,
    replacing: bool,
) -> Official:
    """For each language which transcript has which official version, as far as that is new.

    A file belongs to the transcripts of this run; if none are named, to those of the corpus.

    :raises AlignmentError: if it is doubtful which transcript a version translates.
    :raises ConfigError: if a transcript has another official version already.
    """
    if not asked:
        return {}
    sources = list(_sources(transcripts, root, reader, tools, executor))
    found: Official = {}
    for lang in sorted({one.lang for one in asked}):
        paths = [one.path for one in asked if one.lang == lang]
        files = inputs_of(paths, root)
        counted = list(in_order((Profiles(tools, f.path, "", lang) for f in files), executor))
        members: list[Member] = []
        references: list[matching.Profile] = []
        for file, outcome in zip(files, counted, strict=True):
            assert isinstance(outcome.result, list)
            references += outcome.result
            members += (Member(p.document_id, file.file, file.sha256) for p in outcome.result)
        in_file_order = len(files) == 1 and len(transcripts) == 1
        matches = matching.match(sources, references, in_order=in_file_order)
        for member, number in zip(members, matches, strict=True):
            of = sources[number].document_id
            place = Member(member.document_id, member.file, member.sha256, reference_of=of)
            found.setdefault(lang, {})[of] = place
        _leave_what_stands(found[lang], lang, root, replacing)
    return {lang: places for lang, places in found.items() if places}


def _sources(
    transcripts: Sequence[Input],
    root: Path,
    reader: str,
    tools: Tools,
    executor: Executor,
) -> Iterator[matching.Profile]:
    """What could be translated: this run's transcripts, or else all that the corpus has."""
    tasks = (Profiles(tools, one.path, reader, None) for one in transcripts)
    for outcome in in_order(tasks, executor):
        assert isinstance(outcome.result, list)
        yield from outcome.result
    if not transcripts and membership.is_corpus(root):
        for document in Corpus(root).documents():
            yield matching.profile(document)


def _leave_what_stands(places: dict[str, Member], lang: str, root: Path, replacing: bool) -> None:
    """Drop the places that are filled by the same version already."""
    old = membership.shards(root) if membership.is_corpus(root) else ()
    for shard in old:
        for member in shard.members if shard.lang == lang else ():
            new = places.get(member.reference_of or "")
            if new is None:
                continue
            if new.document_id == member.document_id:
                del places[member.reference_of or ""]
            elif not replacing:
                what = f"document {member.reference_of} has another official version in {lang}"
                way = "pass --replace to put this one in its place"
                raise ConfigError(f"{new.file}: {what}, from {member.file}; {way}")
