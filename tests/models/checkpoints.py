"""A real, small Marian checkpoint: trained in seconds on sentences of our own, in three languages.

It knows its sentences by heart and little else, which is what tests of loading, decoding and
guards need; it lies in the layout of the hub, as the built-in model does.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

SENTENCES: Final = (
    (
        "Good afternoon, colleagues.",
        "Добрый день, коллеги.",
        "Բարի օր, գործընկերներ։",
        "Günortanız xeyir, həmkarlar.",
    ),
    ("Thank you.", "Спасибо.", "Շնորհակալություն։", "Təşəkkür edirəm."),
    (
        "We discussed the new railway.",
        "Мы обсудили новую железную дорогу.",
        "Մենք քննարկեցինք նոր երկաթուղին։",
        "Biz yeni dəmir yolunu müzakirə etdik.",
    ),
    (
        "The agreement was signed in 2021.",
        "Соглашение было подписано в 2021 году.",
        "Համաձայնագիրը ստորագրվել է 2021 թվականին։",
        "Saziş 2021-ci ildə imzalanmışdır.",
    ),
    (
        "The trade grew by 12 percent.",
        "Торговля выросла на 12 процентов.",
        "Առևտուրն աճել է 12 տոկոսով։",
        "Ticarət 12 faiz artmışdır.",
    ),
    (
        "The ministers will meet on Monday.",
        "Министры встретятся в понедельник.",
        "Նախարարները կհանդիպեն երկուշաբթի։",
        "Nazirlər bazar ertəsi görüşəcəklər.",
    ),
    (
        "The President opened the session.",
        "Президент открыл заседание.",
        "Նախագահը բացեց նիստը։",
        "Prezident iclası açdı.",
    ),
    (
        "The water commission prepared a report.",
        "Водная комиссия подготовила доклад.",
        "Ջրային հանձնաժողովը պատրաստեց զեկույց։",
        "Su komissiyası hesabat hazırladı.",
    ),
    (
        "The parties did not agree on the border.",
        "Стороны не договорились о границе.",
        "Կողմերը չհամաձայնեցին սահմանի շուրջ։",
        "Tərəflər sərhəd barədə razılığa gəlmədilər.",
    ),
    (
        "The road is closed.",
        "Дорога закрыта.",
        "Ճանապարհը փակ է։",
        "Yol bağlıdır.",
    ),
    (
        "I would like to thank the delegation.",
        "Я хотел бы поблагодарить делегацию.",
        "Կցանկանայի շնորհակալություն հայտնել պատվիրակությանը։",
        "Nümayəndə heyətinə təşəkkür etmək istərdim.",
    ),
    (
        "The work continues.",
        "Работа продолжается.",
        "Աշխատանքը շարունակվում է։",
        "İş davam edir.",
    ),
)
"""English, Russian, Armenian, Azerbaijani."""

TAGS: Final = (">>rus<<", ">>hye<<", ">>aze_Latn<<")
SHAPE: Final[dict[str, Any]] = {
    "d_model": 48,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 4,
    "decoder_attention_heads": 4,
    "encoder_ffn_dim": 128,
    "decoder_ffn_dim": 128,
    "max_position_embeddings": 128,
    "activation_function": "swish",
    "scale_embedding": True,
    "static_position_embeddings": True,
    "share_encoder_decoder_embeddings": True,
    "dropout": 0.0,
}
STEPS: Final = 120


Twist = Callable[[str, str], str]
"""What to learn instead, from an English sentence and its translation."""


def make(folder: Path, *, steps: int = STEPS, twist: Twist | None = None) -> Path:
    """Train the checkpoint and save it under ``folder``, in float16 as the built-in one."""
    import torch
    from transformers import MarianConfig, MarianMTModel

    tokens = pieces_in(folder)
    ids = {token: at for at, token in enumerate(tokens)}
    (folder / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False), encoding="utf-8")
    settings = {"source_lang": "en", "target_lang": "mul", "model_max_length": 128}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    padding = len(tokens) - 1
    config = MarianConfig(
        **SHAPE,
        vocab_size=len(tokens),
        decoder_vocab_size=len(tokens),
        pad_token_id=padding,
        decoder_start_token_id=padding,
        eos_token_id=0,
        forced_eos_token_id=None,
    )
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    with torch.random.fork_rng():
        torch.manual_seed(7)
        model: Any = MarianMTModel(config)
        _train(model, _batch(folder, ids, twist or (lambda english, target: target)), steps)
    torch.set_num_threads(threads)
    model.half().save_pretrained(folder)
    return folder


def pieces_in(folder: Path) -> list[str]:
    """Learn one vocabulary for all languages; the tokens, padding last."""
    import sentencepiece

    sample = folder / "sample.txt"
    sample.write_text("\n".join(line for row in SENTENCES for line in row), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(sample),
        model_prefix=str(folder / "pieces"),
        vocab_size=420,
        hard_vocab_limit=False,
        character_coverage=1.0,
        eos_id=0,
        unk_id=1,
        bos_id=-1,
        pad_id=-1,
        normalization_rule_name="identity",
        num_threads=1,
        minloglevel=2,
    )
    learnt = folder / "pieces.model"
    model = sentencepiece.SentencePieceProcessor(model_file=str(learnt))
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(learnt.read_bytes())
    for scrap in (sample, learnt, folder / "pieces.vocab"):
        scrap.unlink()
    pieces = [model.id_to_piece(at) for at in range(2, model.vocab_size())]
    return ["</s>", "<unk>", *TAGS, *pieces, "<pad>"]


def _batch(folder: Path, ids: dict[str, int], twist: Twist) -> dict[str, list[list[int]]]:
    import sentencepiece

    model = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))

    def encoded(text: str) -> list[int]:
        return [ids[piece] for piece in model.encode(text, out_type=str)] + [ids["</s>"]]

    sources, targets = [], []
    for english, *others in SENTENCES:
        for tag, target in zip(TAGS, others, strict=True):
            sources.append([ids[tag], *encoded(english)])
            targets.append(encoded(twist(english, target)))
    return {"sources": sources, "targets": targets}


def _train(model: Any, batch: dict[str, list[list[int]]], steps: int) -> None:
    import torch

    padding = model.config.pad_token_id

    def padded(rows: list[list[int]], fill: int) -> torch.Tensor:
        width = max(map(len, rows))
        return torch.tensor([row + [fill] * (width - len(row)) for row in rows])

    sources = padded(batch["sources"], padding)
    inputs = {
        "input_ids": sources,
        "attention_mask": (sources != padding).long(),
        "labels": padded(batch["targets"], -100),
    }
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-2)
    model.train()
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = 1e-2 * min(1.0, (step + 1) / 20, 3 * (steps - step) / steps)
        optimiser.zero_grad()
        model(**inputs).loss.backward()
        optimiser.step()
    model.eval()
