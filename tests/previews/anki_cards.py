"""Draws every kind of card in headless Chromium: `python tests/previews/anki_cards.py docs/img`.

Cards are rendered by Anki's own engine from a package that was imported, fronts above and backs below.
Light and dark, at the width of a phone and of a desktop. Mathematics is drawn by MathJax inside Anki only; here it
stays as TeX.
"""

import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from anki.collection import Card, Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from PIL import Image

from factories import Workshop, key_term, picture, question

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "chromium"
SIZES = {"phone": (390, 560), "desktop": (960, 480)}
# The same again, in another direction.
LEFT_OUT = {("list comprehension", "Recognise"), ("ledger", "Recall"), ("תנע", "Recognise"), ("תנע", "Recall")}
# How Anki's reviewer wraps a card: the class on the body, the card in `#qa`, and its own few rules.
PAGE = """<!doctype html><html class="{html_class}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
body {{ margin: 20px; overflow-wrap: break-word; }} .nightMode {{ color: white; background-color: #2c2c2c; }}
{css}</style></head><body class="card card1 {body_class}"><div id="qa">{html}</div></body></html>"""


def drawing() -> bytes:
    """Return a small PNG: a falling curve, made here."""
    width, height = 480, 240

    def row(y: int) -> bytes:
        pixels = bytearray(b"\xff\xff\xff" * width)
        for x in range(width):
            curve = 20 + (height - 50) * (1 - 2.718 ** (-x / 110))
            if abs(y - curve) < 2.2:
                pixels[3 * x : 3 * x + 3] = b"\x1f\x5f\x8b"
            if y == height - 16 or x == 16:
                pixels[3 * x : 3 * x + 3] = b"\x44\x44\x44"
        return b"\0" + bytes(pixels)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 2, 0, 0, 0))
    body = zlib.compress(b"".join(row(y) for y in range(height)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def samples() -> tuple[list, dict[str, bytes]]:
    image = drawing()
    curve = picture(image, "a curve that falls ever more slowly")
    shared = {"publisher": "Own Words Press", "license": "CC BY 4.0", "notices": ("© 2025 Own Words Press",)}
    records = [
        key_term(
            "half-life",
            "The half-life of a substance is the time in which half of it decays. It is the same however much there is:"
            " after \\(n\\) half-lives, \\(N = N_0 \\cdot 2^{-n}\\) is left.",
            [
                "A short half-life means that a source is strong at first and weak soon.",
                "Carbon from a living thing is replaced while it lives, so its clock starts at death.",
                f'The curve of what is left falls ever more slowly: <img src="{curve.name}" alt="{curve.alt}">',
            ],
            [
                (
                    "A sample has gone to an eighth in 30 days. What is its half-life?",
                    "Three halvings in 30 days, so <strong>10 days</strong>.",
                )
            ],
            course="Physics of Everyday Things",
            related=[("decay constant", "How likely one nucleus is to decay in a second."), ("activity", None)],
            also=["Chemistry II", "Earth Science"],
            media=[curve],
            url="https://example.org/half-life",
            **shared,
        ),
        key_term(
            "list comprehension",
            "A list comprehension builds a list in one expression: "
            "<pre><code>squares = [n * n for n in range(10) if n % 2 == 0]  # 0, 4, 16, 36, 64</code></pre>"
            "It says what is in the list, not how it is filled.",
            ["Where a name is used once only, <code>sum(n * n for n in numbers)</code> needs no list at all."],
            [
                question(
                    "Which of these gives the lengths of all words that are longer than three letters?",
                    "<code>[len(w) for w in words if len(w) &gt; 3]</code>",
                    [
                        "<code>[len(w) if len(w) &gt; 3 for w in words]</code>",
                        "<code>[len(w) for w in words if len(w) &gt; 3]</code>",
                        "<code>[w for len(w) &gt; 3 in words]</code>",
                        "None of these",
                    ],
                    "The condition stands last; what is kept stands first.",
                )
            ],
            course="Python from Scratch",
            **shared,
        ),
        key_term(
            "ledger",
            "A ledger is the book in which a firm's accounts stand side by side: "
            "<table><tr><th>Account</th><th>Debit</th><th>Credit</th><th>Balance after the entry</th></tr>"
            "<tr><td>Cash</td><td>400</td><td></td><td>1,900</td></tr><tr><td>Sales</td><td></td><td>400</td><td>6,250</td>"
            "</tr></table>",
            [],
            course="Bookkeeping",
            **shared,
        ),
        key_term(
            "תנע",
            "תנע הוא מכפלת המסה של גוף במהירותו. בהתנגשות שבה לא פועלים כוחות מבחוץ, סכום התנע נשמר.",
            ["ככל שהתנע גדול יותר, קשה יותר לעצור את הגוף."],
            course="פיזיקה",
            language="he",
            **shared,
        ),
    ]
    return records, {curve.name: image}


def main(out: Path) -> None:
    records, media = samples()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        decks = Workshop(media=media).build(records).write(folder)
        collection = Collection(str(folder / "collection.anki2"))
        request = ImportAnkiPackageRequest(package_path=str(decks / "all.apkg"), options=ImportAnkiPackageOptions())
        collection.import_anki_package(request)
        kinds: dict[str, list[Card]] = {}
        for number in sorted(collection.find_cards("")):
            card = collection.get_card(number)
            if (card.note()["Term"], card.template()["name"]) in LEFT_OUT:
                continue
            kinds.setdefault(card.note_type()["name"].lower().replace(" ", "-"), []).append(card)
        for kind, cards in kinds.items():
            for size, sides in SIZES.items():
                for mode in ("light", "dark"):
                    draw(cards, sides, mode, folder / "collection.media", out / f"anki-{kind}-{size}-{mode}.png")
        collection.close()


def draw(cards: list[Card], size: tuple[int, int], mode: str, media: Path, target: Path) -> None:
    """Draw fronts above, backs below, a card a column; `size` is that of one side, in pixels."""
    width, height = size
    frames = ""
    for side in ("question_text", "answer_text"):
        for column, card in enumerate(cards):
            output = card.render_output()
            night = "nightMode night_mode" if mode == "dark" else ""
            html = PAGE.format(
                css=output.css, html=getattr(output, side), html_class=night and "night-mode", body_class=night
            )
            page = media / f"{side}-{column}.html"
            page.write_text(html, encoding="utf-8")
            frames += f'<iframe src="{page.name}" width="{width}" height="{height}"></iframe>'
    sheet = media / "sheet.html"
    columns = f"repeat({len(cards)},{width}px)"
    grid = f"margin:8px;background:#8a8f96;display:grid;gap:8px;grid-template-columns:{columns}"
    style = f"body{{{grid}}}iframe{{border:0}}"
    sheet.write_text(f"<!doctype html><meta charset=utf-8><style>{style}</style>{frames}", encoding="utf-8")
    window = f"{len(cards) * (width + 8) + 8},{2 * (height + 8) + 8}"
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files")
    subprocess.run(
        [CHROMIUM, *options, f"--window-size={window}", f"--screenshot={target}", sheet.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    Image.open(target).convert("RGB").quantize(40, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "img")
