"""The names that TeX has for signs, as data: what a command looks like, and which command makes a sign.

The names are those of KaTeX's and MathJax's documentation; where several make one sign, the usual one stands first.
"""

from collections.abc import Mapping
from typing import Final

__all__ = ["COMMAND_OF", "FUNCTIONS", "SIGN_OF"]

_LETTERS: Final = """
alpha=α beta=β gamma=γ delta=δ epsilon=ϵ varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι kappa=κ varkappa=ϰ
lambda=λ mu=μ nu=ν xi=ξ omicron=ο pi=π varpi=ϖ rho=ρ varrho=ϱ sigma=σ varsigma=ς tau=τ upsilon=υ phi=ϕ varphi=φ
chi=χ psi=ψ omega=ω digamma=ϝ Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Upsilon=Υ Phi=Φ Psi=Ψ Omega=Ω
ell=ℓ hbar=ℏ hslash=ℏ Re=ℜ Im=ℑ wp=℘ aleph=ℵ beth=ℶ gimel=ℷ daleth=ℸ eth=ð mho=℧ Finv=Ⅎ Game=⅁ imath=ı jmath=ȷ
"""
_OPERATORS: Final = """
cdot=⋅ times=× pm=± mp=∓ div=÷ ast=∗ star=⋆ circ=∘ bullet=∙ cap=∩ cup=∪ setminus=∖ land=∧ lor=∨ wedge=∧ vee=∨ neg=¬
lnot=¬ oplus=⊕ otimes=⊗ ominus=⊖ odot=⊙ oslash=⊘ uplus=⊎ sqcap=⊓ sqcup=⊔ bigcirc=◯ dagger=† ddagger=‡ wr=≀ amalg=⨿
unlhd=⊴ unrhd=⊵ lessdot=⋖ gtrdot=⋗ lhd=⊲ rhd=⊳ dotplus=∔ smallsetminus=∖ Cap=⋒ Cup=⋓ doublebarwedge=⩞ boxminus=⊟
boxplus=⊞ boxtimes=⊠ boxdot=⊡ divideontimes=⋇ ltimes=⋉ rtimes=⋊ leftthreetimes=⋋ rightthreetimes=⋌ curlywedge=⋏
curlyvee=⋎ circleddash=⊝ circledast=⊛ circledcirc=⊚ centerdot=⋅ intercal=⊺ doublecap=⋒ doublecup=⋓ barwedge=⊼
veebar=⊻ diamond=⋄ triangleleft=◃ triangleright=▹ bigtriangleup=△ bigtriangledown=▽ And=& cdotp=⋅ ldotp=.
"""
_LARGE: Final = """
sum=∑ prod=∏ coprod=∐ int=∫ iint=∬ iiint=∭ oint=∮ oiint=∯ oiiint=∰ intop=∫ smallint=∫ bigcap=⋂ bigcup=⋃ bigvee=⋁
bigwedge=⋀ bigoplus=⨁ bigotimes=⨂ bigodot=⨀ biguplus=⨄ bigsqcup=⨆
"""
_RELATIONS: Final = """
le=≤ ge=≥ ne=≠ leq=≤ geq=≥ neq=≠ lt=< gt=> in=∈ notin=∉ ni=∋ owns=∋ notni=∌ approx=≈ equiv=≡ sim=∼ simeq=≃ cong=≅
propto=∝ ll=≪ gg=≫ subset=⊂ supset=⊃ subseteq=⊆ supseteq=⊇ nsubseteq=⊈ nsupseteq=⊉ perp=⊥ mid=∣ parallel=∥ models=⊨
therefore=∴ because=∵ prec=≺ succ=≻ preceq=⪯ succeq=⪰ asymp=≍ bowtie=⋈ Join=⋈ smile=⌣ frown=⌢ sqsubset=⊏ sqsupset=⊐
sqsubseteq=⊑ sqsupseteq=⊒ doteq=≐ vdash=⊢ dashv=⊣ vDash=⊨ Vdash=⊩ Vvdash=⊪ nless=≮ ngtr=≯ nleq=≰ ngeq=≱ lneq=⪇
gneq=⪈ lneqq=≨ gneqq=≩ lnsim=⋦ gnsim=⋧ lnapprox=⪉ gnapprox=⪊ nprec=⊀ nsucc=⊁ npreceq=⋠ nsucceq=⋡ precnsim=⋨
succnsim=⋩ precnapprox=⪹ succnapprox=⪺ precneqq=⪵ succneqq=⪶ nsim=≁ ncong=≆ nmid=∤ nparallel=∦ nvdash=⊬ nvDash=⊭
nVdash=⊮ nVDash=⊯ ntriangleleft=⋪ ntriangleright=⋫ ntrianglelefteq=⋬ ntrianglerighteq=⋭ subsetneq=⊊ supsetneq=⊋
subsetneqq=⫋ supsetneqq=⫌ subseteqq=⫅ supseteqq=⫆ Subset=⋐ Supset=⋑ vartriangle=△ vartriangleleft=⊲
vartriangleright=⊳ trianglelefteq=⊴ trianglerighteq=⊵ leqq=≦ geqq=≧ leqslant=⩽ geqslant=⩾ eqslantless=⪕
eqslantgtr=⪖ lesssim=≲ gtrsim=≳ lessapprox=⪅ gtrapprox=⪆ approxeq=≊ lll=⋘ ggg=⋙ llless=⋘ gggtr=⋙ lessgtr=≶
gtrless=≷ lesseqgtr=⋚ gtreqless=⋛ lesseqqgtr=⪋ gtreqqless=⪌ doteqdot=≑ Doteq=≑ risingdotseq=≓ fallingdotseq=≒
backsim=∽ backsimeq=⋍ eqsim=≂ preccurlyeq=≼ succcurlyeq=≽ curlyeqprec=⋞ curlyeqsucc=⋟ precsim=≾ succsim=≿
precapprox=⪷ succapprox=⪸ smallsmile=⌣ smallfrown=⌢ bumpeq=≏ Bumpeq=≎ eqcirc=≖ circeq=≗ triangleq=≜ thicksim=∼
thickapprox=≈ shortmid=∣ shortparallel=∥ between=≬ pitchfork=⋔ varpropto=∝ backepsilon=∍ multimap=⊸ origof=⊶
imageof=⊷ coloneqq=≔ eqqcolon=≕ colon=:
"""
_ARROWS: Final = """
to=→ rightarrow=→ gets=← leftarrow=← leftrightarrow=↔ Rightarrow=⇒ Leftarrow=⇐ Leftrightarrow=⇔ longrightarrow=⟶
longleftarrow=⟵ longleftrightarrow=⟷ Longrightarrow=⟹ Longleftarrow=⟸ Longleftrightarrow=⟺ implies=⟹ impliedby=⟸
iff=⟺ mapsto=↦ longmapsto=⟼ mapsfrom=↤ uparrow=↑ downarrow=↓ updownarrow=↕ Uparrow=⇑ Downarrow=⇓ Updownarrow=⇕
nearrow=↗ searrow=↘ swarrow=↙ nwarrow=↖ hookleftarrow=↩ hookrightarrow=↪ leftharpoonup=↼ leftharpoondown=↽
rightharpoonup=⇀ rightharpoondown=⇁ rightleftharpoons=⇌ leftrightharpoons=⇋ nleftarrow=↚ nrightarrow=↛
nLeftarrow=⇍ nRightarrow=⇏ nleftrightarrow=↮ nLeftrightarrow=⇎ dashrightarrow=⇢ dashleftarrow=⇠ leftleftarrows=⇇
rightrightarrows=⇉ leftrightarrows=⇆ rightleftarrows=⇄ upuparrows=⇈ downdownarrows=⇊ Lleftarrow=⇚ Rrightarrow=⇛
twoheadleftarrow=↞ twoheadrightarrow=↠ leftarrowtail=↢ rightarrowtail=↣ looparrowleft=↫ looparrowright=↬
curvearrowleft=↶ curvearrowright=↷ circlearrowleft=↺ circlearrowright=↻ Lsh=↰ Rsh=↱ upharpoonleft=↿
upharpoonright=↾ downharpoonleft=⇃ downharpoonright=⇂ restriction=↾ rightsquigarrow=⇝ leadsto=⇝
leftrightsquigarrow=↭
"""
_DELIMITERS: Final = """
langle=⟨ rangle=⟩ lfloor=⌊ rfloor=⌋ lceil=⌈ rceil=⌉ vert=∣ Vert=∥ lvert=∣ rvert=∣ lVert=∥ rVert=∥ lbrace={ rbrace=}
lbrack=[ rbrack=] lparen=( rparen=) lgroup=⟮ rgroup=⟯ lmoustache=⎰ rmoustache=⎱ llbracket=⟦ rrbracket=⟧ backslash=\\
"""
_OTHERS: Final = """
infty=∞ forall=∀ exists=∃ nexists=∄ emptyset=∅ varnothing=∅ partial=∂ nabla=∇ angle=∠ measuredangle=∡
sphericalangle=∢ prime=′ backprime=‵ ldots=… dots=… dotsc=… dotso=… mathellipsis=… cdots=⋯ dotsb=⋯ dotsm=⋯ dotsi=⋯
vdots=⋮ ddots=⋱ top=⊤ bot=⊥ surd=√ degree=° textdegree=° flat=♭ natural=♮ sharp=♯ clubsuit=♣ diamondsuit=♢
heartsuit=♡ spadesuit=♠ S=§ P=¶ dag=† ddag=‡ triangle=△ triangledown=▽ square=□ Box=□ lozenge=◊ Diamond=◊
blacktriangle=▲ blacktriangledown=▼ blacktriangleleft=◀ blacktriangleright=▶ blacksquare=■ blacklozenge=⧫ bigstar=★
circledS=Ⓢ circledR=® complement=∁ diagup=╱ diagdown=╲ checkmark=✓ maltese=✠ yen=¥ pounds=£ mathsterling=£ euro=€
"""

