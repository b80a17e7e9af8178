"""English political transcripts into reviewed, scored, publishable parallel corpora.

The verbs of the command line are functions here, imported when they are first used. ``align`` is a
room of the package, so that its verb is called :func:`align_segments`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trilogue.scripts.verbs import (
        align_segments,
        build,
        calibrate,
        convert,
        draft,
        evaluate_ladder,
        evaluate_model,
        evaluate_scores,
        explain,
        export,
        import_units,
        plan_build,
        publish,
        read,
        report,
        review_account,
        review_receive,
        review_send,
        review_serve,
        review_snapshot,
        score,
        segment,
        train_model,
        tune_model,
    )

__version__ = "0.1.0"
__all__ = [
    "align_segments",
    "build",
    "calibrate",
    "convert",
    "draft",
    "evaluate_ladder",
    "evaluate_model",
    "evaluate_scores",
    "explain",
    "export",
    "import_units",
    "plan_build",
    "publish",
    "read",
    "report",
    "review_account",
    "review_receive",
    "review_send",
    "review_serve",
    "review_snapshot",
    "score",
    "segment",
    "train_model",
    "tune_model",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module("trilogue.scripts.verbs"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
