"""Whether two words are forms of one word: plural, past, -ing, and what is made from it by a prefix or suffix."""

import re
from functools import lru_cache
from typing import Final

from snowballstemmer.english_stemmer import EnglishStemmer  # not by its name: that may give another implementation

__all__ = ["irregular_forms", "same_word", "spelled", "stem"]

# Forms that no ending tells: plurals, strong verbs, and nouns that are made by a change of the stem. First the word.
_IRREGULAR_LIST: Final = """
    child children, person people, man men, woman women, foot feet, tooth teeth, goose geese, mouse mice, louse
    lice, ox oxen, die dice death dead, index indices, vertex vertices, matrix matrices, genus genera, corpus
    corpora, schema schemata, stigma stigmata, datum data, arise arose arisen, bear bore born borne birth, begin
    began begun, bind bound, bite bit bitten, bleed bled blood, blow blew blown, break broke broken, breed bred,
    bring brought, build built, burn burnt, buy bought, catch caught, choose chose chosen choice, deal dealt, draw
    drew drawn, drink drank drunk, drive drove driven, eat ate eaten, fall fell fallen, feed fed food, fight
    fought, find found, fly flew flown flight, forget forgot forgotten, freeze froze frozen, give gave given gift,
    grow grew grown growth, hear heard, hide hid hidden, hold held, know knew known knowledge, lead led, leave
    left, lend lent loan, lose lost loss, meet met, pay paid, prove proven proof, ride rode ridden, ring rang
    rung, rise rose risen, run ran, seek sought, sell sold sale, send sent, shake shook shaken, shrink shrank
    shrunk, sing sang sung song, sink sank sunk, speak spoke spoken speech, spend spent, spin spun, split, stand
    stood, steal stole stolen, stick stuck, strike struck stricken, swear swore sworn, swim swam swum, swell
    swollen, take took taken, teach taught, tear tore torn, think thought, throw threw thrown, wear wore worn,
    weave wove woven, weigh weight, win won, write wrote written, believe belief, grieve grief, live life, relieve
    relief, advise advice, deep depth, wide width, long length, strong strength, high height, hot heat, broad
    breadth, true truth, destroy destruction, virus viral, kidney renal
"""
_IRREGULAR: Final = {
    form: base for base, *forms in (group.split() for group in _IRREGULAR_LIST.split(",")) for form in forms
}
# Words that everybody uses, and that only look as if they were made from a shorter one: "portion" is not of "port".
# Only their own forms are covered.
_WHOLE_LIST: Final = """
    actual allowance army article ballot barely basis better bondage border briefly business butter cancel capital
    captain carrier carry cast caste center century certain chapter character choir city classic coaster colonel
    colonial colony common commune communication community company complex complexion condition
    consider content corner corporal cost country county courtesy cover custom customer daily danger daughter
    deliver department desert devote different difficult dinner discover disease distance doctor earn earth
    easter effective either emotion entire establish event every fact faction factor factory family farther
    father fever field final finger firmly floor flower force foreign former forth fortune forward function
    functionary further gender gene general generally generation generic generous genius gentle handle happen
    hardly hardy hearing heaven holly honor hospital human humid hundred imagine import importance important
    impress infant instance instant integer integrity interest iron issue item joint journey jury kingdom
    laboratory lady language later latter laundry leather lesson letter liberty likely limit linen listen liver
    living lotion lower lung lunge machine major manage mankind manner mansion many market massive master
    material maternal matter mayor meaning measure medium member memory mental merely method middle million
    minister minor minority minute mission model modern moment momentum money monitor month moral morale mortal
    mortgage mostly mother motion motive murder nation native natural nature nearly never normal nothing notice
    notion number nursery object objection objective observe offer office often only opera order ordinary organ
    organism organization other ounce outer over owner oyster paper paragraph parent particular partly party
    passage passenger passion passive past pastel pastor pastry patent pattern penny pension people period
    person pillow pioneer planet plantation plaster pleasant pocket poetry poison policy portion position
    positive poster posture potion power practice prayer present press pressure pretty price primary primer
    priming prince principal principle priority prison private prize probably process profit proper property
    prosper prove purpose quantity quarter question quotation quote rally ranger rather ratio ration rational
    reader ready reality really reason receipt recent record regard regular relation relative remember
    report require rest restaurant result reunion river rocket royal rubber ruler salary salmon sample savage
    scarcely scatter season second secret section sensation sensible series serious service session setting
    several shelter shoulder silver simple simply sister slavic sober social solar soldier solemn son special
    spirit stable stage staple starve state station statistic statue status stocking storm story strange
    stranger string stringent student subject suffer suggest summer supper surface surgery system table tablet
    tackle target tariff temper temple tender terrible territory terror therefore thing thorough thunder
    timber together tower tradition traffic trait traitor transport treatment treaty trouble uniform union unit
    united unity universe university until upper upset usual utter valley value vehicle verse version very
    vessel victory village virtual virtue visit wager wander warrant water weather welcome whether whisper
    window winter wonder yellow
"""
_WHOLE: Final = frozenset(_WHOLE_LIST.split())
# Ending of a form, endings of the words that it may be a form of: plurals that Snowball does not know, and what must
# be gone before a derivation shows.
_INFLECTIONS: Final = (
    ("s", ("",)), ("es", ("", "is")), ("ies", ("y",)), ("ves", ("f", "fe")), ("ed", ("", "e")), ("ing", ("", "e")),
    ("ses", ("sis", "s")), ("ices", ("ex", "ix")), ("eaux", ("eau",)), ("i", ("us",)), ("a", ("um", "on")),
)  # fmt: skip
# What a derived word adds: "inflationary" gives "inflation" away as surely as "inflations" does. Snowball takes off one
# such ending; these are for what it leaves alone ("-ist", "-er"), for stems that change ("absorb", "absorption"), and
# for the first of two.
_DERIVATION_LIST: Final = """
    tic=-/cy/se/sy/sis/t/ts tical=sis/cy/t eutic=y istic=-/y ectic=exy ic=y/e/a/ics/in/o/edy
    ical=-/y/ics yze=ysis yse=ysis yst=ysis stic=sis
    cy=t/te/tic iac=ia ician=ic/ics/y ian=-/e/y/ia elian=le istry=- ion=e sion=de/t/d ission=it ession=ede/eed
    ption=be/me
    eption=eive umption=ume emption=eem lution=lve uction=uce/uct ention=ain/ene anation=ain amation=aim
    unciation=ounce ication=y/e ation=e/-/y ition=e/ish ate=-/e/us/le ization=- isation=- ize=-/y/e ise=-/y
    ist=-/y ism=-/e/y atize=a atic=a/- atous=a oral=ur/us eral=us ine=-/e al=-/e/us/a ual=ion inal=en ial=y/-/is ally=-
    ular=le/ule/-/ula ear=eus/e ous=e/-/us ious=ion/y um=- ia=- our=or en=-/e ency=ent ancy=ant ence=-/ent
    ance=-/ant/e ant=e ent=-/e/ence able=e ably=- ible=-/e/ion ery=e/- ary=-/e age=- atory=ation/ate/e ory=ion/-
    ity=e/- tive=t/te/tion sive=se/sion/d/de or=e/ion er=e ly=-/e y=e ment=- less=- like=- ward=- ship=- hood=-
    wise=- ness=- dom=- ful=- fy=-/e ify=-/e/y
"""  # ending = what stands in its place, "-" for nothing
_DERIVATIONS: Final = tuple(
    (ending, tuple(base.strip("-") for base in bases.split("/")))
    for ending, _, bases in (rule.partition("=") for rule in _DERIVATION_LIST.split())
)
# Two spellings of one word: one of them for both. Greek "oe" and "ae", "-our", "-re", "-ise", "-ogue", "-ence".
_SPELLING_LIST: Final = (
    (r"^(an)?(?:oe|ae)(?=[^aeiou])", r"\1e"),
    (r"(?<=[^aeiou])(?:oe|ae)(?=[a-z]{3})", "e"),
    (r"(?<=[a-z]{2})our(?=$|[^aeiou]|ed$|ing$|al|ist)", "or"),
    (r"(?<=[a-z]{2}[tb])re(?=s?$|d$)", "er"),
    (r"(?<=[a-z]{3})is(?=(?:e[ds]?|ing|ation(?:al)?s?|er|ers)$)", "iz"),
    (r"(?<=ly)s(?=e|ing$)", "z"),
    (r"ogue(?=s?$)", "og"),
    (r"(?<=[a-z]{2}en)c(?=es?$)", "s"),
    (r"sulph", "sulf"),
    (r"(?<=[a-z]{3}in)ium$", "um"),
)
_SPELLINGS: Final = tuple((re.compile(pattern), instead) for pattern, instead in _SPELLING_LIST)
_PREFIX_LIST: Final = """
    anti auto bi bio co counter cross de dis dys eco electro endo exo extra geo hetero homo hydro hyper hypo il im
    in infra inter intra ir iso macro mega meta metro micro mid mini mis mono multi nano neo neuro non out over
    paleo para photo poly post pre pro proto pseudo psycho quasi re retro self semi socio stag sub super sur techno
    tele thermo trans tri ultra un under uni
"""
_PREFIXES: Final = frozenset(_PREFIX_LIST.split())
_SHORTEST_STEM: Final = 3
_SHORTEST_DERIVED_STEM: Final = 4
_SHORTEST_PREFIXED: Final = 5
_LONGEST_ENDING: Final = 4
_SHORTEST_SPELLED: Final = 5
_VOWELS: Final = frozenset("aeiouy")


