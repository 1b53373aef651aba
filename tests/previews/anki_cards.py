"""Draws every kind of card in headless Chromium: `python tests/previews/anki_cards.py docs/img`.

Cards are rendered by Anki's own engine from a package that was imported, fronts above and backs below, and drawn in the
stylesheets and by the MathJax of Anki's own reviewer (`make setup` fetches them). Light and dark, as wide as
a phone and as a desktop.
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
from reviewer import DARK_DESKTOP, DARK_DROID, DESKTOP, DROID, desktop_css, page, wheel

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "chromium"
SIZES = {"phone": (390, 560), "desktop": (960, 480)}
# The same again, in another direction.
LEFT_OUT = {("list comprehension", "Recognise"), ("ledger", "Recall"), ("תנע", "Recognise"), ("תנע", "Recall")}
# The body's classes and the reviewer's rules, by size and mode.
REVIEWERS = {
    ("phone", "light"): ("", DROID),
    ("phone", "dark"): (DARK_DROID, DROID),
    ("desktop", "light"): (DESKTOP, None),
    ("desktop", "dark"): (DARK_DESKTOP, None),
}
WEB = "_aqt/data/web/js/"
MATHJAX = (
    f'<script src="{WEB}mathjax.js"></script><script>MathJax.loader.paths.mathjax = "{WEB}vendor/mathjax";'
    f'MathJax.startup = {{typeset: true}};</script><script src="{WEB}vendor/mathjax/tex-chtml-full.js"></script>'
)


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
            " after \\(n\\) half-lives, \\(N = N_0 \\cdot 2^{-n}\\) is left."
            "\\[ N(t) = N_0 \\left( \\tfrac{1}{2} \\right)^{t/t_{1/2}} = N_0\\, e^{-\\lambda t}, \\qquad "
            "t_{1/2} = \\frac{\\ln 2}{\\lambda} \\approx \\frac{0.693}{\\lambda} \\]",
            [
                "A short half-life means that a source is strong at first and weak soon.",
                "Carbon-14 loses half of its atoms in 5,730 years, so that old bones tell their age.",
                f'Of iodine-131 in a body half is gone after 8 days: <img src="{curve.name}" alt="{curve.alt}">',
            ],
            [
                (
                    "A sample has gone to an eighth in 30 days. What is its half-life?",
                    "Ten days: in 30 days the sample was halved three times. After the first half-life one half is "
                    "left, after the second a quarter, after the third an eighth. So three half-lives are 30 days, "
                    "and one is 10 days. Nothing else counts: not how large the sample is, nor whether the atoms stand "
                    "alone or in a compound such as H<sub>2</sub>O, for decay happens in the nucleus.",
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
            [
                (
                    "How does a sale for cash get into the ledger?",
                    "It takes three steps. First, write both sides into the journal: cash is debited and sales are "
                    "credited, with the same sum. Then, carry each side over to its account in the ledger, and note "
                    "beside it the page of the journal. Finally, work out the new balance of both accounts: if all "
                    "debits and all credits are not equal now, one side was left out.",
                )
            ],
            course="Bookkeeping",
            **shared,
        ),
        key_term(
            "תנע",
            "תנע הוא מכפלת המסה של גוף במהירותו. בהתנגשות שבה לא פועלים כוחות מבחוץ, סכום התנע נשמר.",
            ["ככל שהתנע גדול יותר, קשה יותר לעצור את הגוף."],
            [
                question(
                    "מתי התנע נשמר?",
                    "כשאין כוחות מבחוץ",
                    ["תמיד", "כשאין כוחות מבחוץ", "אף פעם"],
                    "כוח מבחוץ משנה אותו.",
                )
            ],
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
        package = wheel()
        assert package is not None, "run `make setup` with a network"
        package.extractall(folder / "collection.media", [name for name in package.namelist() if name.startswith(WEB)])
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
            body, css = REVIEWERS["phone" if width < 600 else "desktop", mode]
            html = page(getattr(output, side) + MATHJAX, body, (css or desktop_css()) + f"</style><style>{output.css}")
            frame = media / f"{side}-{column}.html"
            frame.write_text(html, encoding="utf-8")
            frames += f'<iframe src="{frame.name}" width="{width}" height="{height}"></iframe>'
    sheet = media / "sheet.html"
    columns = f"repeat({len(cards)},{width}px)"
    grid = f"margin:8px;background:#8a8f96;display:grid;gap:8px;grid-template-columns:{columns}"
    style = f"body{{{grid}}}iframe{{border:0}}"
    sheet.write_text(f"<!doctype html><meta charset=utf-8><style>{style}</style>{frames}", encoding="utf-8")
    window = f"{len(cards) * (width + 8) + 8},{2 * (height + 8) + 8}"
    options = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
        "--virtual-time-budget=9000",
    )
    subprocess.run(
        [CHROMIUM, *options, f"--window-size={window}", f"--screenshot={target}", sheet.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    Image.open(target).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "img")
