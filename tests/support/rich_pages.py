"""Valid pages with everything that a page may hold in every field: scripts, mathematics, pictures, odd characters.

Made by a seed: the same seed gives the same pages on every machine. What is written here is in our own words.
"""

import random
from base64 import b64encode
from collections.abc import Callable
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from rich_samples import DRAWN, FORMULAS, MATHML, ODD, SCRIPTS, SVG, WIDE_PAIRS

__all__ = ["write_rich_pages"]


def write_rich_pages(folder: Path, *, seed: int, count: int, courses: int = 5) -> Path:
    """Write `count` pages, one in four a study guide, into a raw folder, with some of their pictures."""
    (folder / "pics").mkdir(parents=True, exist_ok=True)
    for number in range(4):
        (folder / "pics" / f"{number}.png").write_bytes(_picture(30 + 40 * number, 20 + 30 * number))
    titles = [_course(random.Random(f"{seed}/course/{number}"), number) for number in range(courses)]
    for number in range(count):
        writer = _Writer(random.Random(f"{seed}/{number}"), number)
        page = writer.guide if number % 4 == 3 else writer.key_term
        (folder / f"{number:04d}.html").write_text(page(titles[number % courses]), encoding="utf-8")
    return folder


def _picture(width: int, height: int) -> bytes:
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).ellipse((2, 2, width - 3, height - 3), outline="black", width=2)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _course(dice: random.Random, number: int) -> str:
    language = list(SCRIPTS)[number * 5 % len(SCRIPTS)]
    odd = dice.choice(["", " (df)", " & <Co>", " ½ x̄", " fVIII"])
    return f"{' '.join(SCRIPTS[language].split()[:4])} {number}{odd}"


