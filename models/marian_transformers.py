"""Marian on transformers and torch: the reference that the quick engine is held against."""

from collections.abc import Sequence
from typing import Any, Final

from trilogue.corpora.errors import ConfigError, ModelError
from trilogue.models import checkpoint, shortlist
from trilogue.models.checkpoint import Checkpoint
from trilogue.models.decoding import Decoding, Hypothesis, cores

SCORED: Final = 8
"""Outputs that are scored together."""


class TransformersEngine:
    """A checkpoint in torch: float32 on the CPU, bfloat16 or float16 on a GPU."""

    def __init__(
        self,
        model: Checkpoint,
        *,
        threads: int | None = None,
        shortlist_for: str | None = None,
    ) -> None:
        """:param shortlist_for: the target language whose shortlist is used, if there is one.
        :raises ConfigError: without torch and transformers.
        :raises ModelError: if the weights do not fit.
        """
        try:
            import torch
            from transformers import GenerationConfig, MarianMTModel
            from transformers.utils.logging import disable_progress_bar
        except ImportError as error:
            what = f"got no {error.name}, expected torch and transformers"
            raise ConfigError(f"engine transformers: {what}. Install trilogue[torch].") from None
        disable_progress_bar()  # type: ignore[no-untyped-call]
        self._torch = torch
        gpu = torch.cuda.is_available()
        self._device = torch.device("cuda" if gpu else "cpu")
        self._type = torch.float32
        if gpu:
            self._type = torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
        elif threads or cores() < torch.get_num_threads():
            torch.set_num_threads(threads or cores())
        try:
            loaded: Any = MarianMTModel.from_pretrained(model.folder, dtype=self._type)
        except (OSError, RuntimeError, ValueError) as error:
            raise ModelError(f"{model.folder}: cannot be loaded: {error}") from error
        self._model: Any = loaded.to(self._device).eval()
        ids = frozenset(shortlist.of(model, to=shortlist_for) if shortlist_for else ())
        every = range(len(model.target_tokens))
        self._never = [at for at in every if at not in ids] if ids else [model.shape.padding]
        self._plain = GenerationConfig(  # type: ignore[no-untyped-call]
            decoder_start_token_id=model.shape.start,
            pad_token_id=model.shape.padding,
            eos_token_id=model.target_tokens.index(checkpoint.END),
            bad_words_ids=[[model.shape.padding]],
            suppress_tokens=self._never,
        )
        self._model.generation_config = self._plain
        self._ids = {token: at for at, token in enumerate(model.source_tokens)}
        self._tokens = model.target_tokens
        self._padding = model.shape.padding
        self._end = self._plain.eos_token_id
        kind = str(self._type).removeprefix("torch.")
        self.signature = f"transformers-{kind}{'-shortlist' if ids else ''}"

    def decode(
        self, batches: Sequence[Sequence[Sequence[str]]], decodings: Sequence[Decoding]
    ) -> list[list[list[Hypothesis]]]:
        """See :class:`~trilogue.models.decoding.Engine`."""
        try:
            return [self._batch(b, how) for b, how in zip(batches, decodings, strict=True)]
        except self._torch.cuda.OutOfMemoryError as error:
            raise MemoryError(str(error)) from error
        except RuntimeError as error:
            if "not enough memory" in str(error) or "can't allocate" in str(error):
                raise MemoryError(str(error)) from error
            raise ModelError(f"{self.signature}: cannot decode: {error}") from error

    def _batch(self, batch: Sequence[Sequence[str]], how: Decoding) -> list[list[Hypothesis]]:
        torch = self._torch
        width = max(map(len, batch))
        rows = [[self._ids[token] for token in source] for source in batch]
        ids = torch.tensor([row + [self._padding] * (width - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
        with torch.inference_mode():
            out = self._model.generate(
                input_ids=ids.to(self._device),
                attention_mask=mask.to(self._device),
                num_beams=how.beam,
                num_return_sequences=how.hypotheses,
                length_penalty=how.penalty,
                no_repeat_ngram_size=how.no_repeat,
                max_new_tokens=how.longest,
                min_new_tokens=how.shortest,
                do_sample=False,
                return_dict_in_generate=True,
                output_scores=how.beam == 1,  # those of a beam would need gigabytes
            )
            sums = self._greedy_sums(out) if how.beam == 1 else self._beam_sums(ids, mask, out)
        found = [
            self._hypothesis(ids, total)
            for ids, total in zip(out.sequences[:, 1:].tolist(), sums, strict=True)
        ]
        return [found[at : at + how.hypotheses] for at in range(0, len(found), how.hypotheses)]

    def _greedy_sums(self, out: Any) -> list[float]:
        steps = self._model.compute_transition_scores(
            out.sequences, out.scores, normalize_logits=True
        )
        rows = zip(out.sequences[:, 1:].tolist(), steps.tolist(), strict=True)
        return [sum(scores[: self._length(ids)]) for ids, scores in rows]

    def _beam_sums(self, ids: Any, mask: Any, out: Any) -> list[float]:
        """The log-probability of each output, a few at a time: vocabulary × length is large."""
        each = len(out.sequences) // len(ids)
        sources, masks = ids.repeat_interleave(each, 0), mask.repeat_interleave(each, 0)
        sums: list[float] = []
        for at in range(0, len(out.sequences), SCORED):
            said = out.sequences[at : at + SCORED]
            logits = self._model(
                input_ids=sources[at : at + SCORED].to(self._device),
                attention_mask=masks[at : at + SCORED].to(self._device),
                decoder_input_ids=said[:, :-1],
            ).logits.float()
            logits[..., self._never] = -self._torch.inf
            steps = logits.log_softmax(-1).gather(-1, said[:, 1:, None])[..., 0]
            for row, scores in zip(said[:, 1:].tolist(), steps.tolist(), strict=True):
                sums.append(sum(scores[: self._length(row)]))
        return sums

    def _length(self, ids: list[int]) -> int:
        """Tokens of an output, the end counted if it was reached."""
        return ids.index(self._end) + 1 if self._end in ids else len(ids)

    def _hypothesis(self, ids: list[int], total: float) -> Hypothesis:
        length = self._length(ids)
        tokens = tuple(self._tokens[at] for at in ids[:length] if at != self._end)
        return Hypothesis(tokens, total / max(1, length))
