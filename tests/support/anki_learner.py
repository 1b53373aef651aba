"""A learner with the real Anki: a collection, imports with default options, days that go by."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.import_export_pb2 import IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS

DAY = 86_400
# Every list of the import log that is not about new, changed or unchanged notes: each is something that went wrong.
TROUBLE = ("conflicting", "first_field_match", "missing_notetype", "missing_deck", "empty_first_field")


class Learner:
    """One collection in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = str(folder / "collection.anki2")
        self.col = Collection(self._path)

    def close(self) -> None:
        self.col.close()

    def imports(self, package: Path, *, of_other_note_types: bool = False) -> dict[str, int]:
        """Import a package as the desktop does by default; return how many notes the log has under each heading.

        `of_other_note_types`: with "Merge note types" and "Update notes: Always" chosen in the dialog.
        """
        options = ImportAnkiPackageOptions()
        if of_other_note_types:
            options.merge_notetypes = True
            options.update_notes = IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS
        log = self.col.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options)).log
        return {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", *TROUBLE)}

    def sleeps(self, days: int = 1) -> None:
        """Let days go by: the collection was made that much longer ago."""
        self.col.db.execute("update col set crt = crt - ?", days * DAY)
        self.col.close()
        self.col = Collection(self._path)

    def studies(self, deck: str, cards: int) -> list[int]:
        """Answer cards as the scheduler brings them, in turn with each of the four buttons; return their ids."""
        self.col.decks.select(self.col.decks.id_for_name(deck))
        answered = []
        for turn in range(cards):
            card = self.col.sched.getCard()
            if card is None:
                break
            card.start_timer()
            self.col.sched.answerCard(card, (3, 4, 2, 1)[turn % 4])
            answered.append(card.id)
        return answered

    def note(self, short_id: str) -> Any:
        """Return the note that has this `Id`."""
        (number,) = self.col.find_notes(f'"Id:{short_id}"')
        return self.col.get_note(number)

    def edits(self, short_id: str, field: str, text: str) -> None:
        note = self.note(short_id)
        note[field] = text
        self.col.update_note(note)

    def card_rows(self) -> dict[int, Sequence[Any]]:
        return {row[0]: row for row in self.col.db.all("select * from cards")}

    def reviews(self) -> list[Sequence[Any]]:
        return self.col.db.all("select * from revlog order by id")

    def note_rows(self) -> dict[str, Sequence[Any]]:
        """Return notes by GUID: id, note type, mod, tags, fields."""
        return {row[0]: tuple(row[1:]) for row in self.col.db.all("select guid, id, mid, mod, tags, flds from notes")}
