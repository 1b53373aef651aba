"""What a learner keeps in one version of Anki: run by that version's own Python, which has nothing but `anki`.

python learner.py FIRST.apkg SECOND.apkg THIRD.apkg prints one JSON object. SECOND is FIRST with another definition;
THIRD is SECOND with other CSS.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from anki.buildinfo import version
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

DAY = 86_400
TYPE, MINE = "Key term", "My notes"
TROUBLE = ("conflicting", "first_field_match", "missing_notetype", "missing_deck", "empty_first_field")
OWN_RULE = ".card { letter-spacing: 1px; }"


class Learner:
    """A collection of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.col = Collection(str(folder / "collection.anki2"))

    def imports(self, package: str, *, merge: bool = False) -> dict[str, int]:
        options = ImportAnkiPackageOptions(merge_notetypes=merge)
        log = self.col.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=options)).log
        return {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", *TROUBLE)}

    def note(self) -> Any:
        return self.col.get_note(self.col.find_notes("Term:yeast")[0])

    def studies(self) -> int:
        """Answer each card that is due today with "Good"; return how many reviews there are."""
        self.col.decks.select(self.col.decks.id_for_name("Guidepress"))
        while card := self.col.sched.getCard():
            card.start_timer()
            self.col.sched.answerCard(card, 3)
        return int(self.col.db.scalar("select count() from revlog"))

    def adds_a_field(self) -> None:
        kind = self.col.models.by_name(TYPE)
        self.col.models.add_field(kind, self.col.models.new_field(MINE))
        self.col.models.update_dict(kind)
        note = self.note()
        note[MINE] = "my own words"
        self.col.update_note(note)

    def css(self) -> str:
        # From the collection itself: `models` keeps what it has read once.
        config = self.col.db.scalar("select config from notetypes where id = ?", self.note().mid)
        return bytes(config).decode("utf-8", "replace")

    def of_update(self, package: str, *, merge: bool = False) -> dict[str, bool]:
        before = self.note()["Definition"]
        log = self.imports(package, merge=merge)
        note = self.note()
        return {
            "text is new": note["Definition"] != before,
            "own field kept": MINE in note,
            "its words kept": MINE in note and note[MINE] == "my own words",
            "note type doubled": any(kind.name == f"{TYPE}+" for kind in self.col.models.all_names_and_ids()),
            "in conflict": bool(log["conflicting"]),
        }


def main() -> None:
    first, second, third = sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = Learner(folder / "plain")
        log = plain.imports(first)
        shown = [
            card.question() + card.answer()
            for number in plain.col.find_cards("")
            for card in [plain.col.get_card(number)]
        ]
        out: dict[str, Any] = {
            "version": version,
            "notes": log["new"],
            "trouble": sum(log[name] for name in TROUBLE),
            "media": len(list(Path(plain.col.media.dir()).glob("*.png"))) == 1,
            "cards": len(shown),
            "cards broken": sum("{{" in text or "not found" in text for text in shown),
        }
        reviews = plain.studies()
        log = plain.imports(second)
        out["updated"] = log["updated"]
        out["time of the change kept"] = plain.note().mod < time.time() - DAY
        out["reviews kept"] = reviews > 0 and plain.studies() >= reviews
        out["same again"] = plain.imports(second)["duplicate"]

        by_default = Learner(folder / "default")
        by_default.imports(first)
        by_default.adds_a_field()
        out["own field, by default"] = by_default.of_update(second)
        out["own field, by default, later build"] = by_default.of_update(third)

        merged = Learner(folder / "merged")
        merged.imports(first)
        merged.adds_a_field()
        out["own field, Merge note types"] = merged.of_update(second, merge=True)
        out["own field, Merge note types, later build"] = merged.of_update(third, merge=True)

        styled = Learner(folder / "styled")
        styled.imports(first)
        kind = styled.col.models.by_name(TYPE)
        kind["css"] += OWN_RULE
        styled.col.models.update_dict(kind)
        file = Path(styled.col.media.dir()) / "_guidepress_mine.css"
        file.write_text(OWN_RULE, encoding="utf-8")
        styled.imports(second)
        out["own CSS kept while ours is as it was"] = OWN_RULE in styled.css()
        styled.imports(third)
        out["own CSS kept when ours changed"] = OWN_RULE in styled.css()
        out["_guidepress_mine.css kept"] = file.read_text(encoding="utf-8") == OWN_RULE
        out["_guidepress_mine.css loaded"] = "_guidepress_mine.css" in styled.css()
        for one in (plain, by_default, merged, styled):
            one.col.close()
    print(json.dumps(out))


if __name__ == "__main__":
    main()
