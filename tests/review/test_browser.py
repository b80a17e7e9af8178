"""The page in a real browser: a translator's day by keyboard, two people, a crash, a phone."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from trilogue.corpora.corpus import Corpus
from trilogue.review import accounts
from trilogue.review.database import default_url, open_database, reading, writing
from trilogue.review.tables import COMMENTS, DECISIONS, UNITS
from trilogue.review.types import Role

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
WAIT = 20_000

pytestmark = pytest.mark.slow


@dataclass
class Site:
    """A server of the small corpus, in a process of its own."""

    corpus: Path
    port: int = 0
    tokens: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "trilogue", "review", "serve", str(self.corpus)]
        options = ["--port", str(self.port), "--second", "1.0"]
        self.process = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if found := re.match(r"http://127\.0\.0\.1:(\d+)/", line):
                self.port = int(found[1])
                return
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        assert self.process.stderr is not None
        self.process.stderr.close()

    def rows(self, table: sa.Table) -> list[Any]:
        engine = open_database(default_url(self.corpus))
        with reading(engine) as connection:
            found = connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()
            rows = [dict(row) for row in found]
        engine.dispose()
        return rows


@pytest.fixture
def site(speeches: Callable[..., Corpus]) -> Iterator[Site]:
    served = Site(speeches().root)
    engine = open_database(default_url(served.corpus))
    with writing(engine) as connection:
        for name, role in (("Anahit", Role.TRANSLATOR), ("Rəşad", Role.REVIEWER)):
            served.tokens[name] = accounts.add(connection, name, role)
    engine.dispose()
    served.start()
    yield served
    served.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=flags)
        yield opened
        opened.close()


@pytest.fixture
def person(browser: Any, site: Site) -> Iterator[Callable[..., Any]]:
    """Opens a browser of one's own, signed in."""
    contexts = []

    def enter(
        name: str = "Anahit", path: str = "/next?lang=ru&order=document", **options: Any
    ) -> Any:
        context = browser.new_context(base_url=site.address, **options)
        context.set_default_timeout(WAIT)
        contexts.append(context)
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Token").fill(site.tokens[name])
        page.keyboard.press("Enter")
        page.wait_for_url("**/units/**")
        page.goto(path)
        return page

    yield enter
    for context in contexts:
        context.close()


def source(page: Any) -> Any:
    return page.locator("#source")


def reached(page: Any, words: str) -> None:
    """Wait until the page shows the unit of these words, and its keys work."""
    expect(source(page)).to_have_text(words, timeout=WAIT)
    expect(page.locator("html")).to_have_attribute("data-ready", "yes", timeout=WAIT)


