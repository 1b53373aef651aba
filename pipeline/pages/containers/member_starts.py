"""Where the members of a compressed file begin: what is in it is called by that."""

__all__ = ["MemberStarts"]


class MemberStarts:
    """Unpacked offsets at which a member begins, and where that is in the file, of those not yet asked for."""

    def __init__(self, unpacked: int, packed: int) -> None:
        self._starts: dict[int, int] = {unpacked: packed}

    def note(self, unpacked: int, packed: int) -> None:
        """Note that a member begins at `packed`, from which comes what is at `unpacked`."""
        self._starts[unpacked] = packed

    def find(self, unpacked: int) -> int | None:
        """Return where the member begins that unpacks from this offset on, or None.

        Asked with growing offsets; smaller ones are forgotten.
        """
        found = self._starts.get(unpacked)
        self._starts = {start: member for start, member in self._starts.items() if start > unpacked}
        return found
