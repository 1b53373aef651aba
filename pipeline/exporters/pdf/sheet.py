"""The sheet: paper, margins and measures, all from the `[pdf]` settings. Everything printed is placed by these."""

from dataclasses import dataclass
from typing import Final, Literal

from pipeline.config import PdfSettings

__all__ = ["CARD_MEASURE", "MM", "PAPERS", "CardGrid", "Measure", "Sheet"]

MM: Final = 72 / 25.4  # points
PAPERS: Final = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}  # millimetres


@dataclass(frozen=True, slots=True)
class Measure:
    """The room that a text has, in ems of it: what its tables and formulas are fitted to."""

    line: float  # of running text
    full: float  # of tables
    page: float  # height

    def keeps_together(self, height: float) -> bool:
        """Say whether what is about so many ems high may be kept on one page, at the price of white before it."""
        return height <= 0.4 * self.page


# A card's text is set in sizes from 22 to 8 points, one with a table or a long formula in the smaller ones.
CARD_MEASURE: Final = Measure(line=24.0, full=24.0, page=18.0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Measures of a handout's page, in millimetres where the name says nothing else."""

    width: float
    height: float
    top: float
    bottom: float
    side: float
    text_pt: float
    leading: float  # line height, in text sizes
    gap_pt: float  # the unit of vertical white
    rule: float  # from one answer line to the next
    answer_lines: int
    roomy: bool

    @classmethod
    def of(cls, settings: PdfSettings) -> "Sheet":
        """Return the measures for these settings."""
        width, height = PAPERS[settings.paper]
        roomy = settings.spacing == "roomy"
        size = settings.text_size
        # 65 to 75 characters make a comfortable line; large print needs all the width there is.
        side = (24.0 if roomy else 17.0) if size < 14 else (18.0 if roomy else 14.0)
        return cls(
            width=width,
            height=height,
            top=26.0 if roomy else 21.0,
            bottom=24.0 if roomy else 19.0,
            side=side,
            text_pt=size,
            leading=1.42 if roomy else 1.3,
            gap_pt=size * (1.0 if roomy else 0.62),
            # Ruled school paper has 7 to 9 mm; letters grow with the print, the hand only a little.
            rule=max(9.0 if roomy else 7.0, size * (0.75 if roomy else 0.65)),
            answer_lines=settings.answer_lines,
            roomy=roomy,
        )

    @property
    def beside_prose_pt(self) -> float:
        """White to the right of running text in points, so that its lines have about 70 characters (compact: 82)."""
        measure = self.text_pt * (33.0 if self.roomy else 38.0)
        return round(max(0.0, self.width_pt - 2 * self.side * MM - measure), 2)

    @property
    def measure(self) -> Measure:
        """The room for text on this sheet; running text is as wide as a study guide's."""
        full = (self.width_pt - 2 * self.side * MM) / self.text_pt
        page = (self.height - self.top - self.bottom) * MM / self.text_pt
        return Measure(full - self.beside_prose_pt / self.text_pt, full, page)

    @property
    def word_share(self) -> float:
        """A vocabulary's column of words, as a share of its width."""
        return 0.27 if self.text_pt < 14 else 0.34

    @property
    def word_room(self) -> float:
        """The width of a vocabulary's words in ems of the text, without the white beside them."""
        return self.measure.full * self.word_share - 0.6

    @property
    def meaning_room(self) -> float:
        """The width of a vocabulary's definitions, likewise."""
        return self.measure.full * (1 - self.word_share) - 0.6

    @property
    def rule_ems(self) -> float:
        """The distance from one answer line to the next, in ems of the text."""
        return self.rule * MM / self.text_pt

    @property
    def width_pt(self) -> float:
        """The sheet's width in points."""
        return self.width * MM

    @property
    def height_pt(self) -> float:
        """The sheet's height in points."""
        return self.height * MM


@dataclass(frozen=True, slots=True)
class CardGrid:
    """Two columns and four rows of cards on a sheet, in millimetres; the white around them takes the cut marks."""

    width: float
    height: float
    margin_x: float
    margin_y: float
    largest_pt: float = 17.0
    smallest_pt: float = 8.0
    columns: Literal[2] = 2
    rows: Literal[4] = 4

    @classmethod
    def of(cls, settings: PdfSettings) -> "CardGrid":
        """Return the grid for the settings' paper. No common printer prints nearer to the edge than 6 mm."""
        width, height = PAPERS[settings.paper]
        if settings.text_size >= 14:
            return cls(width, height, 10.0, 10.5, largest_pt=22.0, smallest_pt=14.0)
        return cls(width, height, 10.0, 10.5)

    @property
    def card_width(self) -> float:
        """One card's width."""
        return (self.width - 2 * self.margin_x) / self.columns

    @property
    def card_height(self) -> float:
        """One card's height."""
        return (self.height - 2 * self.margin_y) / self.rows

    @property
    def per_sheet(self) -> int:
        """Cards on one sheet."""
        return self.columns * self.rows

    def place(self, index: int, *, back: bool) -> tuple[float, float]:
        """Return the left and top edge of the card at `index` on its sheet; a back lies mirrored, left for right."""
        row, column = divmod(index, self.columns)
        if back:
            column = self.columns - 1 - column
        return self.margin_x + column * self.card_width, self.margin_y + row * self.card_height
