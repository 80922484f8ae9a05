"""What docs/architecture.md and docs/modules.md show: the imports as a picture, and every module with what it says of
itself. ``python scripts/architecture.py draw`` makes both, ``check`` compares."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "architecture.svg"
MODULES = ROOT / "docs" / "modules.md"
WIDTH, ROW, HEIGHT, GAP = 760, 62, 34, 18
STYLE = """
  text { font: 14px system-ui, sans-serif; text-anchor: middle; fill: #1d2b3a }
  rect { fill: #eef3f7; stroke: #5b7083 }
  path { fill: none; stroke: #5b7083; stroke-opacity: .45; marker-end: url(#tip) }
"""


def layers() -> list[list[str]]:
    """The rooms of each layer, from the top, as import-linter's contract in pyproject.toml names them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contract = tomllib.load(file)["tool"]["importlinter"]["contracts"][0]
    names = [[name.strip(" ()") for name in layer.replace(":", "|").split("|")] for layer in contract["layers"]]
    there = [[name for name in layer if _exists(name)] for layer in names]
    return [layer for layer in there if layer]


def _exists(name: str) -> bool:
    room = ROOT / "wagtail_privacy" / name
    return room.is_dir() or room.with_suffix(".py").exists()


def imports(rooms: list[str]) -> set[tuple[str, str]]:
    """Which room imports which, imports in functions and for type checkers included."""
    graph = grimp.build_graph("wagtail_privacy", exclude_type_checking_imports=False, cache_dir=None)
    found = set()
    for module in graph.modules:
        for target in graph.find_modules_directly_imported_by(module):
            pair = (_room(module), _room(target))
            if pair[0] != pair[1] and set(pair) <= set(rooms):
                found.add(pair)
    return found


def essential(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Without those that a longer way implies: what imports ``page`` may use all that ``page`` stands on."""
    below: dict[str, set[str]] = {}

    def reached(room: str) -> set[str]:
        if room not in below:
            nexts = {end for start, end in pairs if start == room}
            below[room] = nexts.union(*map(reached, nexts))
        return below[room]

    return {
        (start, end)
        for start, end in pairs
        if not any(end in reached(between) for first, between in pairs if first == start and between != end)
    }


def _room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def picture() -> str:
    rows = layers()
    places = {}
    for number, row in enumerate(rows):
        width = min(150, (WIDTH - GAP) / len(row) - GAP)
        start = (WIDTH - len(row) * (width + GAP) + GAP) / 2
        for column, name in enumerate(row):
            places[name] = (start + column * (width + GAP), 10 + number * ROW, width)
    boxes = [
        f'<rect x="{x:.0f}" y="{y}" width="{width:.0f}" height="{HEIGHT}" rx="5"/>'
        f'<text x="{x + width / 2:.0f}" y="{y + 22}">{escape(name)}</text>'
        for name, (x, y, width) in places.items()
    ]
    arrows = [_arrow(places[start], places[end]) for start, end in sorted(essential(imports(list(places))))]
    height = 10 + len(rows) * ROW
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
            "<title>Which part of the package imports which, from the top down</title>",
            f"<style>{STYLE}</style>",
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">'
            '<path d="M0 0L8 4L0 8z" style="fill:#5b7083;stroke:none;marker-end:none"/></marker></defs>',
            f'<rect width="{WIDTH}" height="{height}" style="fill:#fff;stroke:none"/>',
            *arrows,
            *boxes,
            "</svg>\n",
        ]
    )


def _arrow(start: tuple[float, float, float], end: tuple[float, float, float]) -> str:
    """From the lower edge of one box to the upper edge of another, bent outwards the farther apart they are."""
    (x1, y1, w1), (x2, y2, w2) = start, end
    x1, x2, y1 = x1 + w1 / 2, x2 + w2 / 2, y1 + HEIGHT
    steps = (y2 - y1) / ROW
    bend = (x1 + x2) / 2 + min(300, (steps - 0.5) * 42) * (1 if x1 >= WIDTH / 2 else -1) if steps > 1 else (x1 + x2) / 2
    return f'<path d="M{x1:.0f} {y1:.0f}Q{bend:.0f} {(y1 + y2) / 2:.0f} {x2:.0f} {y2:.0f}"/>'


def modules() -> str:
    """Every module of the package below its folder, with the first paragraph of its docstring."""
    package = ROOT / "wagtail_privacy"
    paths = [path for path in package.rglob("*.py") if "migrations" not in path.parts]
    folders = sorted({path.parent for path in paths}, key=lambda folder: (folder != package, folder))
    lines = [
        "# The modules",
        "",
        "Made by `python scripts/architecture.py draw` from the modules' own first sentences.",
    ]
    for folder in folders:
        said = {path.name: _first_paragraph(path) for path in sorted(paths) if path.parent == folder}
        if not any(said.values()):
            continue
        lines += ["", f"## {folder.relative_to(ROOT)}/", ""]
        if own := said.pop("__init__.py", ""):
            lines += [own, ""]
        lines += [f"- `{name}`: {words}" for name, words in said.items() if words]
    return "\n".join([*lines, ""])


def _first_paragraph(path: Path) -> str:
    """Of the docstring of the module at ``path``, as Markdown."""
    paragraph = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
    return re.sub(r":\w+:`([^`]+)`", r"`\1`", " ".join(paragraph.split()).replace("``", "`"))


def main(verb: str) -> int:
    made = {PICTURE: picture(), MODULES: modules()}
    if verb == "draw":
        for path, content in made.items():
            path.write_text(content, encoding="utf-8")
        return 0
    old = [path for path, content in made.items() if not path.exists() or path.read_text(encoding="utf-8") != content]
    for path in old:
        print(f"{path.relative_to(ROOT)} is not what the code says. Run: python scripts/architecture.py draw")
    return bool(old)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["check"]))
