"""The verbs that measure, and those that fit to what was measured.

They import what they need when they are called, so that help and errors stay quick.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trilogue.align.beads import Agreement
    from trilogue.align.recalibration import Fit
    from trilogue.align.score_figures import ScoreFigures
    from trilogue.models.evaluation import Quality
    from trilogue.models.training.improving import Change


def evaluate_ladder(
    gold: Path | str,
    test: Path | str,
    *,
    source: Path | str | None = None,
    target: Path | str | None = None,
) -> "Agreement":
    """How well a ladder agrees with the true one.

    :param source: the segments; both ladders must fit them, and the ``target``.
    :raises FormatError: if a file is no ladder.
    :raises AlignmentError: if a ladder does not fit.
    """
    from trilogue.scripts.evaluations import compare_ladders

    return compare_ladders(
        Path(gold),
        Path(test),
        source=None if source is None else Path(source),
        target=None if target is None else Path(target),
    )


def evaluate_scores(
    labelled: Path | str,
    *,
    source_lang: str = "en",
    target_lang: str,
    policy: Path | str | None = None,
    calibration: Path | str | None = None,
) -> "ScoreFigures":
    """What the scores are worth on pairs that people judged.

    :param labelled: a table of pairs and labels, as ``trilogue evaluate scores --help`` says.
    :param policy: thresholds of one's own, instead of the default.
    :param calibration: probabilities of one's own, as :func:`calibrate` writes them.
    :raises FormatError: if it is no such table.
    :raises ConfigError: if there is no calibration for the languages, or it is of others.
    """
    from trilogue.scripts import labelled as labels
    from trilogue.scripts.assessors import Own

    return labels.evaluate_scores(
        Path(labelled),
        source_lang=source_lang,
        target_lang=target_lang,
        own=Own(
            None if policy is None else Path(policy),
            None if calibration is None else Path(calibration),
        ),
    )


def calibrate(
    decided: Path | str,
    *,
    out: Path | str,
    langs: Sequence[str] = (),
    false_accepts: float = 0.02,
    policy: Path | str | None = None,
    calibrations: Mapping[str, Path] | None = None,
    database: str | None = None,
) -> "list[Fit]":
    """Fit a policy and calibrations to what people decided, in a new folder.

    :param decided: a corpus that was reviewed, or a table of labelled pairs as
        :func:`evaluate_scores` takes it.
    :param langs: target languages; all of the corpus if there is none, one for a table.
    :param false_accepts: the share of accepted units that may be wrong.
    :param policy: to start from, instead of the default, and so ``calibrations``, by language: what
        a corpus was built with.
    :param database: URL of the decisions, beside the corpus if it is None.
    :raises ConfigError: if the folder holds something, decisions are too few, or the units were
        scored with another calibration.
    :raises FormatError: if the table is none.
    """
    from trilogue.scripts.calibrating import Start, calibrate_corpus, calibrate_table

    rules = None if policy is None else Path(policy)
    start = Start(rules, dict(calibrations or {}), false_accepts)
    if Path(decided).is_file():
        return calibrate_table(Path(decided), Path(out), start, langs=langs)
    return calibrate_corpus(Path(decided), Path(out), start, langs=langs, database=database)


def train_model(recipe: Path | str, *, out: Path | str | None = None) -> Path:
    """Train a model as a recipe says, or go on where a killed run was last saved.

    :param out: folder of the run, ``.training/NAME`` if it is None.
    :returns: the folder; ``checkpoint`` in it is what :func:`draft` takes.
    :raises ConfigError: if the recipe makes no sense, or an extra is missing.
    :raises ModelError: if training fails.
    """
    with _torch_for("training"):
        from trilogue.models.training.run import run
    return run(Path(recipe), None if out is None else Path(out))


def tune_model(
    model: str,
    corpus: Path | str,
    out: Path | str,
    *,
    guard: Path | str | None = None,
    rate: float = 1e-4,
) -> "list[Change]":
    """Tune a model on the post-edits of a corpus; see ``models.training.improving``.

    :param model: as :func:`draft` takes it.
    :param guard: a folder with ``en.txt`` and ``LANG.txt``, of which nothing may be forgotten.
    :returns: chrF before and after, on post-edits that were held out and on the guard.
    :raises ConfigError: if ``out`` is there already, post-edits are too few or an extra is missing.
    :raises ModelError: if nothing was learnt, or too much forgotten.
    """
    with _torch_for("tuning"):
        from trilogue.models.training.improving import improve
        from trilogue.models.training.tuning import Tuning
    where = None if guard is None else Path(guard)
    return improve(model, Path(corpus), Path(out), guard=where, tuning=Tuning(rate=rate))


def evaluate_model(
    folder: Path | str, *, to: str, model: str | None = None, beam: int | None = None
) -> "Quality":
    """How good the drafts of ``folder/en.txt`` are against ``folder/LANG.txt``, line by line.

    :param model: as :func:`draft` takes it, and so ``beam``.
    :raises FormatError: if a file is not there, or not text.
    :raises ConfigError: if the files have different numbers of lines, or none.
    """
    from trilogue.corpora.errors import FormatError
    from trilogue.corpora.lines import file_lines
    from trilogue.models.evaluation import evaluate
    from trilogue.scripts.verbs import draft

    files = [Path(folder, f"{code}.txt") for code in ("en", to)]
    for file in files:
        if not file.is_file():
            raise FormatError(f"{file}: no such file. Put en.txt and {to}.txt there, line by line.")
    sources, references = (list(file_lines(file)) for file in files)
    drafts = [best.text for best, *_ in draft(sources, to=to, model=model, beam=beam)]
    return evaluate(sources, drafts, references)


@contextmanager
def _torch_for(what: str) -> Iterator[None]:
    """Name the extras, if an import in the block lacks a package of theirs."""
    try:
        yield
    except ImportError as error:
        from trilogue.corpora.errors import ConfigError

        got = f"got no {error.name}, expected torch, transformers and sentencepiece"
        raise ConfigError(f"{what}: {got}. Install trilogue[torch,marian].") from None