def shot(page: Any, name: str) -> None:
    """Keep a screenshot where the run says that it wants them."""
    folder = os.environ.get("TRILOGUE_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


FIRST, SECOND, THIRD = (
    "Good afternoon, colleagues.",
    "We have signed 64 agreements.",
    "Thank you all.",
)


def test_ten_units_are_reviewed_by_keyboard_alone(site: Site, person: Any) -> None:
    page = person()
    reached(page, FIRST)
    expect(page.locator("mark.check")).to_have_count(0)
    page.keyboard.press("a")
    reached(page, SECOND)
    expect(page.locator("#source mark.check")).to_have_text("64")
    expect(page.locator("#draft mark.check")).to_have_text("46")
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("Мы подписали 64 соглашения.")
    expect(page.locator("#changes ins").first).to_have_text("64 соглашения")
    shot(page, "edit")
    page.keyboard.press("Control+Enter")
    reached(page, THIRD)
    page.keyboard.press("r")
    page.keyboard.type("wrong meaning")
    page.keyboard.press("Enter")
    reached(page, "The next meeting is in Yerevan.")
    page.keyboard.press("x")
    reached(page, "Trade grew by 12 percent.")
    page.keyboard.press("i")
    page.keyboard.press("e")
    page.keyboard.press("End")
    page.keyboard.type(" Торговля выросла.")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    for words in (
        "We did not discuss tariffs.",
        "The line is open.",
        "It has 12 stations.",
        "Thank you all.",
        "The bridge is not finished.",
    ):
        reached(page, words)
        page.keyboard.press("a")
    reached(page, "Work goes on.")
    rows = site.rows(DECISIONS)
    kinds = [row["kind"] for row in rows]
    assert kinds == ["accept", "edit", "reject", "not-translation", "edit", *["accept"] * 5]
    assert rows[1]["draft"] == "Мы подписали 46 соглашений."
    assert '"text": "Мы подписали 64 соглашения."' in rows[1]["parts"]
    assert rows[2]["reason"] == "wrong meaning"
    assert [row["meaning"] for row in rows[3:6]] == [False, True, False]
    assert all(0 < row["active_ms"] < 600_000 for row in rows)


def test_the_last_decision_and_an_older_one_are_undone(site: Site, person: Any) -> None:
    page = person()
    reached(page, FIRST)
    page.keyboard.press("a")
    reached(page, SECOND)
    page.keyboard.press("a")
    reached(page, THIRD)
    page.keyboard.press("u")
    reached(page, SECOND)
    expect(page.locator("#said")).to_have_text(f"Taken back: accepted, “{SECOND}”.")
    expect(page.locator(".status").first).to_have_text("open")
    page.keyboard.press("p")
    reached(page, FIRST)
    expect(page.locator(".status").first).to_have_text("accepted")
    page.get_by_role("button", name="Undo no. 1").click()
    expect(page.locator(".status").first).to_have_text("open")
    assert [row["kind"] for row in site.rows(DECISIONS)] == ["accept", "accept", "undo", "undo"]


def test_what_was_written_comes_back_with_an_undo_and_stays_beside_other_actions(
    site: Site, person: Any
) -> None:
    page = person()
    reached(page, FIRST)
    page.locator("#text").fill("Добрый день, дорогие коллеги.")
    page.keyboard.press("Control+Enter")
    reached(page, SECOND)
    page.keyboard.press("u")
    reached(page, FIRST)
    expect(page.locator("#text")).to_have_value("Добрый день, дорогие коллеги.")
    page.keyboard.press("w")
    expect(page.locator("#speakers option")).to_have_count(1)
    page.keyboard.type("Levon Sarian")
    page.keyboard.press("Enter")
    expect(page.locator(".facts")).to_contain_text("Levon Sarian")
    expect(page.locator("#text")).to_have_value("Добрый день, дорогие коллеги.")
    page.keyboard.press("m")
    expect(page.locator("#merged")).to_have_value(re.compile("^Добрый день, дорогие"))
    page.keyboard.press("Escape")
    page.locator("#text").fill("Здравствуйте.")
    page.keyboard.press("Alt+m")
    expect(page.locator("#merged")).to_have_value("Здравствуйте. Мы подписали 46 соглашений.")


def test_a_key_that_is_held_down_is_one_press(site: Site, person: Any) -> None:
    page = person()
    reached(page, FIRST)
    for _ in range(5):
        page.keyboard.down("a")
        page.wait_for_timeout(50)
    reached(page, SECOND)
    page.keyboard.down("a")
    page.wait_for_timeout(100)
    reached(page, SECOND)
    page.keyboard.up("a")
    assert len(site.rows(DECISIONS)) == 1


def test_a_skipped_unit_comes_back_by_undo_and_a_comment_is_kept(site: Site, person: Any) -> None:
    page = person()
    reached(page, FIRST)
    page.keyboard.press("c")
    page.keyboard.type("Is this the plural?")
    page.keyboard.press("Control+Enter")
    expect(page.locator("aside").get_by_text("Is this the plural?")).to_be_visible()
    reached(page, FIRST)
    page.keyboard.press("k")
    reached(page, SECOND)
    page.keyboard.press("u")
    reached(page, FIRST)
    assert [row["text"] for row in site.rows(COMMENTS)] == ["Is this the plural?"]
    page.keyboard.press("u")
    expect(page.locator("#said")).to_contain_text("comment “Is this the plural?”")
    assert site.rows(COMMENTS) == site.rows(DECISIONS) == []
    page.keyboard.press("k")
    reached(page, SECOND)
    page.goto("/next?text=nowhere")
    page.keyboard.press("k")
    expect(page.locator("#said")).to_contain_text("in your queue again")
    page.goto("/next?lang=ru&order=document")
    reached(page, FIRST)


def test_two_who_decide_one_unit_both_see_it_and_nothing_is_overwritten(
    site: Site, person: Any
) -> None:
    anahit, rashad = person("Anahit"), person("Rəşad", "/list?lang=ru&order=document")
    reached(anahit, FIRST)
    rashad.get_by_role("link", name=FIRST).click()
    reached(rashad, FIRST)
    expect(rashad.get_by_text("Anahit has this unit open")).to_be_visible()
    for page, words in ((rashad, "Добрый день, коллеги!"), (anahit, "Приветствую вас.")):
        page.locator("#text").fill(words)
    rashad.keyboard.press("Control+Enter")
    reached(rashad, SECOND)
    anahit.locator("#text").press("Control+Enter")
    conflict = anahit.locator(".conflict")
    expect(conflict).to_contain_text("Rəşad was first")
    for words in ("Добрый день, коллеги!", "Приветствую вас.", "Добрый день."):
        expect(conflict).to_contain_text(words)
    shot(anahit, "conflict")
    [row] = [row for row in site.rows(UNITS) if row["source"] == FIRST and row["lang"] == "ru"]
    assert row["text"] == "Добрый день, коллеги!"
    conflict.get_by_role("button", name="Put mine on top of theirs").click()
    reached(anahit, THIRD)  # the next that nobody has open
    [row] = [row for row in site.rows(UNITS) if row["source"] == FIRST and row["lang"] == "ru"]
    assert (row["text"], row["version"]) == ("Приветствую вас.", 2)


def test_unsaved_text_survives_navigation_reload_and_a_killed_server(
    site: Site, person: Any
) -> None:
    page = person()
    reached(page, FIRST)
    page.locator("#text").fill("Добрый день, дорогие коллеги!")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    reached(page, SECOND)
    page.keyboard.press("p")
    expect(page.locator("#text")).to_have_value("Добрый день, дорогие коллеги!")
    page.locator("#text").press("End")
    page.keyboard.type(" Начнём.")
    page.reload()
    expect(page.locator("#text")).to_have_value("Добрый день, дорогие коллеги! Начнём.")
    site.kill()
    page.locator("#text").press("End")
    page.keyboard.type(" Итак.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("The server does not answer").first).to_be_visible()
    page.keyboard.press("Alt+c")
    page.keyboard.type("Is it down?")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#comment-dialog")).to_be_hidden()  # it would hide what is said
    site.start()
    page.keyboard.press("Control+Enter")
    reached(page, SECOND)
    [row] = site.rows(DECISIONS)
    assert '"text": "Добрый день, дорогие коллеги! Начнём. Итак."' in row["parts"]
    page.keyboard.press("p")
    expect(page.locator("#text")).to_have_value("Добрый день, дорогие коллеги! Начнём. Итак.")


def test_text_typed_before_the_script_is_there_is_kept(site: Site, person: Any) -> None:
    page = person()
    reached(page, FIRST)
    with page.expect_response("**/typed"):
        page.locator("#text").fill("Добрый день!")
    held: list[Any] = []
    page.route("**/static/review.js*", lambda route: held.append(route))
    page.reload(wait_until="commit")
    expect(page.locator("#text")).to_have_value("Добрый день!")
    page.locator("#text").fill("Добрый день, друзья!")
    held[0].continue_()
    reached(page, FIRST)
    expect(page.locator("#text")).to_have_value("Добрый день, друзья!")
    page.unroute("**/static/review.js*")
    page.reload()
    reached(page, FIRST)
    expect(page.locator("#text")).to_have_value("Добрый день, друзья!")


def test_what_was_typed_follows_a_person_to_another_browser(site: Site, person: Any) -> None:
    page = person()
    reached(page, FIRST)
    with page.expect_response("**/typed"):
        page.locator("#text").fill("Добрый день вам.")
    other = person()
    reached(other, FIRST)
    expect(other.locator("#text")).to_have_value("Добрый день вам.")
    with other.expect_response("**/typed"):
        other.locator("#text").fill("И вечер.")
    page.reload()
    expect(page.locator("#text")).to_have_value("И вечер.")  # not what is older, and known
    other.keyboard.press("Control+Enter")
    reached(other, SECOND)
    page.reload()
    reached(page, FIRST)
    expect(page.locator(".status").first).to_have_text("edited")
    expect(page.locator("#kept")).to_have_text("")


def test_filters_show_counts_and_narrow_the_queue(site: Site, person: Any) -> None:
    page = person(path="/list")
    expect(page.locator("main")).to_contain_text("36 units")
    page.get_by_label("Lang").select_option("hy")
    page.get_by_label("Verdict").select_option("review")
    page.get_by_role("button", name="List these").click()
    expect(page.locator("main")).to_contain_text("6 units")
    expect(page.get_by_label("Reason")).to_contain_text("number (6)")
    page.get_by_label("Faithful from").fill("0.4")
    page.get_by_label("Order").select_option("document")
    shot(page, "filters")
    page.get_by_role("button", name="Review these").click()
    reached(page, "The next meeting is in Yerevan.")
    page.keyboard.press("a")
    reached(page, "The bridge is not finished.")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Nothing waits here")).to_be_visible()


def test_a_unit_is_split_at_the_cursor_and_another_merged_with_its_next(
    site: Site, person: Any
) -> None:
    page = person()
    reached(page, FIRST)
    page.keyboard.press("a")
    reached(page, SECOND)
    page.locator("#text").fill("Мы подписали 64 соглашения.")
    for _ in range(len("64 соглашения.")):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Alt+s")
    page.locator("#cut-source").press("Home")
    for _ in range(2):
        page.locator("#cut-source").press("ArrowRight")
    expect(page.locator("#source-two")).to_have_text("64 agreements.")
    expect(page.locator("#text-two")).to_have_text("64 соглашения.")
    shot(page, "split")
    page.keyboard.press("Enter")
    reached(page, THIRD)
    page.keyboard.press("m")
    expect(page.locator("#merged")).to_have_value("Спасибо всем. Добрый день.")
    page.locator("#merged").fill("Спасибо всем, встретимся в Ереване.")
    page.keyboard.press("Control+Enter")
    reached(page, "Trade grew by 12 percent.")
    rows = {row["source"]: row for row in site.rows(UNITS) if row["lang"] == "ru"}
    assert rows[SECOND]["status"] == "split"
    assert rows["The next meeting is in Yerevan."]["status"] == "merged"
    parts = [row["parts"] for row in site.rows(DECISIONS)]
    assert '"source": "We have signed", "text": "Мы подписали"' in parts[1]
    assert '"source": "64 agreements.", "text": "64 соглашения."' in parts[1]
    merged = '"source": "Thank you all. The next meeting is in Yerevan."'
    assert merged in parts[2] and "встретимся в Ереване" in parts[2]


def test_the_speaker_is_corrected_and_the_unit_stays_open(site: Site, person: Any) -> None:
    page = person()
    reached(page, FIRST)
    page.keyboard.press("w")
    page.keyboard.type("Levon Sarian")
    page.keyboard.press("Enter")
    expect(page.locator(".facts")).to_contain_text("Levon Sarian")
    reached(page, FIRST)
    expect(page.locator(".status").first).to_have_text("open")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("hy", "Մենք ստորագրել ենք 64 համաձայնագիր, և գործը շարունակվում է։"),
        ("az", "Biz 64 saziş imzalamışıq: iş davam edir, İrəvan da, Gəncə də razıdır."),
    ],
)
def test_armenian_and_azerbaijani_letters_are_typed_and_kept(
    site: Site, person: Any, lang: str, words: str
) -> None:
    page = person(path=f"/next?lang={lang}&order=document")
    reached(page, FIRST)
    expect(page.locator("#text")).to_have_attribute("lang", lang)
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
    shot(page, f"letters-{lang}")
    page.keyboard.press("Control+Enter")
    reached(page, SECOND)
    [row] = site.rows(DECISIONS)
    assert f'"text": "{words}"' in row["parts"]


