"""The site shell of div pages: what stands round a guide and is no part of it."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass

from .model import Truth, escape, page_title, page_url, slug

__all__ = ["ICON", "Soup", "document", "shell"]

COURSES = (
    "AP Biology",
    "AP US History",
    "AP Calculus AB/BC",
    "Linear Algebra",
    "Intro to Psychology",
    "Music Theory",
    "World Literature",
    "Organic Chemistry",
)
FOOTER = (
    ("About us", "/about"),
    ("Careers", "/careers"),
    ("Blog", "/blog"),
    ("Privacy Policy", "/privacy"),
    ("Terms of Service", "/terms"),
    ("Contact Us", "/contact"),
    ("Cookie Settings", "#"),
)
ICON = '<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d="M4 6l4 4 4-4"></path></svg>'


@dataclass(frozen=True)
class Soup:
    """Makes elements with class names such as CSS-in-JS tools invent; one look per page."""

    rng: random.Random
    look: int

    def css(self) -> str:
        """Return a class attribute's value, never meaningful."""
        token = f"{self.rng.getrandbits(30):06x}"
        return (
            f"css-{token}",
            f"sc-{token} {token[:5]}",
            f"Box_{token[:5]}__x{token[-3:]} flex gap-2",
            f"chakra-stack css-{token}",
        )[self.look % 4]

    def tag(self, kind: str, *inner: str, extra: str = "") -> str:
        """Return an element `kind` around `inner`, with a class and `extra` attributes."""
        extra = f" {extra}" if extra else ""
        return f'<{kind} class="{self.css()}"{extra}>{"".join(inner)}</{kind}>'

    def div(self, *inner: str, extra: str = "") -> str:
        """Return a div around `inner`."""
        return self.tag("div", *inner, extra=extra)

    def span(self, *inner: str) -> str:
        """Return a span around `inner`."""
        return self.tag("span", *inner)

    def link(self, text: str, href: str) -> str:
        """Return a link whose text stands in a div or a span."""
        inner = self.div(text) if self.look % 2 else self.span(text)
        return self.tag("a", inner, extra=f'href="{href}"')

    def button(self, text: str, *, extra: str = "") -> str:
        """Return a button, a real one or a div with that role."""
        if self.look % 3 == 2:
            return self.div(text, extra=f'role="button" tabindex="0" {extra}'.strip())
        return self.tag("button", text, extra=f'type="button" {extra}'.strip())


def _header(soup: Soup) -> str:
    courses = [soup.link(f"{ICON}{escape(c)}", f"/{slug(c)}") for c in COURSES]
    menu = soup.div(soup.button("Subjects" + ICON, extra='aria-haspopup="true"'), *courses)
    account = soup.div(soup.link("Log in", "/login"), soup.button("Sign up"))
    logo = '<a href="/"><img src="/logo.svg" alt="Fiveable"></a>'
    search = '<input type="search" placeholder="Search study guides" aria-label="Search">'
    return soup.div(logo, menu, soup.button("Cram Mode"), soup.div(search), account)


def _sidebar(soup: Soup, truth: Truth) -> str:
    units = [soup.link(f"Unit {number}", f"/{slug(truth['course'])}/unit-{number}") for number in range(1, 7)]
    return soup.div(
        soup.link("All Key Terms", f"/key-terms/{slug(truth['course'])}"),
        *units,
    )


def _footer(soup: Soup, truth: Truth) -> str:
    links = soup.div(*(soup.link(text, href) for text, href in FOOTER))
    social = soup.div(
        *(
            f'<a href="https://example.org/{site}" aria-label="{site}">{ICON}</a>'
            for site in ("instagram", "tiktok", "youtube")
        )
    )
    notices = [soup.div(escape(notice)) for notice in truth["notices"]]
    return soup.div(links, social, *notices)


def shell(soup: Soup, truth: Truth, content: str, kind: str) -> str:
    """Return the body around `content`.

    `kind`: `bare` (notices alone), `app` (header, footer, cookie bar), `rich` (also sidebars,
    newsletter and pop-ups, the cookie bar first), `modal` (also a hidden login dialogue).
    """
    footer = _footer(soup, truth)
    if kind == "bare":
        notices = soup.div(*(soup.div(escape(notice)) for notice in truth["notices"]))
        return soup.div(soup.div(content), notices, extra='id="root"')
    cookie = soup.div(
        soup.div("We use cookies to improve your experience."),
        soup.button("Accept all"),
        soup.button("Reject all"),
        extra='role="dialog" aria-label="cookie consent"',
    )
    header = _header(soup)
    if kind == "app":
        return soup.div(header, soup.div(content), footer, extra='id="__next"') + cookie
    newsletter = soup.div(
        soup.div("Stay in the loop"),
        soup.div("Get study tips in your inbox"),
        '<input type="email" placeholder="Email address">',
        soup.button("Subscribe"),
    )
    upsell = soup.div(soup.div("Sign up for free"), soup.div("Get unlimited study guides"), soup.button("Sign up"))
    columns = soup.div(_sidebar(soup, truth), soup.div(content), soup.div(upsell))
    page = soup.div(header, columns, newsletter, footer, extra='id="root"')
    if kind == "modal":
        dialogue = soup.div(
            soup.div("Log in to Fiveable"), soup.button("Continue with Google"),
            soup.button("Close"), extra='role="dialog" aria-hidden="true" style="display: none"',
        )  # fmt: skip
        return page + dialogue + cookie
    return cookie + page


def document(truth: Truth, body: str, *, lang: str = "en") -> str:
    """Return the document around `body`: title, app data, styles, scripts, noscript."""
    data = {
        "props": {"pageProps": {"term": truth["term"], "definition": truth["definition"]}},
        "page": "/key-terms/[subject]/[term]",
    }
    schema = {"@context": "https://schema.org", "@type": "DefinedTerm", "name": truth["term"]}
    app = json.dumps(data).replace("<", "\\u003c")
    meaning = json.dumps(schema).replace("<", "\\u003c")
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charSet="utf-8"/>'
        f"<title>{escape(page_title(truth))}</title>"
        f'<meta property="og:url" content="{page_url(truth)}"/>'
        '<style data-emotion="css">.css-0{color:#111}.a>.b{margin:0}</style>'
        f'<script type="application/ld+json">{meaning}</script></head><body>'
        "<noscript>You need to enable JavaScript to run this app.</noscript>"
        f'{body}<script id="__NEXT_DATA__" type="application/json">{app}</script>'
        "<script>window.dataLayer=window.dataLayer||[];if(1<2){console.log('</p>')}</script>"
        "</body></html>"
    )
