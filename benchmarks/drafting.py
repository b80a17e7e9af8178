"""How fast drafts are made, and what the quick engine costs: ratios from one run.

Run as ``python benchmarks/drafting.py [--shared ../shared] [--model builtin] [--lines 64]``.
Speed is in source tokens per CPU-second. On the opus-mt-shaped checkpoint, whose weights are
random, every output is forced to 32 tokens, so that all ways do the same work.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEED = 7
FORCED = 32
WAYS = {
    "transformers, batch 32, unsorted, beam 4 (baseline)": ("transformers", None, 4, "rows"),
    "ctranslate2 int8, one sentence a batch, beam 4": ("ctranslate2", "int8_float32", 4, "one"),
    "ctranslate2 int8, sorted, 1,024 tokens, beam 4": ("ctranslate2", "int8_float32", 4, "tokens"),
    "ctranslate2 int8, sorted, 1,024 tokens, beam 2": ("ctranslate2", "int8_float32", 2, "tokens"),
}


def grouped(lengths: list[int], how: str) -> list[list[int]]:
    """Indices in batches: 32 rows as they come, one row, or 1,024 tokens of like length."""
    from trilogue.models import decoding

    if how == "tokens":
        return decoding.grouped(lengths, tokens=1024)
    rows = 32 if how == "rows" else 1
    return [list(range(len(lengths)))[at : at + rows] for at in range(0, len(lengths), rows)]


def measure(folder: str, to: str, way: str, sources: list[str], forced: bool) -> dict[str, float]:
    """One way in this process: tokens a CPU-second, and the peak of memory in MiB."""
    from trilogue.models import marian
    from trilogue.models.decoding import Decoding

    engine, numbers, beam, how = WAYS[way]
    model = marian.load(folder, to=to, engine=engine, beam=beam, quantisation=numbers, workers=1)
    framed = [model.framed(source) for source in sources]
    groups = grouped([len(one) for one in framed], how)
    batches = [[framed[at] for at in group] for group in groups]
    plans = []
    for batch in batches:
        free = Decoding(beam, 3 * max(map(len, batch)) + 20)
        plans.append(Decoding(beam, FORCED, shortest=FORCED) if forced else free)
    model.engine.decode(batches[:1], plans[:1])
    start = time.process_time()
    model.engine.decode(batches, plans)
    seconds = time.process_time() - start
    # Not getrusage: its peak is inherited from the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    return {"speed": sum(map(len, framed)) / seconds, "peak": peak}


def opus_shaped(folder: Path) -> None:
    """A random checkpoint of the size of opus-mt: 6 + 6 layers, width 512, 62,000 tokens."""
    import sentencepiece
    import torch
    from transformers import MarianConfig, MarianMTModel

    words = random.Random(SEED)
    letters = "abcdefghijklmnopqrstuvwxyz"
    sample = [
        " ".join("".join(words.choices(letters, k=words.randint(2, 9))) for _ in range(12))
        for _ in range(2000)
    ]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sample),
        model_prefix=str(folder / "p"),
        vocab_size=4000,
        minloglevel=2,
    )
    data = (folder / "p.model").read_bytes()
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(data)
    model = sentencepiece.SentencePieceProcessor(model_file=str(folder / "p.model"))
    pieces = [model.id_to_piece(at) for at in range(3, model.vocab_size())]
    filler = [f"filler{at}" for at in range(62_000 - len(pieces) - 3)]
    tokens = ["</s>", "<unk>", *pieces, *filler, "<pad>"]
    ids = {token: at for at, token in enumerate(tokens)}
    (folder / "vocab.json").write_text(json.dumps(ids), encoding="utf-8")
    torch.manual_seed(SEED)
    config = MarianConfig(
        vocab_size=len(tokens), decoder_vocab_size=len(tokens), d_model=512, encoder_layers=6,
        decoder_layers=6, encoder_attention_heads=8, decoder_attention_heads=8,
        encoder_ffn_dim=2048, decoder_ffn_dim=2048, max_position_embeddings=512,
        activation_function="swish", scale_embedding=True, pad_token_id=len(tokens) - 1,
        decoder_start_token_id=len(tokens) - 1, eos_token_id=0, forced_eos_token_id=None,
    )  # fmt: skip
    MarianMTModel(config).save_pretrained(folder)


def compare(title: str, folder: str, to: str, sources: list[str], forced: bool) -> None:
    """Every way in a process of its own, so that peaks are its own; print the table."""
    print(f"\n{title}{'tokens/CPU-s':>{78 - len(title)}}   ratio   peak MiB")
    first = 0.0
    for way in WAYS:
        asked = json.dumps([folder, to, way, sources, forced])
        run = subprocess.run(
            [sys.executable, __file__, "--one"], input=asked, capture_output=True, text=True
        )
        if run.returncode:
            print(f"  {way}: failed: {run.stderr.strip().splitlines()[-1]}")
            continue
        found = json.loads(run.stdout.splitlines()[-1])
        first = first or found["speed"]
        ratio = found["speed"] / first
        print(f"  {way:<56}{found['speed']:>20.1f}   {ratio:>4.1f}×   {found['peak']:>8.0f}")


def cost(folder: str, to: str, sources: list[str], references: list[str]) -> None:
    """chrF of float32 and int8, and of the two engines in beam search, on the same lines."""
    import sacrebleu

    from trilogue.models import marian

    print(f"\nchrF, en→{to}, {len(sources)} lines of FLORES-200 dev, beam 4")
    found = {}
    for name, engine, numbers in (
        ("ctranslate2 int8", "ctranslate2", None),
        ("ctranslate2 float32", "ctranslate2", "float32"),
        ("transformers float32", "transformers", None),
    ):
        model = marian.load(folder, to=to, engine=engine, quantisation=numbers, workers=1)
        found[name] = [draft.text for draft in model.translate(sources)]
        score = sacrebleu.corpus_chrf(found[name], [references]).score
        print(f"  {name:<24}{score:>6.2f}")
    pairs = zip(found["ctranslate2 float32"], found["transformers float32"], strict=True)
    print(f"  lines that differ between the engines in float32: {sum(a != b for a, b in pairs)}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--model", default="builtin")
    options.add_argument("--to", default="ru")
    options.add_argument("--lines", type=int, default=64)
    options.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.one:
        print(json.dumps(measure(*json.loads(sys.stdin.read()))))
        return
    flores = asked.shared / "bench" / "flores-dev"
    if not flores.is_dir():
        print(f"skipped: {flores} is not here; it is part of the shared data")
        return
    english = (flores / "en.txt").read_text(encoding="utf-8").splitlines()[: asked.lines]
    human = (flores / f"{asked.to}.txt").read_text(encoding="utf-8").splitlines()[: asked.lines]
    print(f"drafting · {len(english)} lines of FLORES-200 dev · one thread · seed {SEED}")
    with tempfile.TemporaryDirectory() as folder:
        opus_shaped(Path(folder))
        short = english[: asked.lines // 2]
        compare("opus-mt-shaped, random", folder, asked.to, short, True)
    compare(asked.model, asked.model, asked.to, english, False)
    cost(asked.model, asked.to, english, human)


if __name__ == "__main__":
    main()
