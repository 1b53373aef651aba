"""Pages saved as MHTML: by Chrome, Internet Explorer, Firefox add-ons and mail programs."""

from __future__ import annotations

import base64
import email.header
import quopri
from collections.abc import Callable
from dataclasses import dataclass

from . import render_divsoup
from .model import Truth, page_title, page_url
from .render_baseline import form_a, form_c

__all__ = ["GENERATION", "VARIANTS", "expected", "name", "render"]

GENERATION = "mhtml"
VARIANTS = 12
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
STYLE = b'@charset "utf-8";\r\nbody { color: rgb(17, 17, 17); }\r\n.t::before { content: "= "; }\r\n'


@dataclass(frozen=True)
class Save:
    """How one program saves: form, charset and whether it is declared, encoding, line ends…"""

    form: str
    charset: str
    transfer: str
    declared: str = "meta"  # meta, header, both, none
    eol: bytes = b"\r\n"
    by: str = "blink"  # blink, ie, firefox, mail
    order: str = "first"  # first, last, framed (an iframe's page beside it)
    bom: bool = False


SAVES = (
    Save("a", "utf-8", "quoted-printable"),
    Save("c", "utf-8", "quoted-printable", order="framed"),
    Save("divsoup", "utf-8", "quoted-printable", declared="both"),
    Save("a", "utf-8", "base64", declared="header", by="firefox"),
    Save("c", "windows-1252", "quoted-printable", declared="header", by="ie"),
    Save("a", "windows-1252", "8bit", declared="both", by="ie"),
    Save("c", "utf-16", "base64", declared="header", by="ie", bom=True),
    Save("divsoup", "utf-8", "8bit", declared="header", eol=b"\n", by="mail", order="last"),
    Save("a", "utf-8", "quoted-printable", declared="none", eol=b"\n", order="framed"),
    Save("a", "utf-16-le", "quoted-printable", declared="both", by="ie", bom=True),
    Save("divsoup", "windows-1252", "base64", declared="meta", by="mail", order="last"),
    Save("c", "utf-8", "binary", declared="header", by="firefox", bom=True),
)


def render(truth: Truth, *, variant: int) -> bytes:
    """Return `SAVES[variant % 12]`: a form in a charset and transfer encoding, with other parts.

    Variants 1, 8: a frame with its own page follows; 7, 10: the root part comes last (`start`);
    8: nothing declares the charset; 4, 5, 10: what cp1252 lacks is a numeric reference.
    """
    save = SAVES[variant % len(SAVES)]
    forms: dict[str, Callable[[], str]] = {
        "a": lambda: form_a(truth, variant // 3 % 3),
        "c": lambda: form_c(truth, variant // 3 % 3),
        "divsoup": lambda: render_divsoup.render(truth, variant=variant).decode(),
    }
    page = forms[save.form]().replace("\n", "\r\n")
    page = page.replace('<meta charset="utf-8">', "").replace('<meta charSet="utf-8"/>', "")
    if save.declared in ("meta", "both"):
        meta = f'<meta http-equiv="Content-Type" content="text/html; charset={save.charset}">'
        page = page.replace("<head>", f"<head>{meta}", 1)
    codec = "utf-16-le" if save.charset == "utf-16" else save.charset
    body = page.encode(codec, errors="xmlcharrefreplace")
    if save.bom:
        body = "\ufeff".encode(codec) + body
    return _envelope(truth, body, save)


def expected(truth: Truth, *, variant: int) -> Truth:
    """Return `truth`: nothing is lost."""
    del variant
    return truth


def name(variant: int) -> str:
    """Return the file name."""
    return f"mhtml-{variant}.{('mhtml', 'mht')[variant % 2]}"


def _transfer(body: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        return base64.encodebytes(body).replace(b"\n", b"\r\n")
    if encoding == "quoted-printable":
        if b"\0" in body:  # UTF-16: no line ends of its own, all is soft-wrapped
            return b"=\r\n".join(_quoted(body[at : at + 24]) for at in range(0, len(body), 24))
        coded = quopri.encodestring(body.replace(b"\r\n", b"\n"))
        return coded.replace(b"\n", b"\r\n")
    return body


def _quoted(data: bytes) -> bytes:
    return b"".join(b"%c" % byte if 32 < byte < 127 and byte != 61 else b"=%02X" % byte for byte in data)


def _part(kind: str, location: str, body: bytes, encoding: str, extra: str = "") -> bytes:
    head = (
        f"Content-Type: {kind}\r\n{extra}Content-Transfer-Encoding: {encoding}\r\nContent-Location: {location}\r\n\r\n"
    )
    return head.encode() + _transfer(body, encoding)


def _envelope(truth: Truth, body: bytes, save: Save) -> bytes:
    url = page_url(truth)
    kind = "text/html"
    if save.declared in ("header", "both"):
        kind += {"ie": '; charset="{}"', "blink": "; charset={}"}.get(save.by, ";\r\n\tcharset={}").format(save.charset)
    root_id = "frame-4A1F@mhtml.blink"
    extra = f"Content-ID: <{root_id}>\r\n"
    root = _part(kind, url, body, save.transfer, extra)
    css = _part("text/css", "cid:css-0@mhtml.blink", STYLE, "quoted-printable")
    image = _part("image/png", "https://library.fiveable.me/logo.png", PIXEL, "base64")
    parts = [root, css, image] if save.order != "last" else [css, image, root]
    if save.order == "framed":
        frame = b"<html><head><title>Widget</title></head><body><p>Advertisement</p></body></html>"
        cid = "Content-ID: <frame-9C@mhtml.blink>\r\n"
        parts.append(_part("text/html", "https://ads.example.org/f", frame, "quoted-printable", cid))
    mark = "----MultipartBoundary--wEVdCJ3gYoCvkEDRo4jKsjR9cKlZdzSWbKIUqJxm5w----"
    subject = email.header.Header(page_title(truth), "utf-8").encode(linesep="\r\n")
    start = f'\tstart="<{root_id}>";\r\n' if save.order == "last" else ""
    heads = {
        "blink": f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\n",
        "ie": "From: <Saved by Windows Internet Explorer 8>\r\n",
        "firefox": "From: <Saved by UnMHT>\r\n",
        "mail": "X-MimeOLE: Produced By Some Mailer V6.00\r\n",
    }
    top = (
        f"{heads[save.by]}Subject: {subject}\r\nDate: Tue, 3 Sep 2024 10:00:00 -0000\r\n"
        f'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n{start}'
        f'\tboundary="{mark}"\r\n\r\n'
    ).encode()
    if save.by in ("ie", "mail"):
        top += b"This is a multi-part message in MIME format.\r\n"
    inner = b"".join(b"\r\n--" + mark.encode() + b"\r\n" + part for part in parts)
    whole = top + inner + b"\r\n--" + mark.encode() + b"--\r\n"
    return whole if save.eol == b"\r\n" or save.transfer == "binary" else whole.replace(b"\r\n", b"\n")
