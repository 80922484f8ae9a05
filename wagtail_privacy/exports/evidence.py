"""The whole history of a policy as two files that need no site: JSON for a program, HTML for a person.

Both are written row by row in one pass over the chain, which verifies it: a few rows are in memory at a time.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from wagtail_privacy.actions.verify import Verification
from wagtail_privacy.changes.sentences import lines
from wagtail_privacy.clock import now
from wagtail_privacy.reader.rendering import render_snapshot, sanitised_html
from wagtail_privacy.reader.sections import reuse_rendered_sections
from wagtail_privacy.records.chain import Linked, moment, sealed
from wagtail_privacy.records.notice import Notice
from wagtail_privacy.records.permanent import permanent_path
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Event, Text

logger = logging.getLogger("wagtail_privacy")

#: The format of the JSON; ``docs/evidence.md`` documents it. The rows of format 1 named neither format nor policy.
FORMAT = 2
#: Where the frame of the HTML has its rows and its notices.
ROWS, NOTICES = "<!-- rows -->", "<!-- notices -->"

Json = dict[str, Any]


def export(policy: Policy, directory: Path) -> list[Path]:
    """Write the history of ``policy`` into ``directory``, made if need be. Returns the files written."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = [directory / f"policy-{policy.translation_key}.{suffix}" for suffix in ("json", "html")]
    with (
        paths[0].open("w", encoding="utf-8") as data,
        paths[1].open("w", encoding="utf-8") as page,
        TemporaryFile("w+", encoding="utf-8") as rows,
        TemporaryFile("w+", encoding="utf-8") as notices,
        reuse_rendered_sections(),
    ):
        head = _write(policy, data, rows, notices)
        # What was found stands above the rows, and is known after them.
        html = render_to_string("wagtail_privacy/evidence/policy.html", {**head, "language": policy.source_language})
        before, between, after = html.replace(NOTICES, ROWS).split(ROWS)
        for frame, content in ((before, rows), (between, notices)):
            page.write(frame)
            content.seek(0)
            shutil.copyfileobj(content, page)
        page.write(after)
    return paths


def _write(policy: Policy, data: IO[str], rows: IO[str], notices: IO[str]) -> Json:
    """Write the JSON, and the rows and notices for a person. Returns the rest: the policy and what was found."""
    verification = Verification(policy)
    policy, findings = verification.policy, list[str]()
    head = {"format": FORMAT, "exported_at": moment(now()), "policy": _policy_as_json(policy)}
    data.write(f"{_dump(head)[:-1]},\n")

    def checked() -> Iterator[Json]:
        for row in verification.rows():
            findings.extend(verification.check(row))
            rows.write(render_to_string("wagtail_privacy/evidence/row.html", _readable(row)))
            yield {**sealed(row), "seal": row.seal}

    def told() -> Iterator[Json]:
        for notice in Notice.objects.filter(version__policy=policy).select_related("version").order_by("pk"):
            found = _notice_as_json(notice)
            notices.write(render_to_string("wagtail_privacy/evidence/notice.html", {"notice": found}))
            yield found

    _write_list(data, "rows", checked())
    _write_list(data, "notices", told())
    findings.extend(verification.conclude())
    data.write(f'"findings": {_dump(findings)}}}\n')
    return {**head, "policy": policy, "findings": findings}


def _policy_as_json(policy: Policy) -> Json:
    return {
        **policy.settings(),
        "title": str(policy),
        "path": permanent_path(policy.translation_key, "policy"),
        "chain_length": policy.chain_length,
        "chain_head": policy.chain_head,
    }


def _notice_as_json(notice: Notice) -> Json:
    """What was told and to how many, with counts instead of people."""
    totals = sorted(notice.totals().items(), key=lambda total: total[0][::-1])
    return {
        **notice.facts(),
        "finished_at": moment(notice.finished_at),
        "deliveries": [{"language": code, "state": state, "count": count} for (state, code), count in totals],
        "wordings": list(notice.wordings.values("language", "said_in", "digest", "subject", "text", "html")),
    }


def _readable(row: Linked) -> Json:
    if isinstance(row, Text):
        return {"row": row, "text": row, **_text_in_words(row)}
    return {"row": row, "event": row, "data": _indented(row.data) if isinstance(row, Event) and row.data else ""}


def _text_in_words(text: Text) -> Json:
    try:
        body = render_snapshot(text.snapshot, sanitised_html(text)).body
        return {"lines": lines(text.changes, text.language), "body": mark_safe(body)}  # noqa: S308
    except Exception:
        # Whoever altered it may have written anything into it: it is exported all the same.
        logger.exception("The text %s of version %s can't be rendered.", text.pk, text.version_id)
        return {"data": _indented(text.content())}


def _indented(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)


def _write_list(file: IO[str], name: str, items: Iterable[Json]) -> None:
    """Write a list of an object in JSON, an item a line."""
    file.write(f'"{name}": [')
    for number, item in enumerate(items):
        file.write(f"{',' if number else ''}\n{_dump(item)}")
    file.write("\n],\n")


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
