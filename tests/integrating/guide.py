"""The samples of the integrator's guide as the files of a site: each says in its first line which file it is."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import django

from tests.installing.sites import IN_ONE_LANGUAGE, ROOT, URLS, write

GUIDE = ROOT / "docs" / "integrator"
FIRST_LINE = re.compile(r"(?:# |\{# )(\S+|a script)(?: #\})?\n")
#: Where the site of tests.installing keeps what the guide calls by these names.
FILES = {"settings.py": "site_settings.py", "urls.py": "site_urls.py"}
OUTBOX = "django.core.mail.backends.locmem.EmailBackend"
OWN: dict[str, Any] = {
    "LANGUAGE_CODE": "en",
    "DEFAULT_FROM_EMAIL": "policy@shop.se",
    "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    **({"MAILERS": {"default": {"BACKEND": OUTBOX}}} if django.VERSION >= (6, 1) else {"EMAIL_BACKEND": OUTBOX}),
}
#: The frame of the site, with the footer of the guide in it.
FRAME = """<!doctype html><html lang="sv"><head><title>{% block title %}{% endblock %}</title></head>
<body>{% block content %}{% endblock %} {% include "shop/footer.html" %}</body></html>"""


def samples() -> dict[str, str]:
    """The code of the guide by the file that it stands in; of several for one file, one after the other."""
    found: defaultdict[str, str] = defaultdict(str)
    for page in sorted(GUIDE.glob("*.md")):
        for code in re.findall(r"```(?:python|html)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            first = FIRST_LINE.match(code)
            assert first, f"{page.name}: this sample does not say which file it is:\n{code}"
            found[first[1]] += code
    return dict(found)


def make_site(folder: Path) -> None:
    """The shop of the guide, whose members are asked for by name."""
    found = samples()
    files = {FILES.get(name, name): code for name, code in found.items() if name.startswith("shop/")}
    files |= {"shop/__init__.py": "", "shop/migrations/__init__.py": "", "templates/base.html": FRAME}
    files |= {"site_urls.py": URLS + found["urls.py"], "script.py": found["a script"]}
    write(folder, ["shop", *IN_ONE_LANGUAGE], files, **OWN)
    settings = folder / "site_settings.py"
    settings.write_text(f"{settings.read_text()}\n{found['settings.py']}")