def test_keys_work_by_their_place_under_a_russian_layout(site: Site, person: Any) -> None:
    page = person()
    reached(page, FIRST)
    key = {"key": "ф", "code": "KeyA", "bubbles": True, "cancelable": True}
    page.evaluate("(key) => document.body.dispatchEvent(new KeyboardEvent('keydown', key))", key)
    reached(page, SECOND)
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keys")).to_be_visible()
    page.get_by_label("Single keys work").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.keyboard.press("Alt+e")
    expect(page.locator("#text")).to_be_focused()
    reached(page, SECOND)


def test_the_memory_shows_what_was_decided_on_the_same_source(site: Site, person: Any) -> None:
    page = person()
    for words in (FIRST, SECOND):
        reached(page, words)
        page.keyboard.press("a")
    reached(page, THIRD)
    page.locator("#text").fill("Благодарю всех.")
    page.keyboard.press("Control+Enter")
    reached(page, "The next meeting is in Yerevan.")
    page.goto("/list?lang=ru&document=council")
    page.get_by_role("link", name=THIRD).click()
    expect(page.locator("#memory")).to_contain_text("100 %")
    page.keyboard.press("1")
    expect(page.locator("#text")).to_have_value("Благодарю всех.")
    page.keyboard.press("Control+z")
    expect(page.locator("#text")).to_have_value("Спасибо всем.")
    page.locator("#words").fill("agreements")
    expect(page.locator("#concordance")).to_contain_text("Мы подписали 46 соглашений.")


