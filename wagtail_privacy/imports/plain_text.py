"""A policy as plain text or Markdown, read as sections of free text under their headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape, unescape

from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)\s*\n.*?\n\1\s*\n", re.DOTALL)
# Comments, templates' tags and the marks that some flavours of Markdown put after a paragraph or a heading.
_NOISE = re.compile(r"<!--.*?-->|\{\{.*?\}\}|\{%.*?%\}|\{:.*?\}|\{#[\w-]+\}", re.DOTALL)
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"(=+|-{3,})\s*$")
_RULE = re.compile(r"([-*_])\s*(?:\1\s*){2,}$")
# "25. maj 2018" is a day, not the twenty-fifth item of a list.
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)](?!\s+\w+\s+\d{4}\b))\s+(.*)")
_REFERENCE = re.compile(r"^ {0,3}\[([^\]]+)\]:\s*<?(\S+?)>?(?:\s+[\"'(].*)?$", re.MULTILINE)
_REFERRING = re.compile(r"\[([^\[\]]+)\](?:\[([^\[\]]*)\])?(?!\()")
_LINK = re.compile(r"!?\[([^\[\]]{0,1000})\]\(\s*<?([^\s)>]*)>?[^)]*\)")
_TAG = re.compile(r"</?([a-zA-Z][\w-]*)\b[^<>]*>")
_ANCHOR = re.compile(r"<a\b[^<>]*\bhref\s*=\s*[\"']?([^\"'\s>]+)[^<>]*>", re.IGNORECASE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])")


def read_text(text: str, language: str, title: str = "") -> Snapshot:
    """The snapshot of a policy written as text or Markdown in ``language``.

    Each heading with what stands below it is a section of kind ``text``, known by the words of its heading; what
    stands before the first heading is one too. The first heading of the first level is the policy's title.
    """
    parts = list(_parts(text.lstrip("\ufeff")))
    if parts and parts[0][0] == 0 and not parts[0][2]:
        parts.pop(0)
    if parts and parts[0][0] == 1:
        title = parts[0][1]
        parts[0] = (0, "", parts[0][2])
    seen: Counter[str] = Counter()
    sections = tuple(_section(heading, body, seen) for _level, heading, body in parts if heading or body)
    return Snapshot(language, title, sections)


def _section(heading: str, body: str, seen: Counter[str]) -> Section:
    slug = "-".join(re.findall(r"\w+", heading.casefold())) or "start"
    seen[slug] += 1
    texts = {"heading": heading, "body": body}
    return Section("text", f"{slug}:{seen[slug]}", {}, {name: value for name, value in texts.items() if value})


def _parts(text: str) -> Iterator[tuple[int, str, str]]:
    """Each heading's level and words, and the HTML of what stands below it; level 0 before the first heading."""
    lines = _resolved(_NOISE.sub("", _FRONT_MATTER.sub("", text.replace("\r\n", "\n")))).split("\n")
    level, heading, body = 0, "", list[str]()
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        found = _heading(line, following, lines[number - 1] if number else "")
        if found:
            yield level, heading, _html(body)
            (level, heading), body = found, []
        elif not _UNDERLINE.fullmatch(line) and not _RULE.fullmatch(line.strip()):
            body.append(line)
    yield level, heading, _html(body)


def _resolved(text: str) -> str:
    """``text`` with each link written where it stands, not at the end of the file."""
    targets = {name.casefold(): target for name, target in _REFERENCE.findall(text)}
    if not targets:
        return text

    def link(match: re.Match[str]) -> str:
        target = targets.get((match.group(2) or match.group(1)).casefold())
        return f"[{match.group(1)}]({target})" if target else match.group()

    return _REFERRING.sub(link, _REFERENCE.sub("", text))


def _heading(line: str, following: str, before: str) -> tuple[int, str] | None:
    """The level and the words of a heading, written with # or underlined."""
    if match := _HEADING.match(line):
        return len(match.group(1)), _words(match.group(2))
    underline = _UNDERLINE.fullmatch(following)
    if underline and line.strip() and not before.strip() and not _ITEM.match(line):
        return (1 if following.startswith("=") else 2), _words(line)
    return None


def _words(markup: str) -> str:
    """The words of a line of Markdown."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", _inline(markup))).split())


def _html(lines: list[str]) -> str:
    """Paragraphs and lists."""
    blocks: list[list[str]] = []
    for line in lines:
        item = _ITEM.match(line)
        if item:
            blocks.append(["li", item.group(1)])
        elif not line.strip():
            blocks.append([])
        elif blocks and blocks[-1]:
            blocks[-1].append(line.strip())
        else:
            blocks.append(["p", line.strip().lstrip("> ")])
    filled = ((block[0], _inline(" ".join(block[1:]))) for block in blocks if block)
    html = "".join(f"<{tag}>{words}</{tag}>" for tag, words in filled if words.strip())
    return re.sub(r"((?:<li>.*?</li>)+)", r"<ul>\1</ul>", html)


def _inline(markup: str) -> str:
    """The links and emphasis of a paragraph as HTML; other tags go, all else is escaped."""
    marked = _ANCHOR.sub(lambda m: f"\x00a {m.group(1)}\x01", markup)
    marked = marked.replace("</a>", "\x00/a\x01")
    marked = _LINK.sub(lambda m: f"\x00a {m.group(2)}\x01{m.group(1)}\x00/a\x01", marked)
    marked = re.sub(r"<(https?://[^\s<>]+|[\w.+-]+@[\w.-]+)>", r"\1", marked)
    marked = _TAG.sub("", marked).replace("`", "")
    marked = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", marked))
    safe = escape(unescape(re.sub(r"\\([^\w\s])", r"\1", marked)), quote=False)
    return re.sub(r"\x00a ([^\x01]*)\x01", lambda m: f'<a href="{escape(m.group(1))}">', safe).replace(
        "\x00/a\x01", "</a>"
    )
