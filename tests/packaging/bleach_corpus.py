"""What the sanitiser makes of a corpus, as JSON on standard output: run with one version of bleach and another."""

from __future__ import annotations

import json
import random
import sys

import bleach

from wagtail_privacy.policy.sanitise import following, sanitise, sanitise_block

TAGS = [
    "p",
    "b",
    "i",
    "em",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "a",
    "table",
    "tr",
    "td",
    "th",
    "img",
    "span",
    "div",
    "br",
    "hr",
    "figure",
    "figcaption",
    "script",
    "style",
    "svg",
    "math",
    "select",
    "option",
    "textarea",
    "noscript",
    "form",
    "input",
    "iframe",
    "section",
    "time",
    "custom-tag",
]
ATTRIBUTES = [
    'title="t"', 'href="https://example.org/?b=2&amp;a=1"', 'href="/om/#x"', 'href="mailto:a@example.org"', "lang=sv",
    'href="javascript:alert(1)"', 'href="java&#10;script:x"', 'href="https://räka.se/å"', 'href="åjavascript:x"',
    'href="javåscript:x"', 'href="example.org:80/x"', 'href="data:x"', 'href="HTTP://x"', 'href="//x"', 'id="3"',
    'linktype="page"', 'rel="nofollow"', 'dir="rtl"', 'class="b a"', 'style="color:red"', "onclick='x()'",
    'src="/a.png"', 'alt="&lt;A&gt; &quot;"', 'width="1"', 'srcset="a 1x, b 2x"', 'colspan="2"', 'scope="row"',
    'start="2"', 'type="a"', 'datetime="2026-01-01"', 'title="dubbel"', 'xlink:href="x"',
]  # fmt: skip
TEXTS = [
    "ord",
    " ",
    "\n",
    "&",
    "&amp;",
    "&lt;b&gt;",
    "&nbsp;",
    "&copy",
    "&#x1F600;",
    "<",
    ">",
    "\"'",
    "ö",
    "<!-- x -->",
]


def documents(count: int) -> list[str]:
    chance = random.Random(4)
    return ["".join(piece(chance) for _ in range(chance.randint(1, 14))) for _ in range(count)]


def piece(chance: random.Random) -> str:
    tag = chance.choice(TAGS)
    attributes = " ".join(chance.sample(ATTRIBUTES, chance.randint(0, 4)))
    return chance.choice([f"<{tag} {attributes}>", f"</{tag}>", chance.choice(TEXTS), chance.choice(TEXTS)])


def main() -> None:
    made = []
    for html in documents(int(sys.argv[1])):
        row = [sanitise(html), sanitise_block(html)]
        for version in (1, 2):
            with following(version):
                row.append(sanitise(html))
        made.append(row)
    sys.stdout.write(json.dumps({"bleach": bleach.__version__, "made": made}))


if __name__ == "__main__":
    main()
