"""Marian on CTranslate2: the engine that drafts on ordinary hardware."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from trilogue.corpora.errors import ConfigError, ModelError
from trilogue.models import conversion
from trilogue.models.checkpoint import Checkpoint
from trilogue.models.decoding import Decoding, Hypothesis, cores

ON_CPU: Final = "int8_float32"
ON_CUDA: Final = "int8_float16"
_BROKEN: Final = (RuntimeError, ValueError, IndexError)
"""What loading a broken model raises, by what is broken."""

_NO_CUBLAS: Final = (
    " A GPU needs it on LD_LIBRARY_PATH (PyPI has it as nvidia-cublas-cu12). "
    "Or ask for the engine transformers, or hide the GPU: CUDA_VISIBLE_DEVICES=''."
)
"""Libraries of CUDA are loaded at the first product of matrices, not with the model."""


class CTranslate2Engine:
    """A converted checkpoint, loaded.

    :param quantisation: number type of the weights; by default int8 and floats.
    :param workers: batches decoded at a time; ``threads`` each.
    :param shortlist_for: the target language whose shortlist is used, if the checkpoint has one:
        then only the pieces of that language are looked at.
    """

    def __init__(
        self,
        model: Checkpoint,
        *,
        quantisation: str | None = None,
        workers: int | None = None,
        threads: int = 1,
        shortlist_for: str | None = None,
    ) -> None:
        """:raises ConfigError: without ctranslate2, or with a number type that is not to be had."""
        device, kind = _hardware(quantisation)
        load: dict[str, Any] = {
            "device": device,
            "compute_type": kind,
            "inter_threads": workers or max(1, cores() // threads),
            "intra_threads": threads,
        }
        folder = conversion.converted(model, kind, shortlist_for=shortlist_for)
        self._translator = _loaded(folder, load)
        self._shortlist = (folder / conversion.SHORTLIST).is_file()
        self.signature = f"ctranslate2-{kind}{'-shortlist' if self._shortlist else ''}"

    def decode(
        self, batches: Sequence[Sequence[Sequence[str]]], decodings: Sequence[Decoding]
    ) -> list[list[list[Hypothesis]]]:
        """See :class:`~trilogue.models.decoding.Engine`."""
        try:
            running = [
                self._start(batch, how) for batch, how in zip(batches, decodings, strict=True)
            ]
            return [
                [_hypotheses(result.result(), how) for result in results]
                for results, how in zip(running, decodings, strict=True)
            ]
        except _BROKEN as error:
            if "out of memory" in str(error).lower() or "bad_alloc" in str(error):
                raise MemoryError(str(error)) from error
            way = _NO_CUBLAS if "libcublas" in str(error) else ""
            raise ModelError(f"{self.signature}: cannot decode: {error}.{way}") from error

    def _start(self, batch: Sequence[Sequence[str]], how: Decoding) -> list[Any]:
        started: list[Any] = self._translator.translate_batch(
            [list(source) for source in batch],
            asynchronous=True,
            beam_size=how.beam,
            num_hypotheses=how.hypotheses,
            length_penalty=how.penalty,
            no_repeat_ngram_size=how.no_repeat,
            max_input_length=0,
            max_decoding_length=how.longest,
            min_decoding_length=how.shortest,
            return_scores=True,
            # Always the same list: CTranslate2 4.8.5 answers with the wrong words if two batches
            # that follow each other have different ones.
            use_vmap=self._shortlist,
        )
        return started

    def begun(
        self,
        source: Sequence[str],
        starts: Sequence[Sequence[str]],
        *,
        shunned: Sequence[Sequence[str]] = (),
        longest: int,
    ) -> list[tuple[str, ...]]:
        """The likeliest output of one source for each of some ways to begin it; the whole output.

        :param shunned: runs of tokens that must not be said.
        """
        found = self._translator.translate_batch(
            [list(source)] * len(starts),
            target_prefix=[list(start) for start in starts],
            beam_size=2,
            max_input_length=0,
            max_decoding_length=longest,
            suppress_sequences=[list(run) for run in shunned] or None,
        )
        return [tuple(one.hypotheses[0]) for one in found]

    def scored(self, source: Sequence[str], outputs: Sequence[Sequence[str]]) -> list[float]:
        """The log-probability a token of some outputs of one source, the end counted."""
        scores = self._translator.score_batch(
            [list(source)] * len(outputs), [list(output) for output in outputs], max_input_length=0
        )
        return [sum(one.log_probs) / max(1, len(one.log_probs)) for one in scores]


def _hardware(quantisation: str | None) -> tuple[str, str]:
    """The device and the number type.

    :raises ConfigError: without ctranslate2, or with a number type that is not to be had.
    """
    try:
        import ctranslate2
    except ImportError:
        way = "Install trilogue[marian]."
        raise ConfigError(f"engine ctranslate2: got no ctranslate2, expected it. {way}") from None
    device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    wanted = quantisation or (ON_CUDA if device == "cuda" else ON_CPU)
    supported = ctranslate2.get_supported_compute_types(device)
    if wanted not in supported:
        known = ", ".join(sorted(supported))
        raise ConfigError(f"quantisation: got {wanted!r}, expected one of {known} on {device}.")
    return device, wanted


def _loaded(folder: Path, load: dict[str, Any]) -> Any:
    import ctranslate2

    try:
        return ctranslate2.Translator(str(folder), **load)
    except _BROKEN as error:
        raise ModelError(f"{folder}: cannot be loaded: {error}") from error


def _hypotheses(result: Any, how: Decoding) -> list[Hypothesis]:
    """Undo the search's own normalisation: a score is a sum over length ** penalty."""
    found = []
    for tokens, score in zip(result.hypotheses, result.scores, strict=True):
        length = len(tokens) + (len(tokens) < how.longest)  # the end counts if it was reached
        found.append(Hypothesis(tuple(tokens), score * length ** (how.penalty - 1)))
    return found
