r"""Quantities in TeX as the package siunitx writes them, which typesetters of the web do not know, in plain TeX.

`\qty{3e8}{\metre\per\second}` is `3\times 10^{8}\,\mathrm{m}\,\mathrm{s}^{-1}`; `\SI`, `\si`, `\unit` and `\num`
likewise (siunitx manual, sections "Numbers" and "Units").
"""

import re
from typing import Final

__all__ = ["plain_units"]

_GROUP: Final = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
_OPTIONS: Final = r"(?:\s*+\[[^\[\]]*\])?\s*+"
_QUANTITY: Final = re.compile(rf"\\(?:SI|qty){_OPTIONS}{_GROUP}{_OPTIONS}{_GROUP}")
_UNIT: Final = re.compile(rf"\\(?:si|unit){_OPTIONS}{_GROUP}")
_NUMBER: Final = re.compile(rf"\\(?:num){_OPTIONS}{_GROUP}")
_PARTS: Final = re.compile(r"^([+-]?[\d., ]*\d)?(?:\s*[eEdD]([+-]?\d+))?$")
_PIECE: Final = re.compile(r"\\([A-Za-z]+)|\^\{?([+-]?\d+)\}?|([A-Za-zΩµμ°%]+)|(/)|\.|~|\s|(.)")
_PREFIX_LIST: Final = """
    quecto=q ronto=r yocto=y zepto=z atto=a femto=f pico=p nano=n micro=µ milli=m centi=c deci=d deca=da deka=da
    hecto=h kilo=k mega=M giga=G tera=T peta=P exa=E zetta=Z yotta=Y ronna=R quetta=Q kibi=Ki mebi=Mi gibi=Gi
    tebi=Ti
"""
_UNIT_LIST: Final = """
    ampere=A candela=cd kelvin=K kilogram=kg gram=g metre=m meter=m mole=mol second=s becquerel=Bq coulomb=C
    farad=F gray=Gy henry=H hertz=Hz joule=J katal=kat lumen=lm lux=lx newton=N ohm=Ω pascal=Pa radian=rad
    siemens=S sievert=Sv steradian=sr tesla=T volt=V watt=W weber=Wb day=d hour=h minute=min hectare=ha litre=L
    liter=L tonne=t astronomicalunit=au bel=B decibel=dB dalton=Da electronvolt=eV neper=Np arcminute=′
    arcsecond=″ degree=° degreeCelsius=°C celsius=°C percent=% bit=bit byte=B angstrom=Å bar=bar atm=atm kg=kg
    mg=mg km=km cm=cm mm=mm ms=ms kHz=kHz MHz=MHz kJ=kJ kW=kW nm=nm mol=mol eV=eV Pa=Pa kPa=kPa
"""
_PREFIXES: Final = dict(pair.split("=") for pair in _PREFIX_LIST.split())
_UNITS: Final = dict(pair.split("=") for pair in _UNIT_LIST.split())
_POWERS: Final = {"squared": 2, "cubed": 3}
_POWERS_BEFORE: Final = {"square": 2, "cubic": 3}


def plain_units(tex: str) -> str:
    """Return TeX with every quantity, unit and number of siunitx written out; all else as it is."""
    if "{" not in tex:
        return tex
    tex = _QUANTITY.sub(lambda match: _with_unit(_number(match[1]), _unit(match[2])), tex)
    tex = _UNIT.sub(lambda match: _unit(match[1]), tex)
    return _NUMBER.sub(lambda match: _number(match[1]), tex)


def _with_unit(number: str, unit: str) -> str:
    joint = "" if unit in (r"\mathrm{°}", r"\mathrm{′}", r"\mathrm{″}") else r"\,"
    return f"{number}{joint}{unit}" if number and unit else number + unit


def _number(text: str) -> str:
    r"""Return "3e8" as `3\times 10^{8}`; what is no plain number as it stands."""
    match = _PARTS.match(text.strip())
    if match is None:
        return text.strip().replace("+-", r"\pm ")
    digits = (match[1] or "").replace(" ", "")
    if match[2] is None:
        return digits
    power = f"10^{{{int(match[2])}}}"
    return rf"{digits}\times {power}" if digits else power


def _unit(text: str) -> str:
    r"""Return a unit, of macros (`\metre\per\second`) or of letters (`m/s`), with its powers as exponents."""
    out: list[tuple[str, int]] = []
    prefix, power, sign, rest = "", 1, 1, False
    for match in _PIECE.finditer(text):
        name, exponent, letters, slash, other = match.groups()
        if name == "per":
            sign = -1
        elif slash:
            sign, rest = -1, True
        elif name in _PREFIXES:
            prefix += _PREFIXES[name]
        elif name in _POWERS_BEFORE:
            power = _POWERS_BEFORE[name]
        elif (name in _POWERS or exponent) and out:
            unit, raised = out[-1]
            out[-1] = unit, raised * (_POWERS[name] if name else int(exponent))
        elif name or letters:
            said = _UNITS.get(name, name) if name else letters
            out.append((prefix + said, sign * power))
            prefix, power = "", 1
            sign = -1 if rest else 1
        elif other and other not in "{}":
            return rf"\mathrm{{{text}}}" if "\\" not in text else re.sub(r"[\\{}]", "", text)
    return r"\,".join(
        rf"\mathrm{{{_escaped(unit)}}}" + (f"^{{{raised}}}" if raised != 1 else "") for unit, raised in out
    )


def _escaped(unit: str) -> str:
    return unit.replace("%", r"\%")
