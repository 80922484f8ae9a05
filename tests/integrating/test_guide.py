"""The integrator's guide does what it says: its samples, as they stand there, are a site that works."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.installing.sites import run
from tests.integrating.guide import make_site

pytestmark = pytest.mark.slow
VISIT = Path(__file__).with_name("visit.py").read_text(encoding="utf-8")


def test_the_samples_of_the_guide(tmp_path: Path) -> None:
    make_site(tmp_path)
    (tmp_path / "visit.py").write_text(VISIT)
    done = run(tmp_path, "shell", "--no-imports", "-c", "import visit")
    assert done.returncode == 0, done.output
    assert "no issues" in done.output
    shown = json.loads(done.output.splitlines()[-1])

    assert {"loyalty_card", "opening_hours"} < set(shown["blocks"])
    assert "cookies" not in shown["blocks"]
    assert shown["expected"] == [["changed", "material"]]
    assert shown["versions"] == [1, 2]
    assert shown["summary"] == "We have begun to use your location."
    ((to, letter),) = shown["told"]
    assert to == ["anna@shop.se"]
    assert "Anna" in letter
    assert "you are a member of our shop" in letter
    said = "“Points kept” in the section “The Card” changes from 5 to 10."
    assert shown["changes"] == [[said, "benefit", "shop-points"]]
    assert '<p class="shop-points">10 points</p>' in shown["page"]
    assert "Bread." in shown["page"]
    assert "9 to 5" in shown["page"]
    assert 'rel="privacy-policy"' in shown["page"]
    (item,) = shown["api"]
    assert "your name and your address" in item["html"]
    assert (item["version"], shown["json"]) == (1, 1)