class _Writer:
    """Writes one page."""

    def __init__(self, dice: random.Random, number: int) -> None:
        self.dice = dice
        self.number = number
        self.language = dice.choice(DRAWN if dice.random() < 0.6 else list(SCRIPTS))
        self.choices: tuple[Callable[[int], str], ...] = (
            self.words,
            self.words,
            self.words,
            self.odd,
            self.wide,
            self.formula,
            self.picture,
            self.marked,
            self.marked,
            self.link,
        )

    def words(self, _: int = 0) -> str:
        language = self.language if self.dice.random() < 0.8 else self.dice.choice(list(SCRIPTS))
        words = SCRIPTS[language].split()
        start = self.dice.randrange(len(words))
        most = 6 if language in DRAWN else 2
        return escape(" ".join((words[start:] + words[:start])[: self.dice.randint(1, most)]), quote=False)

    def odd(self, _: int = 0) -> str:
        text = self.dice.choice(ODD)
        return text if "&" in text else escape(text, quote=False)

    def short(self, _: int = 0) -> str:
        """Return an odd text that may stand in a name: one of hundreds of letters is none."""
        return escape(self.dice.choice([text for text in ODD if len(text) < 40 and "&" not in text]), quote=False)

    def wide(self, _: int = 0) -> str:
        return escape(" ".join(self.dice.sample(WIDE_PAIRS.split(), 3)), quote=False)

    def formula(self, _: int = 0) -> str:
        tex = escape(self.dice.choice(FORMULAS), quote=False)
        return self.dice.choice([f"\\({tex}\\)", f"\\({tex}\\)", f"\\[{tex}\\]", MATHML])

    def symbol(self, _: int = 0) -> str:
        return self.dice.choice([r"\(v\)", r"\(x_1\)", r"\(\vec{v}\)", r"\(f(x)\)"])

    def picture(self, _: int = 0) -> str:
        alt = self.dice.choice(
            ["a red cell", "", "f(x) &quot;quoted&quot; &lt;b&gt;", "दिन", "see \\(x^2\\)", "two\nlines"]
        )
        data = b64encode(_picture(24, 16)).decode()
        source = self.dice.choice(
            [
                f"pics/{self.dice.randrange(4)}.png",
                f"data:image/png;base64,{data}",
                "pics/lost.png",
                "//host.test/x.png",
                "https://host.test/x.png",
                "data:image/png;base64,AAAA",
                "file:///x.png",
                "cid:nobody",
                "",
                f"data:image/svg+xml,{SVG.replace('#', '%23').replace('<', '%3C')}",
            ]
        )
        return f'<img src="{source}" alt="{alt}">' if source else f'<img alt="{alt}">'

    def marked(self, depth: int = 0) -> str:
        tag = self.dice.choice(["em", "strong", "b", "i", "sub", "sup", "code", "u", "span"])
        return f"<{tag}>{self.inline(depth + 1, most=2)}</{tag}>"

    def link(self, depth: int = 0) -> str:
        return f'<a href="https://example.test/{self.number}">{self.words(depth)} {self.formula()}</a>'

    def inline(self, depth: int = 0, most: int = 4) -> str:
        pieces = []
        for _ in range(self.dice.randint(1, most)):
            make = self.dice.choice(self.choices if depth < 3 else self.choices[:5])
            pieces += [make(depth), self.dice.choice([" ", " ", " ", "", "<br>" if depth < 2 else " "])]
        return "".join(pieces)

    def block(self, depth: int = 0) -> str:
        kinds = ["p", "p", "p", "list", "table", "quote", "pre", "display"]
        match self.dice.choice(kinds if depth < 2 else ["p"]):
            case "list":
                tag = self.dice.choice(["ul", "ol"])
                items = (
                    f"<li>{self.inline()}{self.block(depth + 1) if self.dice.random() < 0.3 else ''}</li>"
                    for _ in range(self.dice.randint(1, 4))
                )
                return f"<{tag}>{''.join(items)}</{tag}>"
            case "table":
                width = self.dice.randint(1, 4)
                head = "".join(f"<th>{self.inline(2)}</th>" for _ in range(width))
                rows = (
                    f"<tr>{''.join(f'<td>{self.inline(1)}</td>' for _ in range(width))}</tr>"
                    for _ in range(self.dice.randint(1, 4))
                )
                return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
            case "quote":
                return f"<blockquote>{self.block(depth + 1)}</blockquote>"
            case "pre":
                lines = [f"if f(x){chr(9)}&lt; 3:", f"{chr(9)}return a[f] # {self.words()}", "    \\frac --&gt; !="]
                return f"<pre><code>{chr(10).join(lines)}</code></pre>"
            case "display":
                return f"<p>\\[{escape(self.dice.choice(FORMULAS), quote=False)}\\]</p>"
        return f"<p>{self.sentence()}</p>"

    def sentence(self) -> str:
        return f"{self.words().capitalize()} {self.inline()} {self.words()}."

    def blocks(self) -> str:
        return f"<p>{self.sentence()}</p>" + "".join(self.block() for _ in range(self.dice.randint(0, 2)))

    def name(self) -> str:
        """Return what a term or a title is called: a number makes it one of its own."""
        others = (self.short, self.wide, self.symbol, self.picture, self.words)
        parts = [self.words(), str(self.number), self.dice.choice(others)()]
        self.dice.shuffle(parts)
        return " ".join(parts)

    def listed(self, tag: str, make: Callable[[], str], most: int) -> tuple[int, str]:
        count = self.dice.randint(1, most)
        return count, f"<{tag}>{''.join(f'<li>{make()}</li>' for _ in range(count))}</{tag}>"

    def asked(self) -> str:
        return f"{self.sentence()[:-1]}?<ul><li>{self.sentence()}</li></ul>"

    def related(self) -> str:
        return f"<strong>{self.inline(2)} {self.words()}</strong>: {self.sentence()}"

    def key_term(self, course: str) -> str:
        facts, listed = self.listed(
            "ol", lambda: self.sentence() + (self.block() if self.dice.random() < 0.2 else ""), 3
        )
        _, questions = self.listed("ul", self.asked, 2)
        _, related = self.listed("ul", self.related, 3)
        return self.page(
            f"<h1>{self.name()}</h1><p>from class:</p><p>{escape(course)}</p><h2>Definition</h2>{self.blocks()}"
            f"<h2>{facts} Must Know Facts For Your Next Test</h2>{listed}<h2>Review Questions</h2>{questions}"
            f"<h2>Related Terms</h2>{related}"
        )

    def guide(self, course: str) -> str:
        sections = "".join(
            f"<h3>{self.words()} {self.inline(2, 2)}</h3>{self.blocks()}" for _ in range(self.dice.randint(1, 3))
        )
        words = [f"<dt>{self.name()}</dt><dd>{self.sentence()}</dd>" for _ in range(self.dice.randint(1, 4))]
        unit = self.number % 7 + 1
        choices = "".join(f"<li>{letter}. {self.sentence()}</li>" for letter in "ABCD")
        return self.page(
            f"<p>{escape(course)} Unit {unit} Review</p><h1>{unit}.{self.number} {self.name()}</h1>"
            "<p>Written by the Own Words Team • Last updated September 2026</p>"
            f"<h3>Overview</h3><p>{self.sentence()}</p>{sections}"
            f"<h3>FAQs</h3><h4>{self.sentence()[:-1]}?</h4><p>{self.sentence()}</p>"
            f"<h3>Practice Questions</h3><p>1. {self.sentence()[:-1]}?</p><ul>{choices}</ul><p>Answer: B</p>"
            f"<h3>Key Terms to Review ({len(words)})</h3><dl>{''.join(words)}</dl>"
        )

    def page(self, body: str) -> str:
        return (
            f'<!doctype html><html lang="{self.language}"><meta charset="utf-8"><title>Page {self.number}</title><body>'
            f"<main>{body}</main><footer>© 2026 Own Words Guild. All rights reserved.</footer></body></html>\n"
        )
