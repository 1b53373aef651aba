"""SVG pictures: what draws stays, what runs, fetches or leads out is gone before anything is made of the bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.blocks.svg import clean_svg

ROOT = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
OUT = "http://elsewhere.example/x"
PIXEL = "data:image/png;base64,iVBORw0KGgo="


def clean(inner: str, root: str = ROOT) -> str:
    found = clean_svg(root.format(inner).encode())
    assert found is not None
    start, end = found.index(b">") + 1, found.rindex(b"<") if b"</svg>" in found else len(found)
    return found[start:end].decode()


@pytest.mark.parametrize(
    "harmful",
    [
        "<script>alert(1)</script>",
        f'<script href="{OUT}"/>',
        '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>',
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>text</p></foreignObject>",
        "<handler type='application/ecmascript'>alert(1)</handler>",
        f"<style>@import url({OUT});</style><style>@font-face {{ src: url({OUT}) }}</style>",
        '<set attributeName="href" to="javascript:alert(1)"/>',
        '<animate attributeName="xlink:href" values="javascript:alert(1)"/>',
        '<animate attributeName="style" to="fill:red"/>',
        f"<?xml-stylesheet href='{OUT}'?>",
        "<!-- nothing that draws -->",
        f'<listener xmlns="http://www.w3.org/2001/xml-events" handler="{OUT}"/>',
    ],
)
def test_what_draws_nothing_is_gone_and_what_stands_around_it_stays(harmful: str) -> None:
    kept = clean(f'<g>{harmful}<circle r="5"/></g>')
    assert kept.replace("<style></style>", "").replace("<style/>", "") == '<g><circle r="5"/></g>'


@pytest.mark.parametrize(
    ("element", "attribute"),
    [
        ("rect", "onclick='alert(1)'"),
        ("rect", "onload='alert(1)'"),
        ("a", "href='javascript:alert(1)'"),
        ("a", f"xlink:href='{OUT}'"),
        ("a", "href='#inside'"),
        ("image", f"href='{OUT}.png'"),
        ("image", "xlink:href='picture.png'"),
        ("image", "href='data:image/svg+xml;base64,PHN2Zy8+'"),
        ("image", "href='data:text/html,%3Cscript%3E'"),
        ("use", f"href='{OUT}#part'"),
        ("use", "href='data:image/svg+xml,x#part'"),
        ("feImage", f"href='{OUT}'"),
        ("linearGradient", f"xlink:href='{OUT}#g'"),
        ("rect", f"fill='url({OUT}#g)'"),
        ("rect", f'filter="url(&quot;{OUT}#g&quot;)"'),
        ("rect", f"fill='u\\72l({OUT})'"),
        ("rect", f"fill='image-set(&quot;{OUT}&quot; 1x)'"),
        ("animate", f"to='url({OUT})'"),
        ("rect", f"style='fill: url({OUT})'"),
        ("rect", f"style='background: src(&quot;{OUT}&quot;)'"),
        ("rect", f"style='behavior: url({OUT}); -moz-binding: url(#x)'"),
        ("g", "xml:base='http://elsewhere.example/'"),
        ("g", "xmlns:x='http://elsewhere.example/' x:label='x'"),
        ("g", "nonce='x'"),
    ],
)
def test_an_attribute_that_runs_or_leads_out_is_gone(element: str, attribute: str) -> None:
    assert clean(f'<{element} {attribute} id="x"/>') == f'<{element} id="x"/>'


@pytest.mark.parametrize(
    "kept",
    [
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#f00"/></linearGradient></defs>',
        '<rect width="5" height="5" fill="url(#g)" transform="rotate(45) translate(1,2)" opacity=".5"/>',
        '<use xlink:href="#part"/><use href="#part"/>',
        f'<image href="{PIXEL}" width="5"/>',
        '<text x="1" xml:space="preserve" font-family="serif">a <tspan dy="2">b</tspan> c &amp; d</text>',
        '<g clip-path="url(#c)" style="fill:rgb(1,2,3); stroke:url(#g); --own:var(--other)"><path d="M0 0L1 1"/></g>',
        "<title>a cell</title><desc>its parts (all of them)</desc>",
        '<g role="img" aria-label="f(x) and url(y)" class="a b" lang="de"/>',
        '<animate attributeName="r" from="1" to="5" dur="1s" repeatCount="indefinite"/>',
        '<filter id="f"><feGaussianBlur in="SourceGraphic" stdDeviation="2"/></filter>',
        "<style>.a &gt; .b { fill:url(#g) }\n@media print { .a { fill:#000 } }</style>",
        '\n  <g>\n    <circle r="1"/>\n  </g>\n',
    ],
)
def test_what_draws_stays_as_it_is_written(kept: str) -> None:
    assert clean(kept) == kept


def test_the_document_around_it_is_ours() -> None:
    source = (
        '<?xml version="1.0" encoding="iso-8859-1"?><?xml-stylesheet href="x.css"?>'
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" '
        '[<!ENTITY ns "http://www.w3.org/2000/svg"><!ENTITY secret SYSTEM "file:///etc/passwd"><!ENTITY a "aaaa">]>'
        '<svg xmlns="&ns;" viewBox="0 0 1 1"><text>caf\xe9 &secret;&a;.</text></svg>'
    )
    assert clean_svg(source.encode("latin-1")) == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><text>café .</text></svg>'.encode()
    )


def test_a_drawing_copied_out_of_a_page_has_its_namespace_again() -> None:
    assert clean_svg(b"<svg><path d='M0'/></svg>") == b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0"/></svg>'


@pytest.mark.parametrize(
    "data",
    [
        b"<svg onload=alert(1)>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><g></svg>',
        b'<html xmlns="http://www.w3.org/1999/xhtml"><svg xmlns="http://www.w3.org/2000/svg"/></html>',
        b'<svg xmlns="http://elsewhere.example/"/>',
        b"",
        b"<svg>&undeclared;</svg>",
        ROOT.format("<g>" * 5000 + "</g>" * 5000).encode(),
        b'<?xml version="1.0" encoding="no-such"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
)
def test_what_no_browser_draws_is_no_picture(data: bytes) -> None:
    assert clean_svg(data) is None


def doubling(reference: str) -> str:
    groups = [f'<g id="g{number}">{reference.format(number - 1) * 10}</g>' for number in range(1, 30)]
    return ROOT.format('<g id="g0"><path d="M0 0"/></g>' + "".join(groups))


@pytest.mark.parametrize(
    "source",
    [
        doubling('<use href="#g{}"/>'),
        doubling('<use xlink:href="#g{}"/>'),
        doubling('<rect mask="url(#g{})"/>'),
        doubling("<rect style=\"clip-path: url('#g{}')\"/>"),
        ROOT.format('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
        ROOT.format('<g id="a"><g id="b"/><use href="#a"/></g>'),
        ROOT.format('<use href="#c"/><g id="b"><g id="c"><use href="#b"/></g></g>'),
        '<!DOCTYPE svg [<!ENTITY a "'
        + "a" * 1000
        + '">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9))
        + ']><svg xmlns="http://www.w3.org/2000/svg" class="&a8;"/>',
    ],
)
def test_a_few_lines_that_would_draw_without_end_are_no_picture(source: str) -> None:
    assert clean_svg(source.encode()) is None


def test_many_uses_of_one_sign_are_a_picture() -> None:
    source = ROOT.format('<path id="m" d="M0"/>' + '<use href="#m"/>' * 5000)
    assert clean_svg(source.encode())


TREES = st.recursive(
    st.sampled_from(
        ["<path d='M0'/>", "<script>1</script>", "text", "<use href='#a'/>", "<b:c xmlns:b='urn:b'>y</b:c>"]
    ),
    lambda inner: st.lists(inner, max_size=4).map(
        lambda parts: f"<g onclick='x' id='a' fill='red'>{''.join(parts)}</g>"
    ),
)


@given(TREES)
def test_what_is_clean_stays_as_it_is(inner: str) -> None:
    once = clean_svg(ROOT.format(inner).encode())
    if once is not None:
        assert clean_svg(once) == once
        assert not [one for one in etree.fromstring(once).iter() if "script" in one.tag or "onclick" in one.attrib]