def test_a_word_that_is_pointed_at_shows_its_counterpart(site: Site, person: Any) -> None:
    page = person()
    reached(page, FIRST)
    page.keyboard.press("a")
    reached(page, SECOND)
    page.locator("#source").get_by_text("agreements").hover()
    expect(page.locator("#draft .linked")).to_have_text("соглашений")
    page.locator("h1").hover()
    expect(page.locator(".linked")).to_have_count(0)
    page.keyboard.press("e")
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#source .linked")).to_have_text("agreements")


def test_a_second_review_is_blind(site: Site, person: Any) -> None:
    page = person()
    reached(page, FIRST)
    page.locator("#text").fill("Тайный перевод.")
    page.keyboard.press("Control+Enter")
    reached(page, SECOND)
    second = person("Rəşad", "/next?order=second&lang=ru")
    reached(second, FIRST)
    expect(second.locator("#text")).to_have_value("Добрый день.")
    assert "Тайный" not in second.content()
    second.keyboard.press("a")
    expect(second.get_by_role("heading", name="Nothing waits here")).to_be_visible()
    second.goto("/report")
    expect(second.locator("main")).to_contain_text("Russian: 1 units, alpha")
    rows = [(row["track"], row["kind"]) for row in site.rows(DECISIONS)]
    assert rows == [("first", "edit"), ("second", "accept")]


