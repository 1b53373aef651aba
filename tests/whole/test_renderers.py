"""The adversary itself must be fair: its pages hold the truth, and are the same each time."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from itertools import product
from types import SimpleNamespace

import pytest
from resiliparse.extract.html2text import extract_plain_text
from warcio.archiveiterator import ArchiveIterator

from tests.generations import hostile, run
from tests.generations.check import compare
from tests.generations.containers import Capture, gzipped, warc, zipped
from tests.generations.fuzz import MUTATIONS, mutations
from tests.generations.model import Truth, slug, squash, strings
from tests.generations.reading import decode, lost, visible
from tests.generations.render_baseline import form_a, form_c, form_d
from tests.generations.run import RENDERERS
from tests.generations.truths import TRUTHS

CASES = [
    (generation, variant) for generation, renderer in RENDERERS.items() for variant in range(renderer.VARIANTS + 2)
]
IDS = [f"{generation}-{variant}" for generation, variant in CASES]


def record_of(truth: Truth) -> dict[str, object]:
    """Return a record that says exactly what `truth` says."""

    def rich(text: str) -> dict[str, str]:
        return {"text": text, "html": ""}

    return {
        "term": rich(truth["term"]),
        "course": {"title": truth["course"]},
        "definition": rich(truth["definition"]),
        "facts": [rich(fact) for fact in truth["facts"]],
        "questions": [{"question": rich(q["question"]), "answer": rich(q["answer"])} for q in truth["questions"]],
        "related_terms": [{"term": rich(r["term"]), "definition": rich(r["definition"])} for r in truth["related"]],
        "also_found_in": [{"title": course} for course in truth["also_found_in"]],
        "notices": list(truth["notices"]),
    }


@pytest.mark.parametrize(("generation", "variant"), CASES, ids=IDS)
def test_every_page_holds_what_is_expected_of_it(generation: str, variant: int) -> None:
    renderer = RENDERERS[generation]
    for truth in TRUTHS:
        page = renderer.render(truth, variant=variant)
        text = visible(page, generation, renderer.name(variant))
        assert lost(renderer.expected(truth, variant=variant), text) == []


@pytest.mark.parametrize(("generation", "variant"), CASES, ids=IDS)
def test_the_same_variant_gives_the_same_bytes(generation: str, variant: int) -> None:
    render = RENDERERS[generation].render
    for truth in TRUTHS[:4]:
        assert render(truth, variant=variant) == render(truth, variant=variant)


@pytest.mark.parametrize("generation", ["baseline", "divsoup", "damaged"])
def test_an_html5_parser_finds_the_texts_whole_and_in_order(generation: str) -> None:
    renderer = RENDERERS[generation]
    html = [n for n in range(renderer.VARIANTS + 2) if ".htm" in renderer.name(n)]
    for variant, truth in product(html, TRUTHS):
        page = decode(renderer.render(truth, variant=variant))
        page = re.sub(r"<(/?)button", r"<\1div", page)  # resiliparse shows no buttons
        page = re.sub(r'(?s)<svg.*?</svg>| hidden| style="display[^"]*"| aria-hidden="true"', "", page)
        text = squash(extract_plain_text(page, list_bullets=False))
        at = 0
        for one in map(squash, strings(truth)[2:]):
            assert one in text[at:], (variant, one)
            at = text.index(one, at) + len(one)


@pytest.mark.parametrize("generation", RENDERERS)
def test_variants_of_a_generation_differ(generation: str) -> None:
    renderer = RENDERERS[generation]
    for truth in TRUTHS[3:5]:
        pages = {renderer.render(truth, variant=n) for n in range(renderer.VARIANTS)}
        assert len(pages) >= min(8, renderer.VARIANTS * 2 // 3)


def test_expected_never_says_more_than_the_truth() -> None:
    for renderer in RENDERERS.values():
        for variant in range(renderer.VARIANTS):
            want = renderer.expected(TRUTHS[0], variant=variant)
            assert {**want, "notices": TRUTHS[0]["notices"]} == TRUTHS[0]
            assert set(want["notices"]) <= set(TRUTHS[0]["notices"])


def test_compare_finds_nothing_between_equals() -> None:
    for truth in TRUTHS:
        assert compare(record_of(truth), truth) == []


def test_compare_names_field_and_place_of_a_difference() -> None:
    truth = TRUTHS[0]
    other: Truth = {**truth, "facts": [truth["facts"][0][:-1], *truth["facts"][1:]]}
    assert [line.split(":")[0] for line in compare(record_of(other), truth)] == ["facts 1"]
    fewer: Truth = {**truth, "related": truth["related"][1:]}
    labels = [line.split(":")[0] for line in compare(record_of(fewer), truth)]
    assert labels == ["related terms", "related definitions"]
    assert compare({}, truth)


def test_command_counts_equal_pages_differences_and_rejects(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(_data: bytes, path: str) -> list[SimpleNamespace]:
        truth = next((t for t in TRUTHS[:3] if path.startswith(slug(t["term"]) + "-")), None)
        record = SimpleNamespace(model_dump=lambda mode: record_of(truth or TRUTHS[0]))
        ledger = SimpleNamespace(unclaimed=[] if truth else ["x"])
        return [SimpleNamespace(records=[record] if truth else [], rejects=[], ledger=ledger)]

    monkeypatch.setattr(run, "parser", lambda: parse)
    row = run.check_variant(("baseline", 0), TRUTHS[:4], "none")
    assert (row.pages, row.equal, row.rejects, row.unclaimed) == (4, 3, 1, 1)


def test_containers_give_the_page_back() -> None:
    page = form_c(TRUTHS[0]).encode()
    assert gzip.decompress(gzipped(page, members=3)) == page
    with zipfile.ZipFile(io.BytesIO(zipped({"a/b.html": page}, folders=True))) as archive:
        assert archive.read("a/b.html") == page
    for compressed in (False, True):
        for coding in ("", "gzip", "chunked", "gzip chunked"):
            data = warc([Capture("https://a/b", page, coding=coding)], compressed=compressed)
            records = ArchiveIterator(io.BytesIO(data))
            kinds = [
                (record.rec_type, record.content_stream().read()) for record in records if record.rec_type == "response"
            ]
            assert kinds == [("response", page)]
    text = form_d(TRUTHS[0]).encode()
    stream = io.BytesIO(warc([Capture("https://a/b", text, "conversion")]))
    found = [r.content_stream().read() for r in ArchiveIterator(stream) if r.rec_type == "conversion"]
    assert found == [text]


def test_fuzzer_is_seeded_and_uses_every_mutation() -> None:
    pages = [form_a(truth).encode() for truth in TRUTHS] + [form_d(TRUTHS[0]).encode()]
    count = 4 * len(MUTATIONS)
    first = list(mutations(pages, count, 1))
    assert first == list(mutations(pages, count, 1))
    assert first != list(mutations(pages, count, 2))
    assert len({data for _, data in first}) > count * 0.9
    again = next(mutations(pages, 50, 1, first=49))
    assert again == first[49]
    used = {name for label, _ in first for name in label.split("-", 2)[2].split("+")}
    assert used == set(MUTATIONS)


def test_hostile_inputs_are_what_they_claim() -> None:
    assert len(hostile.huge_page(3_000_000)) >= 3_000_000
    assert hostile.nested_divs(1000).count(b"<div>") == 1000
    bomb = hostile.zip_bomb(30 * hostile.MEGA, 2)
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        assert sum(info.file_size for info in archive.infolist()) == 60 * hostile.MEGA
    assert len(bomb) < hostile.MEGA
    assert len(hostile.gzip_bomb(20 * hostile.MEGA)) < hostile.MEGA // 4
    assert len(hostile.nested_zips()) < hostile.MEGA
    secret = zipfile.ZipFile(io.BytesIO(hostile.encrypted_zip()))
    with secret, pytest.raises(RuntimeError, match="encrypted"):
        secret.read("secret.html")
    with zipfile.ZipFile(io.BytesIO(hostile.duplicate_zip())) as archive:
        assert archive.namelist() == ["a.html", "a.html", "A.html"]
    with zipfile.ZipFile(io.BytesIO(hostile.traversal_zip())) as archive:
        assert "../up.html" in archive.namelist()
    with pytest.raises(EOFError):
        gzip.decompress(hostile.cut_gzip())
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(hostile.cut_zip()))
