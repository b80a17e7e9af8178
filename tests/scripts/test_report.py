"""``trilogue report``: the figures of a corpus as text and as a page."""

import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest

import trilogue
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.types import Origin, Verdict
from trilogue.scripts import cli

MakeCorpus = Callable[[Path, Sequence[tuple[str, str | None]]], Corpus]


def test_figures_count_units_by_language_origin_and_verdict(forum: Corpus) -> None:
    found = trilogue.report(forum.root)
    assert (found.documents, found.turns, found.speakers, found.segments) == (2, 2, 1, 6)
    assert [(share.language, share.origin, share.units) for share in found.shares] == [
        ("az", Origin.MACHINE, 6),
        ("hy", Origin.MACHINE, 6),
        ("ru", Origin.MACHINE, 6),
        ("ru", Origin.REFERENCE, 2),
    ]
    drafts = found.shares[2]
    assert drafts.verdicts == {Verdict.ACCEPT: 4, Verdict.REVIEW: 2, Verdict.REJECT: 0}
    assert drafts.quality == 50.0
    assert drafts.false_accepts == pytest.approx(0.1)
    assert drafts.faithful == (0, 0, 0, 0, 0, 2, 0, 0, 0, 4)
    assert drafts.findings == {"numbers": 2}
    assert found.models["ru"] == ("builtin-ru@1",)
    assert found.assessors["ru"] == ("faithful@1",)
    assert [one.assessment.verdict for one in found.worst["ru"]][:2] == [Verdict.REVIEW] * 2


def test_the_text_is_a_table_and_the_worst_units(
    forum: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["report", str(forum.root)]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "segments 6" in lines
    assert "ru reference 2 2 0 0 50.0 10.0%" in lines
    assert "en We have 64 pages." in lines
    assert "→ numbers: 64 is missing" in lines


class Tags(HTMLParser):
    """Notes the tags and texts of a page, and holds that they nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_holds_all_that_it_needs_and_says_how_scores_were_made(
    forum: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "pages" / "report.html"
    assert cli.run(["report", str(forum.root), "--html", str(out)]) == 0
    assert capsys.readouterr().out == ""
    page = Tags()
    page.feed(out.read_text(encoding="utf-8"))
    page.close()
    assert page.open == []
    names = {tag for tag, _ in page.seen}
    assert not names & {"script", "link", "img", "iframe"}
    assert not any("src" in attrs or "href" in attrs for _, attrs in page.seen)
    assert not re.search(r"url\(|@import", out.read_text(encoding="utf-8"))
    assert {attrs["lang"] for tag, attrs in page.seen if tag == "p" and "lang" in attrs} == {
        *("en", "ru", "hy", "az")
    }
    said = "".join(page.texts)
    assert "How the scores were made" in said
    assert "faithful@1" in said
    assert "builtin-hy@1" in said
    assert "ру We have 64 pages." in said


def test_text_of_a_corpus_is_never_markup(make_corpus: MakeCorpus, tmp_path: Path) -> None:
    evil = '<script>alert("1")</script>'
    made = make_corpus(tmp_path / "corpus", [(evil, "CC-BY-4.0")])
    out = tmp_path / "report.html"
    assert cli.run(["report", str(made.root), "--html", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;" in text


def test_what_is_no_corpus_has_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "pages" / "report.html"
    assert cli.run(["report", str(tmp_path), "--html", str(out)]) == 2
    assert "not a corpus; make one with 'trilogue build'" in capsys.readouterr().err
    assert not out.parent.exists()