def _stripped(word: str, endings: tuple[tuple[str, tuple[str, ...]], ...], shortest: int) -> set[str]:
    """Return what `word` is without one of `endings`; `shortest` is how long the stem must be."""
    found: set[str] = set()
    for ending, bases in endings:
        left = word.removesuffix(ending)
        # What is left is a word only with a vowel in it: "thing" is no form of "the".
        if len(left) < 2 or len(left) == len(word) or _VOWELS.isdisjoint(left):
            continue
        found.update(left + base for base in bases if len(stem(left + base)) >= shortest)
        if left[-1] == left[-2] and ending[0] in "eiyao":
            found.add(left[:-1])  # running, planned, banner
    return found


def irregular_forms(word: str) -> list[str]:
    """Return the forms of a folded word that need not begin as it does: "feet" for "foot"; and the other way round."""
    base = _IRREGULAR.get(word, word)
    forms = {base, spelled(word), *(form for form, other in _IRREGULAR.items() if other == base)}
    return sorted(forms - {word})


@lru_cache(maxsize=65_536)
def spelled(word: str) -> str:
    """Return the one spelling of a word that has two: "edema" for "oedema"."""
    if len(word) >= _SHORTEST_SPELLED:
        for pattern, instead in _SPELLINGS:
            word = pattern.sub(instead, word)
    return word


