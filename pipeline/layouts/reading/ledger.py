"""The ledger: every visible character of a page is claimed by a field, by a named boilerplate rule, or unclaimed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from pipeline.blocks import Block, Cut, Piece

__all__ = ["Ledger", "LedgerError", "LedgerSummary", "Unclaimed"]


class Unclaimed(BaseModel):
    """A run of visible text that neither a field nor a boilerplate rule claims."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int | None  # in the decoded source, from 1
    text: str


class LedgerSummary(BaseModel):
    """Characters of a page's visible text by owner; all of them sum up to `visible`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    visible: int = 0
    fields: dict[str, int] = {}
    boilerplate: dict[str, int] = {}
    unclaimed: tuple[Unclaimed, ...] = ()


class LedgerError(ValueError):
    """Two owners for one piece of text: a defect of a layout."""


@dataclass(frozen=True, slots=True)
class _Claim:
    start: int
    end: int
    owner: str
    is_field: bool


class Ledger:
    """The owners of one page's visible text: its blocks' texts, a line break between them, then what was cut."""

    def __init__(self, blocks: Sequence[Block], cuts: Sequence[Cut] = ()) -> None:
        self._offsets: list[int] = []
        offset = 0
        for block in blocks:
            self._offsets.append(offset)
            offset += len(block.text) + 1
        self._blocks = blocks
        self._claims: dict[int, list[_Claim]] = {}
        self.text = "\n".join([*(block.text for block in blocks), *(cut.text for cut in cuts)])
        self._cuts = tuple(cuts)
        self._cut_start = offset

    def claim(self, block: int, owner: str, *, start: int = 0, end: int | None = None) -> None:
        """Mark characters `start` to `end` (default: all) of block number `block` as owned by the field `owner`.

        Raises LedgerError if part of them is owned already: two fields must not share text.
        """
        self._add(block, start, end, owner, is_field=True)

    def claim_boilerplate(self, block: int, rule: str, *, start: int = 0, end: int | None = None) -> None:
        """Mark text as no content, by the rule of that name. Raises LedgerError as `claim` does."""
        self._add(block, start, end, rule, is_field=False)

    def claim_pieces(self, pieces: Iterable[tuple[int, Piece]], owner: str) -> None:
        """Mark pieces, each with the number of its block, as owned by the field `owner`."""
        for block, piece in pieces:
            self.claim(block, owner, start=piece.start, end=piece.end)

    def claim_spans(self, spans: Iterable[tuple[int, int, int]], rule: str) -> None:
        """Mark (block, start, end) as no content, by the rule of that name."""
        for block, start, end in spans:
            self.claim_boilerplate(block, rule, start=start, end=end)

    def _add(self, block: int, start: int, end: int | None, owner: str, *, is_field: bool) -> None:
        stop = len(self._blocks[block].text) if end is None else end
        if start >= stop:
            return
        claims = self._claims.setdefault(block, [])
        for claim in claims:
            if claim.start < stop and start < claim.end:
                text = self._blocks[block].text[start:stop]
                message = f"{owner!r} and {claim.owner!r} both claim {text[:60]!r} (block {block})"
                raise LedgerError(message)
        claims.append(_Claim(start, stop, owner, is_field))

    def is_free(self, block: int) -> bool:
        """Say whether nothing of a block is claimed yet."""
        return block not in self._claims

    def owners(self, block: int) -> list[tuple[int, int, str]]:
        """Return (start, end, owner) of a block's claims in order; a boilerplate rule in brackets."""
        claims = sorted(self._claims.get(block, ()), key=lambda claim: claim.start)
        return [(claim.start, claim.end, claim.owner if claim.is_field else f"[{claim.owner}]") for claim in claims]

    def pieces(self) -> Iterator[tuple[int, int, str | None]]:
        """Yield (start, end, owner) over the whole of `text`, in order and without a gap; None owns what nobody does.

        White space between two claims belongs to nobody, and is nothing that could get lost.
        """
        at = 0
        for number, offset in enumerate(self._offsets):
            for start, end, owner in self.owners(number):
                if at < offset + start:
                    yield at, offset + start, None
                yield offset + start, offset + end, owner
                at = offset + end
        start = self._cut_start
        for cut in self._cuts:
            if at < start:
                yield at, start, None
            yield start, start + len(cut.text), f"[{cut.name}]"
            at = start + len(cut.text)
            start = at + 1
        if at < len(self.text):
            yield at, len(self.text), None

    def unclaimed(self) -> Iterator[tuple[int, str]]:
        """Yield (block, text) of each piece that nobody owns and that is more than white space."""
        for number, block in enumerate(self._blocks):
            at = 0
            for start, end, _ in [*self.owners(number), (len(block.text), len(block.text), "")]:
                if text := block.text[at:start].strip():
                    yield number, text
                at = max(at, end)

    def summary(self, lines: Sequence[int | None] = ()) -> LedgerSummary:
        """Return the numbers: characters without white space, by owner. `lines` are those of `unclaimed`, in order."""
        fields: Counter[str] = Counter()
        boilerplate: Counter[str] = Counter()
        for number, claims in self._claims.items():
            for claim in claims:
                size = _visible(self._blocks[number].text[claim.start : claim.end])
                (fields if claim.is_field else boilerplate)[claim.owner] += size
        for cut in self._cuts:
            boilerplate[cut.name] += _visible(cut.text)
        unclaimed = list(self.unclaimed())
        known = [*lines, *[None] * (len(unclaimed) - len(lines))]
        return LedgerSummary(
            visible=_visible(self.text),
            fields=dict(sorted(fields.items())),
            boilerplate=dict(sorted(boilerplate.items())),
            unclaimed=tuple(Unclaimed(line=line, text=text) for line, (_, text) in zip(known, unclaimed, strict=True)),
        )


def _visible(text: str) -> int:
    return len("".join(text.split()))
