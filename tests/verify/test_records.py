"""`records.jsonl`, `rejects.jsonl` and `findings.jsonl` read back: every line valid, in canonical form, in order."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from factories import Workshop, key_term
from pipeline.exporters import Edition
from pipeline.records import Finding, dump_record
from pipeline.verify import Proven
from pipeline.verify.records import verify

RECORDS = sorted((key_term("Alpha"), key_term("Beta", "It is <em>more</em>.")), key=lambda record: record.id)


@pytest.fixture
def edition() -> Edition:
    return Workshop().build(RECORDS).edition


NAMED = '"named_in":[{"record_id":"own-words/x/y","unit":null,"topic":null}]'


def messages(path: Path, lines: list[str], edition: Edition, name: str = "records.jsonl") -> list[str]:
    return found(path, lines, edition, Proven(), name)


def found(path: Path, lines: list[str], edition: Edition, proven: Proven, name: str = "records.jsonl") -> list[str]:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return [difference.message for difference in verify(path, name, edition, proven)]


def test_what_we_write_is_found_right(tmp_path: Path, edition: Edition) -> None:
    assert messages(tmp_path / "r", [dump_record(record) for record in RECORDS], edition) == []


def test_a_text_that_is_not_that_of_its_html_is_a_difference(tmp_path: Path, edition: Edition) -> None:
    lines = [dump_record(record) for record in RECORDS]
    lines[1] = lines[1].replace('"text":"It is more."', '"text":"It is less."')
    assert messages(tmp_path / "r", lines, edition) == ["line 2 is not in canonical form"]


def test_html_that_no_record_may_hold_is_a_difference(tmp_path: Path, edition: Edition) -> None:
    lines = [dump_record(record) for record in RECORDS]
    lines[1] = lines[1].replace("<em>", "<em onclick='x()'>")
    assert messages(tmp_path / "r", lines, edition) == ["line 2 is not in canonical form"]


def test_lines_out_of_order_or_twice_are_differences(tmp_path: Path, edition: Edition) -> None:
    lines = [dump_record(record) for record in reversed(RECORDS)]
    assert messages(tmp_path / "r", lines, edition) == ["line 2 is not in the order of ids, or there twice"]
    assert "2 records were resolved, 3 are in the file" in messages(tmp_path / "r", [*lines, lines[0]], edition)


def test_a_missing_key_is_named(tmp_path: Path, edition: Edition) -> None:
    data = json.loads(dump_record(RECORDS[0]))
    del data["definition"]
    found = messages(tmp_path / "r", [json.dumps(data), dump_record(RECORDS[1])], edition)
    assert found == ["line 1 is no valid record: key_term.definition: Field required"]


def test_a_line_that_was_found_right_is_known_and_what_changed_is_read(tmp_path: Path) -> None:
    records = sorted((key_term(f"term {number}") for number in range(300)), key=lambda record: record.id)
    edition = Workshop().build(records).edition
    path = tmp_path / "records.jsonl"
    lines = [dump_record(record) for record in records]
    proven = Proven()
    assert found(path, lines, edition, proven) == []
    assert len(proven.now) > 3
    read = Proven.loads(proven.dumps())
    assert found(path, lines, edition, read) == []
    assert read.now == proven.now
    for damaged, said in (
        ([*lines[:150], lines[150].replace('"text":"A word', '"text":"No word'), *lines[151:]], "line 151 is not in"),
        ([*lines[1:], lines[0]], "line 300 is not in the order of ids"),
        (lines[:-1], "300 records were resolved, 299 are in the file"),
        ([*lines[:7], lines[7].replace('"named_in":[]', NAMED), *lines[8:]], "leads to own-words/x/y, which is no"),
    ):
        assert lines != damaged
        assert any(message.startswith(said) for message in found(path, damaged, edition, Proven.loads(proven.dumps())))
    linked = [lines[0].replace('"named_in":[]', NAMED), *lines[1:]]
    first = Proven()
    assert len(found(path, linked, edition, first)) == 1
    # Found again in a block that is known to be of the right form.
    assert found(path, linked, edition, Proven.loads(first.dumps())) == found(path, linked, edition, Proven())


def test_records_that_are_not_those_that_were_resolved_are_a_difference(tmp_path: Path, edition: Edition) -> None:
    changed = replace(edition, courses=[replace(course, digest="0" * 64) for course in edition.courses])
    assert messages(tmp_path / "r", [dump_record(record) for record in RECORDS], changed) == [
        "the records of the course kitchen-science are not those that were resolved"
    ]


def test_a_file_that_is_not_text_is_a_difference(tmp_path: Path, edition: Edition) -> None:
    (tmp_path / "r").write_bytes(b"\xff\xfe")
    (found,) = verify(tmp_path / "r", "records.jsonl", edition, Proven())
    assert found.message.startswith("cannot be read")


def test_rejects_are_checked_for_keys_and_order(tmp_path: Path, edition: Edition) -> None:
    reject = {"path": "b", "line": 2, "code": "empty", "message": "m", "hint": "h"}
    name = "rejects.jsonl"
    good = [json.dumps({**reject, "line": None}), json.dumps(reject), json.dumps({**reject, "path": "c"})]
    assert messages(tmp_path / "r", good, edition, name) == []
    assert messages(tmp_path / "r", good[::-1], edition, name)
    assert messages(tmp_path / "r", ["{}"], edition, name)


def test_findings_are_checked_for_keys_ids_form_and_order(tmp_path: Path, edition: Edition) -> None:
    name = "findings.jsonl"
    found = [
        Finding.of("no-answer", "a", "a question", value="Why?"),
        Finding.of("no-answer", "a", "a question", value="Why?", line=3),
        Finding.of("truncated", "b", "the end"),
    ]
    good = [one.model_dump_json() for one in found]
    assert messages(tmp_path / "r", good, edition, name) == []
    assert messages(tmp_path / "r", good[::-1], edition, name) == [
        "line 2 is not in the order of paths, lines, codes and ids",
        "line 3 is not in the order of paths, lines, codes and ids",
    ]
    other_value = good[0].replace("Why?", "When?")
    assert "the id is not that" in messages(tmp_path / "r", [other_value], edition, name)[0]
    assert messages(tmp_path / "r", [json.dumps(json.loads(good[0]))], edition, name) == [
        "line 1 is not in canonical form"
    ]
    assert messages(tmp_path / "r", [good[0].replace("no-answer", "no-such-code")], edition, name)
