"""How fast drafts are made, and what the quick engine costs: ratios from one run.

Run as ``python benchmarks/drafting.py [--shared ../shared] [--model builtin] [--lines 256]``, or
with ``--stream 1000000`` for the memory of a long stream. Sorting by length shows its worth only
on as many lines as a document has; the ways that do not sort are as fast on a quarter of them, and
get no more. Speed is in source tokens per CPU-second of decoding: neither text to pieces nor
guards, which take a tenth more at most. On the opus-mt-shaped checkpoint, whose weights are random,
every output is forced to 40 tokens, about as many as the source has, so that all ways do the same
work, and nothing is decoded twice; its shortlist is half of the vocabulary, as many pieces as the
target side of OPUS-MT has.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

SEED = 7
FORCED = 40
ROWS = 62_518
"""The vocabulary of opus-mt-en-ru."""


@dataclass(frozen=True)
class Way:
    """How to draft: engine, number type, beam, batches, workers and threads of each."""

    engine: str
    numbers: str | None
    beam: int
    how: str
    shortlist: bool = False
    workers: int = 1
    threads: int = 1


QUICK = ("ctranslate2", "int8_float32")
WAYS = {
    "transformers, batch 32, unsorted, beam 4 (baseline)": Way("transformers", None, 4, "rows"),
    "ctranslate2 int8, one sentence a batch, beam 4": Way(*QUICK, 4, "one"),
    "ctranslate2 float32, sorted, 1,024 tokens, beam 4": Way(QUICK[0], "float32", 4, "tokens"),
    "ctranslate2 int8, sorted, 1,024 tokens, beam 4": Way(*QUICK, 4, "tokens"),
    "the same, with a shortlist": Way(*QUICK, 4, "tokens", True),
    "the same, beam 3 (the built-in model's own)": Way(*QUICK, 3, "tokens", True),
    "the same, beam 2": Way(*QUICK, 2, "tokens", True),
}
PARALLEL = {
    "two workers of one thread": Way(*QUICK, 3, "tokens", True, 2, 1),
    "one worker of two threads": Way(*QUICK, 3, "tokens", True, 1, 2),
}
SHORT = (
    "Thank you.", "Good afternoon.", "Please, go ahead.", "Yes, of course.", "Any questions?",
    "I agree with you.", "Let us begin.", "That is all.", "We will see.", "Go on, please.",
)  # fmt: skip


def grouped(lengths: list[int], how: str) -> list[list[int]]:
    """Indices in batches: 32 rows as they come, one row, or 1,024 tokens of like length."""
    from trilogue.models import decoding

    if how == "tokens":
        return decoding.grouped(lengths, tokens=1024)
    rows = 32 if how == "rows" else 1
    return [list(range(len(lengths)))[at : at + rows] for at in range(0, len(lengths), rows)]


def plainly(folder: str, sources: list[str], forced: bool) -> dict[str, float]:
    """transformers as its manual shows it: batches of 32 as they come, beam 4; one thread."""
    import torch
    from transformers import MarianMTModel

    from trilogue.models import registry

    torch.set_num_threads(1)  # on a busy machine a second one spins, which would be counted
    place = registry.find(folder).folder
    # Weights in float16 would be computed in float16, which is slow on a CPU.
    model = MarianMTModel.from_pretrained(place, dtype=torch.float32).eval()
    ids = {token: at for at, token in enumerate(registry.find(folder).source_tokens)}
    framed = [[ids[token] for token in json.loads(source)] for source in sources]

    def decode(rows: list[list[int]]) -> None:
        width = max(map(len, rows))
        padded = [row + [model.config.pad_token_id] * (width - len(row)) for row in rows]
        mask = [[1] * len(row) + [0] * (width - len(row)) for row in rows]
        longest = FORCED if forced else 3 * width + 20
        with torch.inference_mode():
            model.generate(
                input_ids=torch.tensor(padded),
                attention_mask=torch.tensor(mask),
                num_beams=4,
                length_penalty=1.0,  # as the other ways, whatever the checkpoint asks for
                max_new_tokens=longest,
                min_new_tokens=FORCED if forced else 1,
                max_length=None,
            )

    decode(framed[-2:])
    spent, began = time.process_time(), time.perf_counter()
    for at in range(0, len(framed), 32):
        decode(framed[at : at + 32])
    spent, took = time.process_time() - spent, time.perf_counter() - began
    tokens = sum(map(len, framed))
    return {"speed": tokens / spent, "pace": tokens / took, "peak": peak()}


def measure(folder: str, to: str, way: str, sources: list[str], forced: bool) -> dict[str, float]:
    """One way in this process: tokens a CPU-second and a second, and the peak of memory in MiB."""
    from trilogue.models import marian
    from trilogue.models.decoding import Decoding

    asked = {**WAYS, **PARALLEL}[way]
    if asked.engine == "transformers":
        from trilogue.models import registry
        from trilogue.models.pieces import Pieces

        read = Pieces(registry.find(folder), to=to)
        return plainly(
            folder,
            [json.dumps(read.framed(read.split(read.written(source)))) for source in sources],
            forced,
        )
    model = marian.load(
        folder,
        to=to,
        engine=asked.engine,
        quantisation=asked.numbers,
        workers=asked.workers,
        threads=asked.threads,
        shortlist=asked.shortlist,
    )
    framed = [model.framed(source) for source in sources]
    groups = grouped([len(one) for one in framed], asked.how)
    batches = [[framed[at] for at in group] for group in groups]
    plans = []
    for batch in batches:
        free = Decoding(asked.beam, 3 * max(map(len, batch)) + 20)
        plans.append(Decoding(asked.beam, FORCED, shortest=FORCED) if forced else free)
    model.engine.decode(batches[-1:], plans[-1:])
    spent, began = time.process_time(), time.perf_counter()
    model.engine.decode(batches, plans)
    spent, took = time.process_time() - spent, time.perf_counter() - began
    tokens = sum(map(len, framed))
    return {"speed": tokens / spent, "pace": tokens / took, "peak": peak()}


def peak() -> float:
    """The most memory of this process, in MiB."""
    # Not getrusage: its peak is inherited from the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def opus_shaped(folder: Path) -> None:
    """A random checkpoint of the size of opus-mt-en-ru: 6 + 6 layers of width 512.

    Text is split into the pieces of the built-in model, of which FLORES has 42 a line.
    """
    import torch
    from transformers import MarianConfig, MarianMTModel

    from trilogue.models import registry

    known = registry.find("builtin")
    for name in ("source.spm", "target.spm"):
        shutil.copy(known.folder / name, folder / name)
    pieces = [one for one in known.source_tokens if not one.startswith((">>", "<pad>"))]
    tokens = [*pieces, *(f"filler{at}" for at in range(ROWS - len(pieces) - 1)), "<pad>"]
    ids = {token: at for at, token in enumerate(tokens)}
    (folder / "vocab.json").write_text(json.dumps(ids), encoding="utf-8")
    torch.manual_seed(SEED)
    config = MarianConfig(
        vocab_size=ROWS, decoder_vocab_size=ROWS, d_model=512, encoder_layers=6,
        decoder_layers=6, encoder_attention_heads=8, decoder_attention_heads=8,
        encoder_ffn_dim=2048, decoder_ffn_dim=2048, max_position_embeddings=512,
        activation_function="swish", scale_embedding=True, pad_token_id=ROWS - 1,
        decoder_start_token_id=ROWS - 1, eos_token_id=0, forced_eos_token_id=None,
    )  # fmt: skip
    MarianMTModel(config).save_pretrained(folder)
    half = sorted(random.Random(SEED).sample(range(ROWS - 1), ROWS // 2))
    (folder / "shortlist.json").write_text(json.dumps({"ru": half}), encoding="utf-8")


def alone(folder: str, to: str, way: str, sources: list[str], forced: bool) -> dict[str, float]:
    """One way in a process of its own, so that its peak is its own; empty if it failed."""
    asked = json.dumps([folder, to, way, sources, forced])
    run = subprocess.run(
        [sys.executable, __file__, "--one"], input=asked, capture_output=True, text=True
    )
    if run.returncode:
        print(f"  {way}: failed: {run.stderr.strip().splitlines()[-1]}")
        return {}
    found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


def compare(title: str, folder: str, to: str, sources: list[str], forced: bool) -> None:
    """The table of all ways."""
    print(f"\n{title}{'tokens/CPU-s':>{78 - len(title)}}   ratio   peak MiB")
    first = 0.0
    for way in WAYS:
        alone(folder, to, way, sources[:1], forced)  # what is converted now costs no memory then
        some = sources if WAYS[way].how == "tokens" else sources[::4]
        if found := alone(folder, to, way, some, forced):
            first = first or found["speed"]
            ratio = found["speed"] / first
            row = f"  {way:<56}{found['speed']:>20.1f}   {ratio:>4.1f}×   {found['peak']:>8.0f}"
            print(row, flush=True)


def parallel(folder: str, to: str, sources: list[str], rounds: int = 3) -> None:
    """Tokens a second of wall time, best of some rounds in turn: the machine may be busy."""
    best = dict.fromkeys(PARALLEL, 0.0)
    for _ in range(rounds):
        for way in PARALLEL:
            found = alone(folder, to, way, sources, False)
            best[way] = max(best[way], found.get("pace", 0.0))
    print("\non two cores, tokens a second: " + ", ".join(f"{w} {v:.0f}" for w, v in best.items()))


def stream(model: str, to: str, lines: int) -> None:
    """Draft many short lines as a stream; memory after each tenth."""
    from trilogue.models import marian

    translator = marian.load(model, to=to)
    drafts = translator.stream(islice(cycle(SHORT), lines))
    spent = time.process_time()
    for number, _ in enumerate(drafts, 1):
        if number % max(1, lines // 10) == 0:
            rate = number / (time.process_time() - spent)
            print(
                f"  {number:>10,} lines  peak {peak():.1f} MiB  {rate:,.0f} lines/CPU-s", flush=True
            )


def beams(model: str, to: str, sets: dict[str, tuple[list[str], list[str]]]) -> None:
    """chrF, length against the reference, and speed of the whole translator by width of search."""
    import sacrebleu

    from trilogue.models import marian

    print("\nbeam   " + "   ".join(f"{name:<22}" for name in sets) + "tokens/CPU-s, guards and all")
    for beam in (1, 2, 3, 4, 6):
        translator = marian.load(model, to=to, beam=beam, workers=1)
        row, tokens, spent = "", 0, 0.0
        for sources, references in sets.values():
            began = time.process_time()
            drafts = [draft.text for draft in translator.translate(sources)]
            spent += time.process_time() - began
            tokens += sum(len(translator.framed(source)) for source in sources)
            length = sum(map(len, drafts)) / sum(map(len, references))
            score = sacrebleu.corpus_chrf(drafts, [references]).score
            row += f"   chrF {score:5.2f}  length {length:.2f}"
        print(f"  {beam:<2}{row}{tokens / spent:>16,.0f}", flush=True)


def cost(folder: str, to: str, sources: list[str], references: list[str]) -> None:
    """chrF of number types and shortlist, and of both engines in beam search, on the same lines."""
    import sacrebleu

    from trilogue.models import marian

    print(f"\nchrF, en→{to}, {len(sources)} lines of FLORES-200 dev")
    found = {}
    for name, engine, numbers, short in (
        ("ctranslate2 int8 shortlist", "ctranslate2", None, True),
        ("ctranslate2 int8", "ctranslate2", None, False),
        ("ctranslate2 float32", "ctranslate2", "float32", False),
        ("transformers float32", "transformers", None, False),
    ):
        model = marian.load(
            folder, to=to, engine=engine, quantisation=numbers, workers=1, shortlist=short
        )
        found[name] = [draft.text for draft in model.translate(sources)]
        score = sacrebleu.corpus_chrf(found[name], [references]).score
        print(f"  {name:<28}{score:>6.2f}", flush=True)
    pairs = zip(found["ctranslate2 float32"], found["transformers float32"], strict=True)
    print(f"  lines that differ between the engines in float32: {sum(a != b for a, b in pairs)}")


def lines_of(shared: Path, name: str, to: str, number: int) -> tuple[list[str], list[str]]:
    """English lines of a set and their translations, spread over it; none if it is not here."""
    folder = shared / "bench" / name
    if not folder.is_dir():
        print(f"skipped: {folder} is not here; it is part of the shared data")
        return [], []
    english, human = (
        (folder / f"{lang}.txt").read_text(encoding="utf-8").splitlines() for lang in ("en", to)
    )
    step = max(1, len(english) // number)
    return english[::step][:number], human[::step][:number]


def processor() -> str:
    """As the kernel names it."""
    said = Path("/proc/cpuinfo").read_text(encoding="utf-8").partition("model name")[2]
    return said.partition("\n")[0].strip("\t :") or "an unnamed processor"


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--to", default="ru")
    parser.add_argument("--lines", type=int, default=256)
    parser.add_argument("--stream", type=int, metavar="LINES")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    asked = options()
    if asked.one:
        print(json.dumps(measure(*json.loads(sys.stdin.read()))))
        return
    if asked.stream:
        stream(asked.model, asked.to, asked.stream)
        return
    flores = lines_of(asked.shared, "flores-dev", asked.to, asked.lines)
    ntrex = lines_of(asked.shared, "ntrex", asked.to, asked.lines)
    english, human = flores
    if not english:
        return
    what = f"{len(english)} lines of FLORES-200 dev · en→{asked.to} · seed {SEED} · {processor()}"
    print(f"drafting · {what} · one thread")
    with tempfile.TemporaryDirectory() as folder:
        opus_shaped(Path(folder))
        compare("opus-mt-shaped, random", folder, "ru", english, True)
    compare(asked.model, asked.model, asked.to, english, False)
    parallel(asked.model, asked.to, english)
    beams(
        asked.model,
        asked.to,
        {"FLORES": flores, "NTREX": ntrex} if ntrex[0] else {"FLORES": flores},
    )
    cost(asked.model, asked.to, english, human)


if __name__ == "__main__":
    main()
