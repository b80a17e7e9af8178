"""What we write is what other people's tools read: schemas, translate-toolkit, OmegaT."""

import io
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import trilogue
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.formats.records import Record, Terms
from trilogue.corpora.formats.tmx import write_tmx
from trilogue.corpora.formats.xliff import write_xliff
from trilogue.corpora.formats.xliff2 import write_xliff2
from trilogue.corpora.types import Assessment, Origin, TranslationUnit, Verdict

OMEGAT = Path("/usr/share/omegat/OmegaT.jar")
XSD = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
SCHEMAS = {"xliff": "xliff-core-1.2-strict.xsd", "xliff2": "xliff-core-2.0.xsd"}
EXAMPLES = Path(__file__).parents[3] / "examples"
TOOLS = Path(sys.executable).parent
XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"
needs_omegat = pytest.mark.skipif(not OMEGAT.exists(), reason="Debian's omegat is not installed")
needs_xsd = pytest.mark.skipif(
    not XSD.exists(), reason="Debian's php-symfony-translation is not installed"
)

SPOKEN = [
    ("Good afternoon, colleagues.", "Добрый день, коллеги.", Verdict.ACCEPT, Origin.MACHINE),
    ("Is 3 < 5 & 5 > 3?", "Верно ли, что 3 < 5 & 5 > 3?", Verdict.REVIEW, Origin.MACHINE),
    ("Page\x0cbreak.", "Разрыв\x0cстраницы.", Verdict.REJECT, Origin.MACHINE),
    ("Thank you all.", "Всем спасибо.", Verdict.ACCEPT, Origin.REFERENCE),
]


def records(lang: str = "ru") -> list[Record]:
    """Four units in two documents, with all that a record may carry."""
    found = []
    for number, (source, target, verdict, origin) in enumerate(SPOKEN):
        unit = TranslationUnit(
            id=f"{number:024x}",
            document_id=f"forum-{number // 2}",
            segment_ids=(f"s{number}",),
            start=100 * number,
            end=100 * number + len(source),
            source=source,
            target=target,
            source_lang="en",
            target_lang=lang,
            origin=origin,
            model="builtin@1" if origin is Origin.MACHINE else None,
            speaker='Nino "N." Karali',
            turn=number,
            bead_probability=0.75,
            flags=("retried: loop",),
        )
        reasons = () if verdict is Verdict.ACCEPT else ("numbers: 3 ≠ 5 & more", "copies")
        scores = {"length": 0.25, "language": None}
        judged = Assessment(0.5, None, verdict, reasons, scores, "faithful@1")
        terms = Terms("forum.txt", "Forum", "2024-05-05", "https://e.org/?a&b", "CC-BY-4.0", "E")
        stamp = datetime(2026, 11, 24, 20, 0, number, tzinfo=UTC)
        found.append(Record(unit, judged, terms, None, stamp, stamp))
    return found


@needs_omegat
@pytest.mark.parametrize("units", [records(), []])
def test_tmx_is_valid_by_its_dtd(units: list[Record], tmp_path: Path) -> None:
    write_tmx(tmp_path / "c.tmx", units)
    dtd = tmx_dtd()
    assert dtd.validate(etree.parse(str(tmp_path / "c.tmx"))), dtd.error_log


def tmx_dtd() -> Any:
    """The DTD of TMX 1.4, which OmegaT brings."""
    return etree.DTD(io.BytesIO(zipfile.ZipFile(OMEGAT).read("schemas/tmx14.dtd")))


