"""The whole history of a policy as two files that need no site: JSON for a program, HTML for a person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from wagtail_privacy.actions.moment import now
from wagtail_privacy.actions.verify import chain_of, verify
from wagtail_privacy.changes.wording import lines
from wagtail_privacy.models.chain import Linked, moment
from wagtail_privacy.models.notice import Notice
from wagtail_privacy.models.policy import Policy
from wagtail_privacy.models.version import Event, Text
from wagtail_privacy.reader.readable import read_snapshot, shown_of

#: The format of the JSON; ``docs/evidence.md`` documents it.
FORMAT = 1


def export(policy: Policy, directory: Path) -> list[Path]:
    """Write the history of ``policy`` into ``directory``, made if need be. Returns the files written."""
    directory.mkdir(parents=True, exist_ok=True)
    name = f"policy-{policy.translation_key}"
    evidence = as_json(policy)
    files = {
        directory / f"{name}.json": json.dumps(evidence, ensure_ascii=False, indent=2, sort_keys=True) + "\n",
        directory / f"{name}.html": as_html(policy, evidence),
    }
    for path, content in files.items():
        path.write_text(content, encoding="utf-8")
    return list(files)


def as_json(policy: Policy) -> dict[str, Any]:
    """Everything recorded about ``policy``: the rows of its chain, and its notices with counts instead of people."""
    return {
        "format": FORMAT,
        "policy": {
            "translation_key": str(policy.translation_key),
            "source_language": policy.source_language,
            "title": str(policy),
            "chain_length": policy.chain_length,
            "chain_head": policy.chain_head,
        },
        "exported_at": moment(now()),
        "rows": [row_as_json(row) for row in chain_of(policy)],
        "notices": list(_notices(policy)),
        "findings": [finding.message for finding in verify(policy)],
    }


def row_as_json(row: Linked) -> dict[str, Any]:
    """A row with all that its seal is computed from."""
    return {
        "row": row._meta.model_name,
        "position": row.position,
        "predecessor": row.predecessor,
        "seal": row.seal,
        "content": row.content(),
    }


def _notices(policy: Policy) -> Iterator[dict[str, Any]]:
    for notice in Notice.objects.filter(version__policy=policy).select_related("version").order_by("pk"):
        yield {
            "version": notice.version.number,
            "kind": notice.kind,
            "about": notice.about,
            "created_at": moment(notice.created_at),
            "finished_at": moment(notice.finished_at),
            "head": notice.head,
            "deliveries": [
                {"language": language, "state": state, "count": count}
                for (state, language), count in sorted(notice.totals().items(), key=lambda total: total[0][::-1])
            ],
            "wordings": list(notice.wordings.values("language", "said_in", "digest", "subject", "text", "html")),
        }


def as_html(policy: Policy, evidence: dict[str, Any]) -> str:
    """The same for a person: what was said, when, and what became of it, in order."""
    rows = [_readable(row) for row in chain_of(policy)]
    context = {"policy": policy, "evidence": evidence, "rows": rows, "language": policy.source_language}
    return render_to_string("wagtail_privacy/evidence/policy.html", context)


def _readable(row: Linked) -> dict[str, Any]:
    if isinstance(row, Text):
        body = read_snapshot(row.snapshot, shown_of(row)).body
        return {"row": row, "text": row, "lines": lines(row.changes), "body": mark_safe(body)}  # noqa: S308
    data = json.dumps(row.data, ensure_ascii=False, indent=1, sort_keys=True) if isinstance(row, Event) else ""
    return {"row": row, "event": row, "data": data}
