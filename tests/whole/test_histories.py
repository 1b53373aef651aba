"""Random histories of builds in the real Anki, in short; `make histories` runs 64 of them."""

from pathlib import Path

import pytest

from tests.histories.history import Outcome, run


@pytest.mark.parametrize("seed", [30, 311])  # in these a rule gave a note to another one once
def test_no_note_is_lost_stolen_or_doubled_in_random_histories(seed: int, tmp_path: Path) -> None:
    outcome = Outcome()
    run(seed, tmp_path, outcome)
    assert (outcome.lost, outcome.stolen, outcome.duplicated, outcome.untold) == ([], [], [], [])
    assert outcome.seen_again > 100
    assert len(outcome.edits) > 5
