"""The directions of design section 3, held: who may import whom, and what is contained in one place."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "feedback"

# Every room may reach the rooms before it; dashboard and moderation are neighbours that do not know each other.
ROOMS: dict[str, frozenset[str]] = {
    "accounts": frozenset(),
    "library": frozenset({"accounts"}),
    "remarks": frozenset({"accounts", "library"}),
    "reviews": frozenset({"accounts", "library", "remarks"}),
    "dashboard": frozenset({"accounts", "library", "remarks", "reviews"}),
    "moderation": frozenset({"accounts", "library", "remarks", "reviews"}),
}
# Where a process begins: these put the rooms together, and nobody imports them but each other.
ENTRANCES = frozenset({"__init__", "__main__", "cli", "commands", "serving", "background", "demo", "wsgi"})
# Knowing nobody: text in, text out.
PURE = ("access", "errors", "text", "tags", "markup", "paragraphs", "sanitize", "sorting")
# A library that is used in one place, so that it can be replaced there.
CONTAINED = {
    "bleach": ("feedback.sanitize",),
    "nh3": ("feedback.sanitize",),
    "markdown_it": ("feedback.markup",),
    "mammoth": ("feedback.library.documents",),
    "argon2": ("feedback.accounts.passwords",),
    "flask_login": ("feedback.accounts", "feedback.edge"),
    "flask_wtf": ("feedback.edge", "feedback.reviews.views"),
    "granian": ("feedback.serving",),
    "sqlite_utils": ("feedback.db",),
    "sentencex": ("feedback.sorting",),
    "rapidfuzz": ("feedback.sorting",),
    "onnxruntime": ("feedback.sorting",),
    "tokenizers": ("feedback.sorting",),
    "click": ("feedback.cli", "feedback.commands"),
    "tqdm": ("feedback.commands",),
}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def _imports(module: str) -> frozenset[str]:
    """The full names of all a module imports, those inside functions too; ``from a import b`` counts as a.b."""
    return frozenset(_imported(ast.parse(MODULES[module].read_text(encoding="utf-8"))))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _unit(module: str) -> str:
    """The room or top-level module a full name belongs to: ``feedback.db.schema`` is ``db``'s."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def _units_imported(module: str) -> set[str]:
    ours = {name for name in _imports(module) if name.split(".")[0] == "feedback"}
    known = {_unit(name) for name in MODULES}
    return {unit if unit in known else "__init__" for unit in map(_unit, ours)}


def _of(unit: str) -> list[str]:
    return [module for module in MODULES if _unit(module) == unit]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_reaches_only_the_rooms_before_it(room: str) -> None:
    assert _of(room), "the table names a room that is gone"
    for module in _of(room):
        reached = _units_imported(module) & (ROOMS.keys() | ENTRANCES)
        assert reached <= ROOMS[room] | {room}, module


def test_every_module_is_in_a_room_an_entrance_or_shared() -> None:
    shared = {_unit(module) for module in MODULES} - ROOMS.keys() - ENTRANCES
    for unit in shared:
        for module in _of(unit):
            assert not _units_imported(module) & (ROOMS.keys() | ENTRANCES), module


@pytest.mark.parametrize("unit", [unit for unit in PURE if _of(unit)])
def test_what_is_pure_knows_neither_the_web_nor_the_database(unit: str) -> None:
    for module in _of(unit):
        assert _units_imported(module) <= set(PURE), module
        foreign = {name.split(".")[0] for name in _imports(module)}
        assert not foreign & {"flask", "werkzeug", "flask_login", "sqlite3", "sqlite_utils"}, module


def test_sorting_is_a_library_of_its_own() -> None:
    for module in _of("sorting"):
        assert _units_imported(module) <= {"sorting"}, module


@pytest.mark.parametrize("library", CONTAINED)
def test_a_library_is_used_only_where_it_is_contained(library: str) -> None:
    users = {module for module in MODULES if any(name.split(".")[0] == library for name in _imports(module))}
    assert all(user.startswith(CONTAINED[library]) for user in users), users


def test_a_rooms_sql_is_its_own() -> None:
    stores = {module for module in MODULES if module.endswith("store")}
    assert stores
    for module in MODULES:
        for store in stores & {*_imports(module), *(name.rpartition(".")[0] for name in _imports(module))}:
            assert _unit(module) == _unit(store), f"{module} reaches into {store}"


def test_views_only_speak_http() -> None:
    """No statement in a view: it calls a use case, which owns the transaction."""
    for module in (module for module in MODULES if module.endswith(".views")):
        tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
        called = {
            node.func.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if isinstance(node.func.value, ast.Name) and node.func.value.id == "db"
        }
        assert not called, f"{module}: db.{called}"


@pytest.mark.parametrize("template", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_only_cleaned_columns_are_output_as_markup(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape", source)
    for expression in re.findall(r"\{\{([^{}]*?)\|\s*cleaned", source):
        assert expression.strip().endswith("html"), f"{expression} is not a column that the sanitizer wrote"
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|javascript:", source), (
        "nothing inline"
    )
