"""The JSON bundle: valid by its own schema, equal to the records, and comparable with another build."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from factories import Workshop, key_term, picture
from pipeline.exporters import Edition
from pipeline.exporters.bundle import BundleExporter, course_schema
from pipeline.records import KeyTerm, load_record
from pipeline.verify import Proven
from pipeline.verify.bundle import verify

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(20)
MEDIA = picture(PICTURE, "a cell")
RECORDS = (
    key_term("Osmosis", "Water moves <em>through</em> a membrane; \\( a < b \\).", ["One “fact”."], media=[MEDIA]),
    key_term("日本語", "A word.\u2028With separators &amp; <strong>tags</strong>."),
    key_term("Other", "Of another course.", course="Another Course"),
)


def edition(records: tuple[KeyTerm, ...] = RECORDS) -> Edition:
    made = Workshop(media={MEDIA.name: PICTURE}).build(records).edition
    courses = [
        replace(
            course,
            media=sorted({one for record in course.records() for one in record.media}, key=str),
            kinds={"key_term": course.count},
        )
        for course in made.courses
    ]
    return replace(made, courses=courses)


def write(folder: Path, of: Edition) -> dict[str, Path]:
    written = {}
    for artifact in BundleExporter().artifacts(of):
        target = folder / artifact.path
        target.parent.mkdir(parents=True, exist_ok=True)
        artifact.write(target)
        written[artifact.path] = target
    return written


@pytest.fixture
def bundle(tmp_path: Path) -> dict[str, Path]:
    return write(tmp_path, edition())


def read(path: Path) -> dict[str, object]:
    value: dict[str, object] = json.loads(path.read_bytes())
    return value


def test_a_bundle_has_a_file_for_each_course_its_pictures_a_schema_and_a_manifest(bundle: dict[str, Path]) -> None:
    assert list(bundle) == [
        "json/another-course.json",
        "json/kitchen-science.json",
        f"json/media/{MEDIA.name}",
        "json/schema.json",
        "json/manifest.json",
    ]


def test_a_course_is_valid_by_the_schema_beside_it_and_holds_the_records(bundle: dict[str, Path]) -> None:
    schema = read(bundle["json/schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    course = read(bundle["json/kitchen-science.json"])
    jsonschema.validate(course, schema, cls=jsonschema.Draft202012Validator)
    assert list(course) == ["schema_version", "course", "records"]
    assert course["course"] == {"slug": "kitchen-science", "title": "Kitchen Science", "url": None}
    records = course["records"]
    assert isinstance(records, list)
    assert [load_record(record) for record in records] == sorted(RECORDS[:2], key=lambda record: record.id)


def test_the_schema_tells_a_wrong_record_from_a_right_one(bundle: dict[str, Path]) -> None:
    course = json.loads(bundle["json/kitchen-science.json"].read_text(encoding="utf-8"))
    for change in ({"kind": "poem"}, {"definition": None}, {"unknown": 1}, {"schema_version": 2}):
        wrong = {**course, "records": [{**course["records"][0], **change}]}
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, course_schema(), cls=jsonschema.Draft202012Validator)


def test_the_manifest_describes_the_bytes_of_every_file(bundle: dict[str, Path]) -> None:
    manifest = json.loads(bundle["json/manifest.json"].read_text(encoding="utf-8"))
    assert manifest["schema_version"] == 1
    assert [course["file"] for course in manifest["courses"]] == ["another-course.json", "kitchen-science.json"]
    assert [course["records"] for course in manifest["courses"]] == [1, 2]
    assert [course["kinds"] for course in manifest["courses"]] == [{"key_term": 1}, {"key_term": 2}]
    for entry in (*manifest["courses"], *manifest["media"]):
        data = bundle[f"json/{entry['file']}"].read_bytes()
        assert (entry["sha256"], entry["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))


def test_content_digests_tell_which_courses_differ_between_two_builds(tmp_path: Path, bundle: dict[str, Path]) -> None:
    changed = (key_term("Osmosis", "Another definition.", media=[MEDIA]), *RECORDS[1:])
    other = write(tmp_path / "other", edition(changed))

    def digests(of: dict[str, Path]) -> dict[str, str]:
        manifest = json.loads(of["json/manifest.json"].read_text(encoding="utf-8"))
        return {course["slug"]: course["content_digest"] for course in manifest["courses"]}

    before, after = digests(bundle), digests(other)
    assert before["another-course"] == after["another-course"]
    assert before["kitchen-science"] != after["kitchen-science"]


def test_the_digest_of_an_artifact_changes_with_what_it_is_made_of_and_only_then() -> None:
    def digests(of: Edition) -> dict[str, str]:
        return {artifact.path: artifact.digest for artifact in BundleExporter().artifacts(of)}

    before = digests(edition())
    after = digests(edition((*RECORDS[:2], key_term("Other", "Changed.", course="Another Course"))))
    assert before == digests(edition())
    assert {path for path in before if before[path] != after[path]} == {
        "json/another-course.json",
        "json/manifest.json",
    }


def test_what_was_written_is_found_right(bundle: dict[str, Path]) -> None:
    for artifact, path in bundle.items():
        assert list(verify(path, artifact, edition(), Proven())) == []


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("artifact", "damage", "record"),
    [
        ("json/kitchen-science.json", swap("through", "around"), True),
        ("json/kitchen-science.json", swap(",\n", ",\n\n"), False),
        ("json/kitchen-science.json", swap("\n]}\n", "\n"), False),
        ("json/kitchen-science.json", swap("Kitchen Science", "Chemistry"), False),
        ("json/kitchen-science.json", lambda text: text[: len(text) // 2], False),
        ("json/kitchen-science.json", lambda _text: "", False),
        ("json/manifest.json", swap('"records": 1', '"records": 9'), False),
        ("json/manifest.json", swap("another-course.json", "missing.json"), False),
        ("json/manifest.json", lambda _text: "{", False),
        ("json/manifest.json", swap('"records": 3', '"records": 4'), False),
        ("json/manifest.json", swap('"generator": "guidepress"', '"generator": "another"'), False),
        ("json/manifest.json", swap('"title": "Kitchen Science"', '"title": "Kitchen"'), False),
        ("json/manifest.json", swap('"bytes": ', '"bytes": 1'), False),
        ("json/manifest.json", swap('"media_type": "image/png"', '"media_type": "image/gif"'), False),
        ("json/manifest.json", swap('"schema": "schema.json"', '"schema": "other.json"'), False),
        ("json/manifest.json", swap("another-course.json", "../x.json"), False),
        ("json/manifest.json", swap('"courses": [', '"courses": [], "courses": ['), False),
        ("json/manifest.json", lambda text: json.dumps(json.loads(text)), False),
        ("json/manifest.json", lambda text: json.dumps({**json.loads(text), "courses": 1}), False),
        ("json/kitchen-science.json", swap('{"schema_version":1,', '{"schema_version":true,'), False),
        ("json/kitchen-science.json", swap('"url":null}', '"url":"https://example.org"}'), False),
        ("json/kitchen-science.json", swap('"course":{', '"course":{"more":1,'), False),
        ("json/kitchen-science.json", swap('"term":{', '"term":null,"term":{'), True),
        ("json/kitchen-science.json", swap("}\n]}\n", "},\n]}\n"), True),
        ("json/kitchen-science.json", swap("},\n", "}\n"), False),
        ("json/kitchen-science.json", swap("\n]}\n", "\n]}\n\n"), False),
        ("json/schema.json", lambda text: json.dumps(json.loads(text)), False),
        ("json/schema.json", lambda _text: "{}", False),
    ],
)
def test_a_file_that_says_something_else_is_a_difference(
    bundle: dict[str, Path], artifact: str, damage: Callable[[str], str], *, record: bool
) -> None:
    path = bundle[artifact]
    text = path.read_text(encoding="utf-8")
    path.write_text(damage(text), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    found = list(verify(path, artifact, edition(), Proven()))
    assert found
    assert all(one.artifact == artifact for one in found)
    assert any(one.record_id for one in found) or not record


def test_a_picture_with_other_bytes_is_a_difference(bundle: dict[str, Path]) -> None:
    artifact = f"json/media/{MEDIA.name}"
    bundle[artifact].write_bytes(b"other")
    assert [one.message for one in verify(bundle[artifact], artifact, edition(), Proven())] == [
        "not the picture's bytes"
    ]
