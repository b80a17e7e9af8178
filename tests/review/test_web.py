"""What the page lets nobody do: scripts in texts, changes from elsewhere, other people's work."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from trilogue.corpora.corpus import Corpus
from trilogue.review import accounts
from trilogue.review.database import reading, writing
from trilogue.review.queue import LEASE_MS
from trilogue.review.tables import COMMENTS, DECISIONS, SESSIONS, TYPED, UNITS
from trilogue.review.types import Role
from trilogue.review.web.app import make_app
from trilogue.review.web.calls import COOKIE, Desk
from trilogue.review.web.security import FORM, POLICY

HOSTILE: Final = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"
SHOWN: Final = "&lt;script&gt;alert(1)&lt;/script&gt;"


class Clock:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.now = 1_000_000

    def __call__(self) -> int:
        return self.now


class Person:
    """Somebody with a browser that runs no scripts."""

    def __init__(self, app: Any) -> None:
        self.client = TestClient(app, base_url="http://127.0.0.1:8000")
        self.csrf = ""

    def enter(self, name: str, token: str) -> "Person":
        answer = self.client.post("/sign-in", data={"name": name, "token": token})
        assert answer.status_code == 200, answer.text
        self.csrf = answer.text.partition('<meta name="csrf" content="')[2][:32]
        return self

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: Any) -> Any:
        data = {"csrf": self.csrf, "key": "k" * 20, **fields}
        return self.client.post(path, data=data, headers=headers, follow_redirects=False)

    def accept(self, unit_id: str, text: str = "Да.", **fields: Any) -> Any:
        fields = {"action": "accept", "version": "0", "text": text, **fields}
        return self.post(f"/units/{unit_id}/decide", **fields)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """SQLite alone: what differs between databases, the tests of the log and the queue see."""
    return f"sqlite:///{tmp_path / 'decisions.sqlite'}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tokens(filled: sa.Engine) -> dict[str, str]:
    with writing(filled) as connection:
        return {
            "Anahit": accounts.add(connection, "Anahit", Role.TRANSLATOR),
            "Мария": accounts.add(connection, "Мария", Role.REVIEWER),
        }


@pytest.fixture
def app(filled: sa.Engine, tmp_path: Path, clock: Clock) -> Any:
    return make_app(Desk(filled, tmp_path / "corpus", clock=clock))


@pytest.fixture
def anahit(app: Any, tokens: dict[str, str]) -> Person:
    return Person(app).enter("Anahit", tokens["Anahit"])


@pytest.fixture
def maria(app: Any, tokens: dict[str, str]) -> Person:
    return Person(app).enter("Мария", tokens["Мария"])


def units(engine: sa.Engine, lang: str = "ru") -> list[str]:
    with reading(engine) as connection:
        asked = sa.select(UNITS.c.unit_id).where(UNITS.c.lang == lang).order_by(UNITS.c.position)
        return list(connection.execute(asked).scalars())


def rows(engine: sa.Engine, table: sa.Table) -> list[Any]:
    with reading(engine) as connection:
        return list(connection.execute(sa.select(table)).mappings())


def test_whatever_is_stored_is_shown_as_text(
    filled: sa.Engine, anahit: Person, maria: Person
) -> None:
    unit = units(filled)[0]
    columns = ("source", "target", "speaker", "file", "title", "model")
    hostile = {name: HOSTILE for name in columns} | {"reasons": f'["number: {SHOWN}", "x: <b>"]'}
    with writing(filled) as connection:
        connection.execute(UNITS.update().where(UNITS.c.unit_id == unit).values(hostile))
    assert anahit.accept(unit, text=HOSTILE).status_code == 303
    anahit.post(f"/units/{unit}/comment", text=HOSTILE, key="c" * 20)
    anahit.accept(units(filled)[1], action="reject", reason=HOSTILE, key="r" * 20)
    for path in (
        f"/units/{unit}",
        f"/units/{units(filled)[1]}",
        f"/units/{units(filled)[2]}/memory",
        "/list?status=accepted&text=%3Cscript%3E",
        "/concordance?in=ru&words=script",
        "/report",
        "/stale",
        "/next?speaker=%3Cscript%3Ealert(1)%3C/script%3E",
    ):
        shown = maria.client.get(path).text
        assert "<script>alert" not in shown and "<img src=x" not in shown, path
    shown = maria.client.get(f"/units/{unit}").text
    assert shown.count(SHOWN) >= 6 and "{{ 7*7 }}" in shown


def test_every_answer_carries_the_policy(anahit: Person, app: Any) -> None:
    for answer in (
        anahit.client.get("/next"),
        anahit.client.get("/static/review.js"),
        anahit.client.get("/nowhere"),
        Person(app).client.get("/sign-in"),
    ):
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert "unsafe" not in POLICY
    page = anahit.client.get("/next").text
    assert "<script>" not in page and " style=" not in page and " onclick" not in page


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(
    app: Any, tokens: dict[str, str], filled: sa.Engine
) -> None:
    client = TestClient(app, base_url="http://127.0.0.1:8000")
    data = {"name": "Anahit", "token": tokens["Anahit"]}
    cookie = client.post("/sign-in", data=data, follow_redirects=False).headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    value = cookie.partition("=")[2].partition(";")[0]
    assert all(value not in str(dict(row)) for row in rows(filled, SESSIONS))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Host": "evil.example"}, 421),
        ({"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}, 303),
    ],
)
def test_another_site_changes_nothing(
    filled: sa.Engine, anahit: Person, headers: dict[str, str], status: int
) -> None:
    answer = anahit.accept(units(filled)[0], headers=headers)
    assert answer.status_code == status
    assert len(rows(filled, DECISIONS)) == (status == 303)


@pytest.mark.parametrize("token", ["", "0" * 32, "ʼ" * 32])
def test_a_form_without_the_sessions_own_token_changes_nothing(
    filled: sa.Engine, anahit: Person, maria: Person, token: str
) -> None:
    unit = units(filled)[0]
    assert anahit.accept(unit, csrf=token).status_code == 403
    assert anahit.accept(unit, csrf=maria.csrf).status_code == 403
    assert anahit.post("/undo", csrf=token).status_code == 403
    assert anahit.post(f"/units/{unit}/typed", csrf=token, text="x").status_code == 403
    assert rows(filled, DECISIONS) == rows(filled, TYPED) == []


def test_nobody_enters_with_anothers_token_or_without_one(app: Any, tokens: dict[str, str]) -> None:
    person = Person(app)
    for name, token in (
        ("Anahit", tokens["Мария"]),
        ("Anahit", ""),
        ("nobody", tokens["Anahit"]),
        ("' OR 1=1 --", "x"),
    ):
        answer = person.client.post("/sign-in", data={"name": name, "token": token})
        assert answer.status_code == 403
    sent = person.client.get("/next", follow_redirects=False).headers["location"]
    assert sent == "/sign-in?to=%2Fnext"
    assert person.client.post("/undo").status_code == 401


def test_too_many_attempts_shut_the_door_for_a_while(
    app: Any, tokens: dict[str, str], clock: Clock
) -> None:
    person = Person(app)
    wrong = {"name": "Anahit", "token": "wrong"}
    right = {"name": "Anahit", "token": tokens["Anahit"]}
    said = [person.client.post("/sign-in", data=wrong).status_code for _ in range(9)]
    assert said == [403] * 8 + [429]
    assert person.client.post("/sign-in", data=right).status_code == 429
    clock.now += 5 * 60_000 + 1
    assert person.client.post("/sign-in", data=right).status_code == 200


def test_a_session_ends_with_time_with_signing_out_and_with_the_account(
    app: Any, tokens: dict[str, str], clock: Clock, filled: sa.Engine
) -> None:
    def is_in(person: Person) -> bool:
        return person.client.get("/report", follow_redirects=False).status_code == 200

    one, two = (Person(app).enter("Anahit", tokens["Anahit"]) for _ in range(2))
    cookie = one.client.cookies[COOKIE]
    one.post("/sign-out")
    one.client.cookies.set(COOKIE, cookie)
    assert (is_in(one), is_in(two)) == (False, True)
    clock.now += accounts.HOURS * 3_600_000 + 1
    assert not is_in(two)
    three = Person(app).enter("Anahit", tokens["Anahit"])
    with writing(filled) as connection:
        accounts.disable(connection, "Anahit")
    assert not is_in(three)


def test_a_translator_undoes_no_reviewers_decision_and_sees_why(
    filled: sa.Engine, anahit: Person, maria: Person
) -> None:
    unit = units(filled)[0]
    maria.accept(unit)
    asked: dict[str, Any] = {"seq": "1", "version": "1", "key": "u" * 20}
    answer = anahit.post(f"/units/{unit}/undo", **asked)
    assert (answer.status_code, "ask a reviewer" in answer.text) == (422, True)
    assert maria.post(f"/units/{unit}/undo", **asked).status_code == 303


@pytest.mark.parametrize(
    "fields",
    [
        {"version": "-1"},
        {"version": "9" * 30},
        {"version": "١"},
        {"action": "merged"},
        {"action": "undo"},
        {"action": "drop table"},
        {"key": "short"},
        {"key": "k" * 41},
        {"key": "'; DROP TABLE decisions; --"},
        {"active_ms": "1e9"},
        {"text": ""},
        {"text": "a\0b"},
        {"action": "reject", "reason": ""},
        {"action": "split", "cut_source": "0", "cut_text": "3"},
        {"action": "split", "cut_source": "999", "cut_text": "3"},
        {"action": "merge", "following": "f" * 24, "following_version": "0"},
        {"track": "second"},
    ],
    ids=str,
)
def test_a_form_that_makes_no_sense_is_refused_in_words(
    filled: sa.Engine, anahit: Person, fields: dict[str, str]
) -> None:
    answer = anahit.accept(units(filled)[0], **fields)
    assert answer.status_code == 422
    assert "Not done." in answer.text
    assert rows(filled, DECISIONS) == []


@pytest.mark.parametrize(
    "query",
    [
        "lang=ru'%20OR%201=1--",
        "speaker=x');DROP%20TABLE%20decisions;--",
        "text=%25",
        "text=%00",
        "reason=number'",
        "reviewer='%20UNION%20SELECT%20token_hash%20FROM%20accounts--",
        "page=-1",
        "page=99999999999",
        "document=../../etc/passwd",
    ],
)
def test_sql_in_filters_is_text(filled: sa.Engine, anahit: Person, query: str) -> None:
    for path in ("/list", "/next", "/filters"):
        answer = anahit.client.get(f"{path}?{query}")
        assert answer.status_code == 200
        assert "token_hash" not in answer.text or "UNION" in answer.text
    assert len(rows(filled, UNITS)) == 36


@pytest.mark.parametrize("query", ["order=price", "at_least=x", "below=nan", "at_least=2"])
def test_a_filter_that_there_is_not_is_refused(anahit: Person, query: str) -> None:
    answer = anahit.client.get(f"/list?{query}")
    assert (answer.status_code, "expected" in answer.text) == (422, True)


def test_a_unit_that_there_is_not_is_refused(anahit: Person) -> None:
    for path in ("/units/none", "/units/none/memory", "/units/..%2f..%2fetc"):
        assert anahit.client.get(path).status_code in (404, 422)


@pytest.mark.parametrize(
    "name", ["../../evil.csv", "/etc/cron.d/evil.csv", "..\\..\\evil.csv", "a\0b.csv", "x.sh", "x"]
)
def test_the_name_of_a_sheet_is_no_path(
    filled: sa.Engine, anahit: Person, tmp_path: Path, name: str
) -> None:
    before = sorted(tmp_path.parent.rglob("*"))
    content = anahit.client.get("/sheet/csv?lang=ru").content
    files = {"sheet": (name, content, "text/csv")}
    data = {"csrf": anahit.csrf}
    answer = anahit.client.post("/sheet", data=data, files=files)
    assert answer.status_code == (200 if name.endswith(".csv") else 422)
    assert "12 unchanged" in answer.text or answer.status_code == 422
    assert [p for p in sorted(tmp_path.parent.rglob("*")) if "evil" in p.name] == []
    assert [p for p in sorted(tmp_path.parent.rglob("*.csv")) if p not in before] == []


def test_a_sheet_with_a_hostile_name_and_content_is_shown_as_text(anahit: Person) -> None:
    files = {"sheet": ("<script>alert(1)</script>.csv", b"source,target\n<script>,\n")}
    answer = anahit.client.post("/sheet", data={"csrf": anahit.csrf}, files=files)
    assert answer.status_code == 200
    assert "<script>" not in answer.text


def test_what_is_too_large_is_cut_off(filled: sa.Engine, anahit: Person) -> None:
    unit = units(filled)[0]
    answer = anahit.post(f"/units/{unit}/typed", text="x" * (FORM + 1))
    assert answer.status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(600):
            yield b"x" * 1000

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = anahit.client.post(f"/units/{unit}/typed", content=endless(), headers=kind)
    assert answer.status_code == 413
    assert anahit.post(f"/units/{unit}/typed", text="x" * 20_001).status_code == 422
    assert rows(filled, TYPED) == []


def test_a_decision_sent_twice_is_one_and_its_second_answer_leads_on(
    filled: sa.Engine, anahit: Person
) -> None:
    unit = units(filled)[0]
    first, again = anahit.accept(unit), anahit.accept(unit)
    assert (first.status_code, again.status_code) == (303, 303)
    assert len(rows(filled, DECISIONS)) == 1


def test_a_conflict_shows_all_three_texts_and_writes_nothing(
    filled: sa.Engine, anahit: Person, maria: Person
) -> None:
    unit = units(filled)[0]
    maria.accept(unit, text="Её текст.", key="m" * 20)
    answer = anahit.accept(unit, text="Мой текст.")
    assert answer.status_code == 409
    for words in ("Её текст.", "Мой текст.", "Добрый день.", "Мария was first"):
        assert words in answer.text
    assert len(rows(filled, DECISIONS)) == 1


def test_a_comment_is_kept_once(filled: sa.Engine, anahit: Person) -> None:
    unit = units(filled)[0]
    for _ in range(2):
        assert anahit.post(f"/units/{unit}/comment", text="Why?").status_code == 303
    assert [row["text"] for row in rows(filled, COMMENTS)] == ["Why?"]
    assert anahit.post(f"/units/{unit}/comment", text=" ", key="b" * 20).status_code == 422


def test_stale_decisions_are_shown_until_somebody_dismisses_them(
    filled: sa.Engine, anahit: Person, speeches: Callable[..., Corpus]
) -> None:
    from trilogue.review.sync import sync

    unit = units(filled)[1]
    anahit.accept(unit, text="Их 64.")
    with writing(filled) as connection:
        sync(connection, speeches("again", words=("64", "sixty-four")))
    shown = anahit.client.get("/stale").text
    assert "Их 64." in shown and "no segment has its bounds and words" in shown
    assert anahit.post(f"/stale/{unit}/dismiss").status_code == 303
    assert "Их 64." not in anahit.client.get("/stale").text


@pytest.mark.parametrize(
    ("to", "reached"),
    [
        ("/units/abc?lang=ru", "/units/abc?lang=ru"),
        ("/list?text=%D0%B4%D0%B0", "/list?text=%D0%B4%D0%B0"),
        ("", "/next"),
        ("//elsewhere.example/next", "/next"),
        ("/\\elsewhere.example", "/next"),
        ("/next\r\nSet-Cookie: a=b", "/next"),
        ("https://elsewhere.example/next", "/next"),
        ("/sign-out", "/next"),
    ],
)
def test_signing_in_leads_back_to_a_page_of_ours_alone(
    app: Any, tokens: dict[str, str], to: str, reached: str
) -> None:
    form = {"name": "Anahit", "token": tokens["Anahit"], "to": to}
    answer = Person(app).client.post("/sign-in", data=form, follow_redirects=False)
    assert answer.headers["location"] == reached


def test_a_part_of_a_page_is_told_that_nobody_is_signed_in(app: Any) -> None:
    here = {"hx-request": "true", "hx-current-url": "http://127.0.0.1:8000/units/abc?lang=ru"}
    answer = Person(app).client.get("/units/abc/memory", headers=here)
    assert answer.status_code == 401
    assert 'href="/sign-in?to=%2Funits%2Fabc%3Flang%3Dru"' in answer.text


def test_what_went_wrong_is_told_on_a_whole_page_without_the_id_of_a_unit(anahit: Person) -> None:
    answer = anahit.client.get("/units/abc123")
    assert answer.text.startswith("<!doctype html>")
    assert "Not in this review" in answer.text and "abc123" not in answer.text


def test_what_was_done_is_told_to_the_next_page(filled: sa.Engine, anahit: Person) -> None:
    unit = units(filled)[0]
    answer = anahit.accept(unit, headers={"hx-request": "true"})
    said = json.loads(answer.headers["hx-trigger"])["said"]
    assert said == "Edited: “Good afternoon, colleagues.”. U takes it back."


def test_who_types_keeps_the_unit_however_long_it_takes(
    filled: sa.Engine, anahit: Person, maria: Person, clock: Clock
) -> None:
    unit = anahit.client.get("/next?lang=ru").url.path.rpartition("/")[2]
    for _ in range(3):
        clock.now += LEASE_MS * 3 // 4
        anahit.post(f"/units/{unit}/typed", text="Я думаю.")
    assert not maria.client.get("/next?lang=ru").url.path.endswith(unit)


def test_a_blind_review_sees_no_comments_and_ones_own_are_taken_back(
    filled: sa.Engine, anahit: Person, maria: Person
) -> None:
    unit = units(filled)[0]
    anahit.post(f"/units/{unit}/comment", text="Лучше иначе.", key="c" * 20)
    anahit.accept(unit)
    assert "Лучше иначе." not in maria.client.get(f"/units/{unit}?order=second").text
    [comment] = rows(filled, COMMENTS)
    maria.post(f"/units/{unit}/uncomment", seq=str(comment["seq"]))
    assert len(rows(filled, COMMENTS)) == 1
    anahit.post(f"/units/{unit}/uncomment", seq=str(comment["seq"]))
    assert rows(filled, COMMENTS) == []


def test_reasons_are_told_in_plain_words_and_marks_of_direction_are_seen(
    filled: sa.Engine, anahit: Person
) -> None:
    unit = units(filled)[0]
    said = '["omission: part is missing (length -2.4 standard deviations)", "guard: loop"]'
    turned = "It was \u202eclosed."
    with writing(filled) as connection:
        changed = UNITS.update().where(UNITS.c.unit_id == unit)
        connection.execute(changed.values(reasons=said, target=turned))
    shown = anahit.client.get(f"/units/{unit}").text
    assert 'It was <span class="control">U+202E</span>closed.' in shown  # and turns nothing
    assert "omission: part is missing (much shorter than usual for its source)" in shown
    assert "while drafting: the model repeated itself" in shown
