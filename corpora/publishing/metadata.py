"""The YAML head of a dataset card: written, and checked against what the hub accepts."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from trilogue.corpora.errors import PublishError
from trilogue.corpora.publishing.figures import Figures
from trilogue.corpora.publishing.files import Config
from trilogue.corpora.publishing.rows import features
from trilogue.corpora.publishing.terms import LICENCES, name_on_the_hub, on_the_hub
from trilogue.corpora.splits import Split
from trilogue.corpora.types import Origin

MULTI: Final = "multi"
_SIZES: Final = (
    (10**3, "n<1K"),
    (10**4, "1K<n<10K"),
    (10**5, "10K<n<100K"),
    (10**6, "100K<n<1M"),
    (10**7, "1M<n<10M"),
    (10**8, "10M<n<100M"),
)
_NAME: Final = re.compile(r"[\w.\-]+")
_PLAIN: Final = re.compile(r"[A-Za-z][\w./ \-]*[\w]|[A-Za-z]")
_RESERVED: Final = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})


def metadata(name: str, figures: Figures, configs: Sequence[Config]) -> dict[str, Any]:
    """What the hub reads of the dataset: the head of its card."""
    licences = sorted({source.terms.licence or "" for source in figures.texts})
    known = sorted({on_the_hub(licence) for licence in licences})
    origins = {origin for found in figures.languages.values() for origin in found.origins}
    units = max((found.units for found in figures.languages.values()), default=0)
    head: dict[str, Any] = {
        "pretty_name": name,
        "language": ["en", *figures.languages],
        "license": known if len(known) > 1 else known[0],
    }
    if known == ["other"]:
        head |= {"license_name": name_on_the_hub(licences[0]), "license_link": LICENCES}
    return head | {
        "multilinguality": ["translation"],
        "task_categories": ["translation"],
        "size_categories": [next((said for top, said in _SIZES if units < top), "100M<n<1B")],
        "language_creators": _creators(origins),
        "annotations_creators": ["machine-generated"],
        "source_datasets": ["original"],
        "tags": ["parallel-corpus", "political-speech", "transcripts", "quality-estimation"],
        "configs": [_files(config) for config in configs],
        "dataset_info": [_info(config) for config in configs],
    }


def check(head: dict[str, Any], folder: Path) -> None:
    """Hold the head to the rules of the hub that a generated one can break.

    :param folder: of the dataset: the data files that are named must be there.
    :raises PublishError: naming the first field that the hub would not take.
    """
    names = [config["config_name"] for config in head["configs"]]
    for name in names:
        if not _NAME.fullmatch(name):
            raise PublishError(f"card: config {name!r}, expected letters, digits, '.', '_' or '-'")
    if len(set(names)) != len(names) or not names:
        raise PublishError(f"card: configs {names}, expected different names, one at least")
    if sum(config.get("default", False) for config in head["configs"]) > 1:
        raise PublishError("card: more than one default config")
    if [info["config_name"] for info in head["dataset_info"]] != names:
        raise PublishError("card: dataset_info and configs name different configs")
    for config in head["configs"]:
        for data in config["data_files"]:
            if not list(folder.glob(data["path"])):
                raise PublishError(f"card: {data['path']} matches no file in {folder}")
    for lang in head["language"]:
        if not re.fullmatch("[a-z]{2,3}", lang):
            raise PublishError(f"card: language {lang!r}, expected an ISO 639 code")


def yaml(value: Any, indent: int = 0) -> str:
    """Block YAML of dictionaries, lists, strings, numbers and booleans."""
    return "".join(f"{line}\n" for line in _lines(value, indent))


def _creators(origins: set[Origin]) -> list[str]:
    said = ["found"]
    if Origin.MACHINE in origins:
        said.append("machine-generated")
    if Origin.POST_EDIT in origins:
        said.append("expert-generated")
    return said


def _files(config: Config) -> dict[str, Any]:
    files = [
        {"split": split.value, "path": f"data/{config.name}/{split.value}-*.parquet"}
        for split in config.splits
    ]
    default = {"default": True} if config.name == MULTI else {}
    return {"config_name": config.name, **default, "data_files": files}


def _info(config: Config) -> dict[str, Any]:
    sizes = config.splits.values()
    splits = [
        {"name": split.value, "num_bytes": size.memory, "num_examples": size.rows}
        for split, size in config.splits.items()
    ]
    return {
        "config_name": config.name,
        "features": features(config.schema),
        "splits": splits,
        "download_size": sum(size.disk for size in sizes),
        "dataset_size": sum(size.memory for size in sizes),
    }


def total(config: Config, split: Split) -> int:
    """Rows of a split, 0 if the configuration has none."""
    size = config.splits.get(split)
    return size.rows if size else 0


def _lines(value: Any, indent: int) -> Iterator[str]:
    space = " " * indent
    if isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, dict | list) and inner:
                yield f"{space}{name}:"
                yield from _lines(inner, indent + 2)
            else:
                yield f"{space}{name}: {_scalar(inner)}"
        return
    for inner in value:
        if isinstance(inner, dict | list) and inner:
            first, *rest = _lines(inner, indent + 2)
            yield f"{space}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{space}- {_scalar(inner)}"


def _scalar(value: Any) -> str:
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    return json.dumps(value, ensure_ascii=False)
