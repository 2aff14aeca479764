"""The source tree as the architecture tests see it: files, functions, public names."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import fairground

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "fairground"

FRONT_DOORS = (
    "places",
    "measures",
    "networks",
    "wealth.inequality",
    "wealth.funding",
    "wealth.property",
    "wealth.finance",
    "power.budgeting",
    "power.juries",
    "opportunity.greenspace",
    "opportunity.neighbourhoods",
)
QUESTIONS = "fairground.questions"


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(sorted(path for path in found if "migrations" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.splitlines() if (ROOT / name).is_file()]


def question_modules() -> list[str]:
    package = importlib.import_module(QUESTIONS)
    return [m.name for m in pkgutil.walk_packages(package.__path__, QUESTIONS + ".") if not m.ispkg]


def public_functions() -> dict[str, object]:
    """Every function behind a front door or in a question module, by dotted name."""
    found: dict[str, object] = {}
    for name in [*(f"fairground.{door}" for door in FRONT_DOORS), *question_modules()]:
        module = importlib.import_module(name)
        for public in module.__all__:
            thing = getattr(module, public)
            if callable(thing) and not isinstance(thing, type):
                found[f"{name}.{public}"] = thing
    return found


assert fairground.__file__