def xliff_schema(name: str) -> Any:
    """A schema of XLIFF, which Symfony brings; it is read from this machine alone."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local())
    return etree.XMLSchema(etree.parse(str(XSD / name), parser))


class Local(etree.Resolver):  # type: ignore[misc]  # lxml has no types
    """Finds xml.xsd beside the schema instead of at the W3C."""

    def resolve(self, url: str, public_id: str, context: Any) -> Any:
        if url.endswith("xml.xsd"):
            return self.resolve_filename(str(XSD / "xml.xsd"), context)
        return None


@needs_xsd
@pytest.mark.parametrize("units", [records(), []])
@pytest.mark.parametrize(
    ("write", "xsd"),
    [(write_xliff, SCHEMAS["xliff"]), (write_xliff2, SCHEMAS["xliff2"])],
)
def test_xliff_is_valid_by_its_schema(
    write: Any, xsd: str, units: list[Record], tmp_path: Path
) -> None:
    write(tmp_path / "c.xlf", units)
    schema = xliff_schema(xsd)
    assert schema.validate(etree.parse(str(tmp_path / "c.xlf"))), schema.error_log


def test_translate_toolkit_reads_the_same_segments_from_tmx_and_both_xliffs(tmp_path: Path) -> None:
    from translate.storage.tmx import tmxfile
    from translate.storage.xliff import Xliff1File
    from translate.storage.xliff2 import Xliff2File

    plain = [record for record in records() if "\x0c" not in record.unit.source]
    for write, reader in (
        (write_tmx, tmxfile),
        (write_xliff, Xliff1File),
        (write_xliff2, Xliff2File),
    ):
        path = tmp_path / "corpus"
        write(path, plain)
        read = [(str(unit.source), str(unit.target)) for unit in units_of(reader, path)]
        assert read == [(record.unit.source, record.unit.target) for record in plain]


def test_translate_toolkit_takes_our_verdicts_for_its_states(tmp_path: Path) -> None:
    from translate.storage.xliff import Xliff1File

    write_xliff(tmp_path / "c.xlf", records())
    units = units_of(Xliff1File, tmp_path / "c.xlf")
    assert [unit.isapproved() for unit in units] == [True, False, False, True]
    assert [unit.isreview() for unit in units] == [False, True, False, False]


def test_pocount_and_pofilter_take_tmx_and_xliff(tmp_path: Path) -> None:
    write_tmx(tmp_path / "c.tmx", records())
    write_xliff(tmp_path / "c.xlf", records())
    for name in ("c.tmx", "c.xlf"):
        counted = run(str(TOOLS / "pocount"), "--csv", str(tmp_path / name))
        assert ", 4," in counted.replace(",4,", ", 4,")
        run(str(TOOLS / "pofilter"), str(tmp_path / name), str(tmp_path / f"filtered-{name}"))


@needs_omegat
def test_omegat_translates_from_our_tmx_and_writes_our_xliff_back(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (project.folder / "source" / "speech.txt").write_text("Good afternoon, colleagues.\n")
    write_tmx(project.folder / "tm" / "auto" / "c.tmx", records())
    write_xliff(project.folder / "source" / "c.xlf", records())
    log = project.translate()
    assert "TF_TM_LOAD_ERROR" not in log
    assert "TMXR_INFO_READING_COMPLETE" in log
    written = project.folder / "target"
    assert (written / "speech.txt").read_text() == "Добрый день, коллеги.\n"
    back = etree.parse(str(written / "c.xlf"))
    targets = back.iter(f"{XLIFF}target")
    assert [target.text for target in targets][::3] == [SPOKEN[0][1], SPOKEN[3][1]]


@needs_omegat
def test_a_broken_tmx_is_told_by_omegats_log_alone(tmp_path: Path) -> None:
    """Why the tests here read the log: the exit code is 0 all the same."""
    project = Project(tmp_path)
    (project.folder / "source" / "speech.txt").write_text("Good afternoon, colleagues.\n")
    memory = project.folder / "tm" / "auto" / "c.tmx"
    write_tmx(memory, records())
    memory.write_text(memory.read_text().replace("</seg>", "", 1))
    assert "TF_TM_LOAD_ERROR" in project.translate()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo corpus, built as ``make demo`` does, of one of its transcripts."""
    root = tmp_path_factory.mktemp("demo") / "corpus"
    official = ("ru", EXAMPLES / "railway-council.ru.txt")
    trilogue.build(EXAMPLES / "railway-council.txt", corpus=root, references=[official], jobs=1)
    return root