SIGN_OF: Final[Mapping[str, str]] = {
    name: sign
    for table in (_LETTERS, _OPERATORS, _LARGE, _RELATIONS, _ARROWS, _DELIMITERS, _OTHERS)
    for name, _, sign in (entry.partition("=") for entry in table.split())
}

# Later entries win in a dict, and the usual name stands first: hence reversed. ASCII needs no command.
COMMAND_OF: Final[Mapping[str, str]] = {
    **{sign: f"\\{name}" for name, sign in reversed(list(SIGN_OF.items())) if not sign.isascii()},
    "∣": "\\mid", "∥": "\\parallel", "‖": "\\|", "·": "\\cdot", "•": "\\bullet", "−": "-", "‐": "-", "∗": "*",
    "∶": ":", "⁄": "/", "∕": "/", "µ": "\\mu", "∆": "\\Delta", "\N{OHM SIGN}": "\\Omega", "𝚤": "\\imath",
    "𝚥": "\\jmath", "〈": "\\langle", "〉": "\\rangle", "\u2329": "\\langle", "\u232a": "\\rangle",
}  # fmt: skip

FUNCTIONS: Final = frozenset(
    [
        *("arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp", "gcd"),
        *("hom", "inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "Pr", "sec", "sin", "sinh"),
        *("sup", "tan", "tanh"),
    ]
)
