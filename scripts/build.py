"""``trilogue build``: from transcripts to scored units, whatever happens in between.

The driver alone decides what stands and what is made; workers make shards, one each, and a shard is
whole or absent. So a build that was stopped anywhere goes on where it was.
"""

import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import (
    AbstractContextManager,
    ExitStack,
    contextmanager,
    nullcontext,
    suppress,
)
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from trilogue.corpora import membership
from trilogue.corpora.errors import ConfigError, TrilogueError
from trilogue.corpora.lock import alone, locked
from trilogue.corpora.membership import Shard
from trilogue.corpora.shards import sweep
from trilogue.models.registry import Choice
from trilogue.review import answers
from trilogue.review.answers import Answer
from trilogue.scripts import imports, manifest, references, waves
from trilogue.scripts.assessors import Own
from trilogue.scripts.executors import Executor
from trilogue.scripts.imports import Input
from trilogue.scripts.plan import WAVES, Plan, why
from trilogue.scripts.recipe import Recipe, checked
from trilogue.scripts.references import Asked
from trilogue.scripts.tasks import Sign, Signatures
from trilogue.scripts.tools import Judge, Matching, Model, Staff, Tools

log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """What a build is asked for.

    :ivar transcripts: new or known files; none to go on with what the corpus has.
    :ivar numbers: the only shards to work on, None for all.
    :ivar replacing: whether changed files replace what was imported from them.
    """

    transcripts: tuple[Path, ...]
    root: Path
    recipe: Recipe
    tools: Tools
    asked: tuple[Asked, ...] = ()
    numbers: range | None = None
    replacing: bool = False

    @property
    def reader(self) -> str:
        """The reader's options as one string, "" for none: they are part of each membership."""
        options = {"reader": self.recipe.reader, "speaker": self.recipe.speaker}
        given = {name: value for name, value in options.items() if value is not None}
        return json.dumps(given, ensure_ascii=False) if given else ""


def make(request: Request, executor: Executor) -> dict[str, Any]:
    """Make every shard of the corpus that does not stand as this request wants it.

    :returns: the manifest.
    :raises TrilogueError: if shards failed, after all others were made; or before anything is
        written, if the request or an input is bad.
    """
    inputs = _inputs(request)
    fresh = None if membership.is_corpus(request.root) else _import(request, inputs, executor)
    choices = _choices(request)
    staff = _staff(request, choices)
    signed = _signed(request, executor, staff.values())
    plan = _plan(request, staff, signed, lambda: membership.shards(request.root))
    with _held(request):
        with alone(request.root):
            if fresh is None or membership.is_corpus(request.root):
                fresh = _import(request, inputs, executor)
            if fresh.changes():
                imports.write(request.root, fresh)
        with _swept(request, executor):
            tally = waves.run(plan, executor)
        complete = not tally.failed and request.numbers is None
        with _unless(tally.failed):
            said = manifest.write(request.root, complete=complete, choices=choices)
    if tally.failed:
        raise TrilogueError(waves.failure(request.root, tally))
    if request.numbers is not None and not tally.made + tally.stood:
        log.warning("%s: --shards: the corpus has none of these", request.root)
    log.info("%s: %d shards made, %d stood already", request.root, tally.made, tally.stood)
    return said


@contextmanager
def _swept(request: Request, executor: Executor) -> Iterator[None]:
    """Remove what is left half written, still under the lock; after an error, workers end first:
    one that lived on would write into a corpus that nobody holds."""

    def stop(kind: object, error: BaseException | None, trace: object) -> None:
        if error is not None:
            executor.__exit__(kind, error, trace)

    with ExitStack() as stack:
        stack.callback(sweep, request.root, numbers=request.numbers)
        stack.push(stop)
        yield


def would_make(request: Request, executor: Executor) -> Iterator[tuple[str, str]]:
    """What :func:`make` would make, and why; nothing is written.

    :returns: pairs of a shard's name and the reason.
    """
    made = _import(request, _inputs(request), executor)
    staff = _staff(request, _choices(request))
    signed = _signed(request, executor, staff.values())
    plan = _plan(request, staff, signed, lambda: imports.merged(request.root, made))
    for wave in WAVES:
        for step in plan.steps(wave):
            reason = why(step)
            if reason is not None:
                yield step.task.name, reason


