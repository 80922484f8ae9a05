"""Digests rest on what bleach makes of a text: the oldest and the newest version that we allow make the same bytes.

The newest is what is installed here.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = "1500"


def made(*folders: Path) -> dict[str, Any]:
    """What the sanitiser makes of the corpus with the bleach of ``folders``, else with that installed."""
    path = os.pathsep.join(map(str, [*folders, ROOT]))
    command = [sys.executable, "-W", "ignore", "-m", "tests.packaging.bleach_corpus", DOCUMENTS]
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_the_oldest_bleach_makes_the_same_bytes(tmp_path: Path) -> None:
    bounds = re.search(r'"bleach>=([\d.]+),', (ROOT / "setup.py").read_text(encoding="utf-8"))
    assert bounds
    oldest = f"{bounds[1]}.0"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", tmp_path, f"bleach=={oldest}"]
    subprocess.run(command, check=True, capture_output=True)
    old, new = made(tmp_path), made()
    assert (old["bleach"], int(new["bleach"].split(".")[0])) == (oldest, 6)
    assert len(old["made"]) == int(DOCUMENTS)
    different = [pair for pair in zip(old["made"], new["made"], strict=True) if pair[0] != pair[1]]
    assert different == []
