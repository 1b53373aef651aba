"""Where courses are cut: every record once, in order, and an insertion moves few boundaries."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.exporters.pdf.joining.indexing import index_letter, index_order
from pipeline.exporters.pdf.kinds.chunks import TERMS, cut

ids = st.lists(st.integers(0, 100_000).map(lambda number: f"p/c/{number:06d}"), unique=True, max_size=400).map(sorted)


def chunks(record_ids: list[str]) -> list[list[str]]:
    return list(cut((record_id, record_id) for record_id in record_ids))


@given(ids)
def test_every_record_is_in_one_chunk_in_its_order(record_ids: list[str]) -> None:
    assert [record_id for chunk in chunks(record_ids) for record_id in chunk] == record_ids
    assert all(len(chunk) <= TERMS.most for chunk in chunks(record_ids))


def test_an_insertion_leaves_all_but_a_few_chunks_as_they_are() -> None:
    record_ids = [f"p/c/{number:06d}" for number in range(2000)]
    before = {tuple(chunk) for chunk in chunks(record_ids)}
    for place in range(0, 2000, 97):
        inserted = [*record_ids[:place], f"{record_ids[place]}-new", *record_ids[place:]]
        after = {tuple(chunk) for chunk in chunks(inserted)}
        assert len(after - before) <= 4


def test_a_chunk_has_about_twenty_records() -> None:
    record_ids = [f"p/c/{number:06d}" for number in range(4000)]
    assert 15 <= len(record_ids) / len(chunks(record_ids)) <= 25


def test_the_index_disregards_accents_case_and_opening_quotes() -> None:
    assert sorted(["zebra", "École", "“Echo”", "alpha"], key=index_order) == ["alpha", "“Echo”", "École", "zebra"]
    assert [index_letter(text) for text in ("École", "“Echo”", "3D print")] == ["E", "E", "#"]


def test_signs_and_figures_stand_in_one_group_before_all_letters() -> None:
    entries = ["#hashtag", "1st law", "Zoo", "~tilde", "Alpha", "∞-norm", "√2", "Ωmega"]
    in_order = sorted(entries, key=index_order)
    assert [index_letter(entry) for entry in in_order] == ["#"] * 5 + ["A", "Z", "Ω"]


def test_letters_with_a_stroke_stand_under_the_letter_they_are_written_as() -> None:
    assert [index_letter(text) for text in ("Łódź", "Đorđe", "Ørsted", "Æther")] == ["L", "D", "O", "A"]
    assert sorted(["Lyon", "Łódź", "Lodz"], key=index_order) == ["Lodz", "Łódź", "Lyon"]