def _unless(failed: Sequence[str]) -> AbstractContextManager[None]:
    """Let a full disk keep the manifest, if it kept shards: those are what has to be told."""
    return suppress(OSError) if failed else nullcontext()


def _inputs(request: Request) -> list[Input]:
    """The transcripts, when all that can be told without reading them is as it should be."""
    checked(request.recipe, where="recipe")
    membership.check_root(request.root)
    imports.inputs_of((one.path for one in request.asked), request.root)
    return imports.inputs_of(request.transcripts, request.root)


def _choices(request: Request) -> dict[str, Choice]:
    """The model of each language: the one named, or the best that is here; and why."""
    named, choose = request.recipe.models, request.tools.choose
    return {
        to: Choice(named[to], "it was named") if to in named else choose(to)
        for to in request.recipe.to
    }


def _staff(request: Request, choices: Mapping[str, Choice]) -> dict[str, Staff]:
    """Who works on each language."""
    recipe = request.recipe
    policy, glossary = _file(recipe.policy), _file(recipe.glossary)
    terms = glossary if recipe.glossary_decode else None
    found = {}
    for to, choice in choices.items():
        second = recipe.seconds.get(to)
        found[to] = Staff(
            Model(to, choice.model, recipe.engine, recipe.beam, terms),
            None if second is None else Model(to, second, recipe.engine, recipe.beam),
            Judge(to, Own(policy, _file(recipe.calibrations.get(to)), glossary)),
            Matching(to, recipe.aligners.get(to), recipe.encoder),
        )
    return found


def _file(name: str | None) -> Path | None:
    return None if name is None else Path(name)


def _signed(request: Request, executor: Executor, staff: Iterable[Staff]) -> dict[str, Signatures]:
    """What makes each language's drafts and scores; loading it is the proof that it can be had."""
    signs = (Sign(request.tools, one) for one in staff)
    found: dict[str, Signatures] = {}
    for outcome in imports.in_order(signs, executor):
        assert isinstance(outcome.task, Sign) and isinstance(outcome.result, Signatures)
        found[outcome.task.staff.model.to] = outcome.result
    return found


def _import(request: Request, inputs: Sequence[Input], executor: Executor) -> imports.Plan:
    """How this run's files change the membership."""
    have = imports.known(inputs, request.reader, request.root, replacing=request.replacing)
    made = imports.plan(
        inputs,
        have,
        reader=request.reader,
        tools=request.tools,
        executor=executor,
        size=request.recipe.documents_per_shard,
        replacing=request.replacing,
    )
    if not have.shards and not made.count:
        raise ConfigError(f"{request.root}: no transcript to build from; name at least one file")
    made.official = references.official(
        request.asked,
        inputs,
        request.root,
        reader=request.reader,
        tools=request.tools,
        executor=executor,
        replacing=request.replacing,
    )
    return made


def _plan(
    request: Request,
    staff: dict[str, Staff],
    signed: dict[str, Signatures],
    members: Callable[[], Iterable[Shard]],
) -> Plan:
    own = request.recipe.segmenters
    return Plan(
        root=request.root,
        tools=request.tools,
        members=members,
        numbers=request.numbers,
        own_segmenters=own,
        segmenters={
            lang: request.tools.segmenter(lang, own.get(lang)).signature
            for lang in ("en", *request.recipe.to)
        },
        staff=staff,
        signatures=signed,
        answers=_answers(request.root),
    )


def _answers(root: Path) -> dict[tuple[str, str], list[Answer]]:
    """What people decided, as the last export of the review has it."""
    snapshot = answers.latest(root)
    found: dict[tuple[str, str], list[Answer]] = {}
    for answer in () if snapshot is None else answers.read(snapshot):
        found.setdefault((answer.document_id, answer.lang), []).append(answer)
    return found


@contextmanager
def _held(request: Request) -> Iterator[None]:
    """The corpus folder: made if need be, locked, and rid of what dead runs left."""
    root = request.root
    try:
        root.mkdir(parents=True, exist_ok=True)
        lock = locked(root, numbers=request.numbers)
        lock.__enter__()
    except OSError as error:
        why_not = os.strerror(error.errno) if error.errno else str(error)
        raise ConfigError(
            f"{root}: cannot be written to ({why_not}); name another folder"
        ) from None
    with ExitStack() as stack:
        stack.push(lock)
        sweep(root, numbers=request.numbers)
        yield