@lru_cache(maxsize=65_536)
def _bases(word: str) -> frozenset[str]:
    """Return the stems of the words that `word` (folded) may be a form of, its own among them."""
    inflected = {word, *_stripped(word, _INFLECTIONS, _SHORTEST_STEM)}
    if word in _IRREGULAR:
        inflected.add(_IRREGULAR[word])
    whole = inflected & _WHOLE
    if whole:
        return frozenset(whole)
    derived = {base for form in inflected for base in _stripped(form, _DERIVATIONS, _SHORTEST_DERIVED_STEM)}
    return frozenset(map(stem, inflected | derived))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return a folded word without its ending, by Snowball's English rules."""
    found: str = EnglishStemmer().stemWord(word)  # type: ignore[no-untyped-call]
    return found


def same_word(word: str, other: str, *, loose_ending: bool = False) -> bool:
    """Say whether `word`, found in a text, is a form of `other` or made from it; both folded.

    The rules are English, and err on the side of yes: a word too many behind a blank costs a hint, one too few
    shows the answer. `loose_ending` is for other languages: up to three letters may be another ending.
    """
    if word == other:
        return True
    word, other = spelled(word), spelled(other)
    if len(other) < _SHORTEST_STEM:
        return word == other + "s"
    # Forms of one word share all but an ending, the irregular ones aside.
    shared = max(2, min(len(word), len(other)) - _LONGEST_ENDING)
    if word[:shared] == other[:shared] or word in _IRREGULAR or other in _IRREGULAR:
        if not _bases(word).isdisjoint(_bases(other)):
            return True
        if loose_ending and len(other) >= 5:
            stem = other[: max(4, len(other) - 2)]
            return word.startswith(stem) and len(word) <= len(other) + 3
    if len(other) >= _SHORTEST_PREFIXED and len(word) > len(other) and _bases(word).isdisjoint(_WHOLE):
        # The stem without its last letter, for "reoccurring" and "occur" differ in the ending as well.
        at = word.find(other[:-1], 1)
        return at > 0 and word[:at] in _PREFIXES and same_word(word[at:], other)
    return False