@needs_omegat
@pytest.mark.slow
@pytest.mark.parametrize("lang", ["ru", "hy", "az"])
def test_omegat_takes_the_demo_corpus(lang: str, demo: Path, tmp_path: Path) -> None:
    project = Project(tmp_path, lang)
    said: dict[str, set[str]] = {}
    for unit in Corpus(demo).units(lang):
        said.setdefault(unit.source, set()).add(unit.target)
    (project.folder / "source" / "speech.txt").write_text("\n\n".join(said) + "\n")
    trilogue.export(demo, "tmx", project.folder / "tm" / "auto" / "c.tmx", langs=[lang])
    trilogue.export(demo, "xliff", project.folder / "source" / "c.xlf", langs=[lang])
    log = project.translate()
    assert "TF_TM_LOAD_ERROR" not in log
    assert "TMXR_INFO_READING_COMPLETE" in log
    written = project.folder / "target"
    lines = (written / "speech.txt").read_text().rstrip().split("\n\n")
    assert all(line in said[source] for source, line in zip(said, lines, strict=True))
    targets = list(etree.parse(str(written / "c.xlf")).iter(f"{XLIFF}trans-unit"))
    assert len(targets) == sum(1 for _ in Corpus(demo).units(lang))
    for unit in targets:
        source, target = (unit.findtext(f"{XLIFF}{name}") for name in ("source", "target"))
        assert target in said[source]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tmx", "xliff", "xliff2"])
def test_schemas_and_translate_toolkit_take_the_demo_corpus(
    name: str, demo: Path, tmp_path: Path
) -> None:
    from translate.storage.tmx import tmxfile
    from translate.storage.xliff import Xliff1File
    from translate.storage.xliff2 import Xliff2File

    reader = {"tmx": tmxfile, "xliff": Xliff1File, "xliff2": Xliff2File}[name]
    path = tmp_path / ("c.tmx" if name == "tmx" else "c.xlf")
    count = trilogue.export(demo, name, path, langs=["hy"])
    expected = [(unit.source, unit.target) for unit in Corpus(demo).units("hy")]
    assert [(str(u.source), str(u.target)) for u in units_of(reader, path)] == expected
    if name == "tmx" and OMEGAT.exists():
        assert tmx_dtd().validate(etree.parse(str(path)))
    if name != "tmx" and XSD.exists():
        assert xliff_schema(SCHEMAS[name]).validate(etree.parse(str(path)))
    if name != "xliff2":  # pocount knows the older ones
        counted = run(str(TOOLS / "pocount"), "--csv", str(path))
        assert f", {count}," in counted.replace(f",{count},", f", {count},")
        run(str(TOOLS / "pofilter"), str(path), str(tmp_path / f"filtered{path.suffix}"))


def units_of(store: Any, path: Path) -> Any:
    return store.parsefile(str(path)).units


class Project:
    """A project of OmegaT."""

    def __init__(self, root: Path, lang: str = "ru") -> None:
        self.folder, self._config = root / "project", root / "config"
        for folder in ("source", "target", "tm/auto", "omegat", "dictionary", "glossary"):
            (self.folder / folder).mkdir(parents=True)
        settings = PROJECT.replace("LANGUAGE", lang.upper())
        (self.folder / "omegat.project").write_text(settings)

    def translate(self) -> str:
        """Translate all sources from the memories; OmegaT's log."""
        command = shutil.which("omegat") or "omegat"
        config = f"--config-dir={self._config}"
        run(command, str(self.folder), "--mode=console-translate", config)
        return "".join(path.read_text() for path in (self._config / "logs").iterdir())


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>EN</source_lang><target_lang>LANGUAGE</target_lang>
<source_tok>org.omegat.tokenizer.DefaultTokenizer</source_tok>
<target_tok>org.omegat.tokenizer.DefaultTokenizer</target_tok>
<sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>
"""
