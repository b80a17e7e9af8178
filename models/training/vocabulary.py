"""One sentencepiece model for all languages, in the layout that ``MarianTokenizer`` reads."""

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

import sentencepiece

from trilogue.corpora.errors import ConfigError, ModelError
from trilogue.corpora.languages import LANGUAGES

END, UNKNOWN, PADDING, SYNTHETIC = "</s>", "<unk>", "<pad>", ">>synthetic<<"
ROW_MULTIPLE = 64


def train_pieces(texts: Iterable[str], out: Path, *, rows: int) -> None:
    """Learn pieces so that the table of embeddings, padding aside, has ``rows`` rows.

    :param texts: the sample, domains already mixed as they should be.
    :param out: the model file, written when it is whole.
    :raises ConfigError: if ``rows`` is not a multiple of 64 (the products would be slow), or more
        than the sample can fill.
    """
    if rows % ROW_MULTIPLE:
        raise ConfigError(f"vocabulary.rows: got {rows}, expected a multiple of {ROW_MULTIPLE}")
    ours = len(LANGUAGES) + 1  # tags and the mark of synthetic sources; </s> and <unk> are theirs
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        sample, prefix = Path(folder, "sample.txt"), Path(folder, "pieces")
        sample.write_text("\n".join(texts) + "\n", encoding="utf-8")
        try:
            sentencepiece.SentencePieceTrainer.train(
                input=str(sample),
                model_prefix=str(prefix),
                vocab_size=rows - ours,
                model_type="unigram",
                character_coverage=0.9999,
                byte_fallback=True,
                normalization_rule_name="identity",
                unk_id=1,
                eos_id=0,
                bos_id=-1,
                pad_id=-1,
                num_threads=1,
                minloglevel=2,
                max_sentence_length=4000,
                split_digits=True,
            )
        except (RuntimeError, OSError) as error:
            raise ConfigError(
                f"pieces.rows: {rows} cannot be learnt from this text ({error})"
            ) from error
        prefix.with_suffix(".model").rename(out)


class Vocabulary:
    """Ids of pieces and tags: ``</s>`` is 0, ``<unk>`` 1, then tags, pieces, padding."""

    def __init__(self, pieces: Path) -> None:
        """:raises ModelError: if ``pieces`` is not a sentencepiece model."""
        self.path = pieces
        try:
            self.model = sentencepiece.SentencePieceProcessor(model_file=str(pieces))
        except (OSError, RuntimeError) as error:
            raise ModelError(f"{pieces}: not a sentencepiece model ({error})") from error
        tags = [tongue.tag for tongue in LANGUAGES.values()]
        specials = [END, UNKNOWN, *tags, SYNTHETIC]
        learnt = [self.model.id_to_piece(at) for at in range(2, self.model.vocab_size())]
        self.tokens = [*specials, *learnt, PADDING]
        self.shift = len(specials) - 2
        self.ids = {token: at for at, token in enumerate(self.tokens)}
        self.padding = len(self.tokens) - 1

    def __len__(self) -> int:
        return len(self.tokens)

    def encode(self, texts: list[str]) -> list[list[int]]:
        """Piece ids of each text, without tag and without end."""
        encoded = self.model.encode(texts)
        return [[at + self.shift if at > 1 else at for at in ids] for ids in encoded]

    def decode(self, ids: list[int]) -> str:
        """The text of ids up to the first end; tags and padding are left out."""
        if 0 in ids:
            ids = ids[: ids.index(0)]
        first = self.shift + 2
        text: str = self.model.decode([at - self.shift for at in ids if first <= at < self.padding])
        return text

    def decode_all(self, rows: list[list[int]]) -> list[str]:
        """The texts of rows of ids without ends."""
        first = self.shift + 2
        shifted = [[at - self.shift for at in ids if first <= at < self.padding] for ids in rows]
        texts: list[str] = self.model.decode(shifted)
        return texts

    def write(self, folder: Path) -> None:
        """``source.spm``, ``target.spm`` and ``vocab.json`` as ``MarianTokenizer`` wants them."""
        for name in ("source.spm", "target.spm"):
            (folder / name).write_bytes(self.path.read_bytes())
        text = json.dumps(self.ids, ensure_ascii=False, indent=0)
        (folder / "vocab.json").write_text(text + "\n", encoding="utf-8")
