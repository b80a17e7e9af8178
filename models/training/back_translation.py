"""Pairs that a run makes itself: real text under sources that its own network translates from it.

Real pairs of Armenian and Azerbaijani are few, monolingual text is several times as much (Sennrich
et al. 2016). Made sources carry a mark, so that the network can tell them from real ones (Caswell
et al. 2019), and those that loop, copy or are of an unlikely length are left out.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trilogue.corpora.languages import language
from trilogue.models.training.feeding import TextPool
from trilogue.models.training.network import Network
from trilogue.models.training.translating import translate
from trilogue.models.training.vocabulary import SYNTHETIC, Vocabulary

log = logging.getLogger(__name__)

SHORTEST, LONGEST, DISTINCT, SMALLEST_LOOP = 0.5, 2.0, 0.35, 10
AWAY = ("hy", "az")
"""What English is translated into, for more pairs of the way back; Russian has enough."""


def head_of(code: str, vocabulary: Vocabulary, *, made: bool) -> tuple[int, ...]:
    """The ids before a source: the target's tag and, if a machine made the source, the mark."""
    tag = vocabulary.ids[language(code).tag]
    return (tag, vocabulary.ids[SYNTHETIC]) if made else (tag,)


@dataclass(frozen=True, slots=True)
class Task:
    """Text of ``given`` to translate into ``made``: what is made becomes the source of a pool.

    :ivar weights: of the texts, shape [texts].
    """

    name: str
    given: str
    made: str
    texts: list[str]
    weights: npt.NDArray[np.float64]


def tasks_of(pools: Sequence[TextPool]) -> list[Task]:
    """What to translate: each monolingual text into English, and English into the poorer two."""
    texts = {pool.name.split(".")[0]: pool for pool in pools if pool.denoise}
    tasks = [
        Task(f"{code}.back", code, "en", pool.targets, pool.weights)
        for code, pool in texts.items()
        if code != "en"
    ]
    if "en" in texts:
        english = texts["en"]
        tasks += [
            Task(f"{code}.reverse-back", "en", code, english.targets, english.weights)
            for code in AWAY
            if code in texts
        ]
    return tasks


def sound(made: Sequence[int], given: Sequence[int]) -> bool:
    """Whether a made source is of a likely length, no copy, and does not loop."""
    if not made or made == given or not SHORTEST <= len(made) / len(given) <= LONGEST:
        return False
    return len(made) < SMALLEST_LOOP or len(set(made)) / len(made) > DISTINCT


def back_translate(
    network: Network, tasks: Sequence[Task], vocabulary: Vocabulary, *, tokens: int
) -> list[TextPool]:
    """Pools of real targets under sources that the network makes of them.

    :param tokens: rows × longest source of a batch.
    """
    return [pool_of(network, task, vocabulary, tokens=tokens) for task in tasks]


def pool_of(network: Network, task: Task, vocabulary: Vocabulary, *, tokens: int) -> TextPool:
    """The pool of one task."""
    began, longest = time.monotonic(), network.shape.positions // 2
    encoded = vocabulary.encode(task.texts)
    fit = [at for at, ids in enumerate(encoded) if 0 < len(ids) <= longest]
    head = head_of(task.made, vocabulary, made=False)
    drafts = translate(network, [[*head, *encoded[at], 0] for at in fit], tokens=tokens)
    both = zip(fit, drafts, strict=True)
    kept = [(at, draft) for at, draft in both if sound(draft, encoded[at])]
    seconds = time.monotonic() - began
    log.info("%s: kept %d of %d texts in %.1f s", task.name, len(kept), len(task.texts), seconds)
    return TextPool(
        task.name,
        head_of(task.given, vocabulary, made=True),
        vocabulary.decode_all([draft for _, draft in kept]),
        [task.texts[at] for at, _ in kept],
        task.weights[[at for at, _ in kept]],
    )