@pytest.mark.parametrize("path", ["/next", "/list", "/report", "/stale", "/sign-in"])
def test_axe_finds_no_serious_fault(site: Site, person: Any, path: str) -> None:
    page = person(path=path)
    if path == "/next":
        expect(page.locator("#memory")).not_to_contain_text("Looking")
    found = page.evaluate(AXE.read_text(encoding="utf-8") + "; axe.run()")
    serious = [
        (fault["id"], [node["html"] for node in fault["nodes"]][:3])
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
    assert serious == []
    assert len(found["passes"]) > 8


@pytest.mark.parametrize(("width", "name"), [(360, "phone"), (640, "zoom-200")])
def test_a_phone_and_200_percent_zoom_need_no_sideways_scrolling(
    site: Site, person: Any, width: int, name: str
) -> None:
    page = person(viewport={"width": width, "height": 700})
    reached(page, FIRST)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) == 0
    shot(page, name)
    page.goto("/list?lang=ru")
    assert page.evaluate(overflow) == 0


def test_the_policy_lets_no_inline_script_run(site: Site, person: Any) -> None:
    page = person()
    reached(page, FIRST)
    script = "const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
    page.evaluate(f"() => {{ {script} document.body.append(s); }}")
    time.sleep(0.1)
    assert page.evaluate("window.ran") is None
