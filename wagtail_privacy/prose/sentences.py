"""Text cut into sentences: abbreviations, ordinals, initials and numbers end none."""

from __future__ import annotations

import re
from functools import lru_cache

#: What shows nothing: soft hyphens, joiners, and the marks of directions around dates and names.
_INVISIBLE = re.compile("[\u00ad\u2060\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_END = re.compile(r"[.!?…]+[\"”’»)\]]*\s+(?=[\"“„«(\[]*[^\W_])")
#: Two sentences without a space between them: "… for you.We also …"; no address on the web.
_JOINED = re.compile(r"(?<![\w./@:-])([^\W\d_]{3,}[.!?])(?=[A-ZÅÄÖÆØÜ][a-zåäöæøüß]*\s)")
_MAY_BE_JOINED = re.compile(r"[.!?][A-ZÅÄÖÆØÜ]")
#: Abbreviations of six languages, without their last full stop.
_ABBREVIATIONS = frozenset(
    """
    org.nr orgnr cvr-nr cvr.nr saksnr sagsnr
    t.ex bl.a m.m d.v.s dvs s.k resp tel st fr.o.m t.o.m p.g.a f.n fn kl nr ca art kap st.k s.a.s ev inkl
    exkl enl ang jfr tr dr mr mrs ms prof inc ltd no vs approx e.g i.e u.s cf fig par sec esim ns ks klo
    puh yms tms n mm ao po f.eks feks jf pkt tlf stk ift iht pga mht vedr nærv bl a mv evt z.b d.h u.a
    bzw ggf abs lit buchst hr fr str evtl i.v.m e.v e.k vgl sog gem i.d.r u.u zzgl insb z.t o.ä u.ä i.s.d
    ff hrsg jan feb mar apr jun jul aug sep sept okt oct nov dec dez des
    """.split()  # noqa: SIM905
)
#: What the names of months begin with.
MONTHS = (
    r"(?:jan|feb|mar|mär|mai|maj|may|apr|jun|jul|aug|sep|okt|oct|nov|dec|dez|des|tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|"
    r"syys|loka|marras|joulu)"
)
_ORDINAL = re.compile(rf"\d{{1,2}}\.\s+{MONTHS}", re.IGNORECASE)


@lru_cache(maxsize=1024)
def split(text: str) -> tuple[str, ...]:
    """The sentences of one paragraph of plain text. Remembered, since what reads a text also measures it."""
    text = " ".join((text if text.isascii() else _INVISIBLE.sub("", text)).split())
    if _MAY_BE_JOINED.search(text):
        text = _JOINED.sub(r"\1 ", text)
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if _ends_here(text, match):
            found.append(text[start : match.end()].strip())
            start = match.end()
    return tuple(sentence for sentence in [*found, text[start:].strip()] if sentence)


def ends_a_sentence(text: str) -> bool:
    return bool(re.search(r"[.!?…][\"”’»)\]]*\s*$", text))


def _ends_here(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() :].lstrip('"“„«([')[:1]
    if text[match.start()] != ".":
        return not following.islower()
    # The word before is at most a long one: a run without spaces is cut.
    before = text[max(0, match.start() - 40) : match.start()].rsplit(" ", 1)[-1].lstrip("(").casefold()
    if following.islower() or before in _ABBREVIATIONS or (len(before) == 1 and before.isalpha()):
        return False
    if before.isdigit() and len(before) <= 2:
        return match.start() - len(before) > 0 and not _ORDINAL.match(text, match.start() - len(before))
    return True
