"""The rings: imports point down only, and the engine stays pure."""

import ast
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT, SRC, python_files, tree


@pytest.mark.slow
def test_the_import_contracts_are_kept():
    done = subprocess.run(
        [sys.executable, "-m", "importlinter.cli", "lint"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if "No module named" in done.stderr:
        done = subprocess.run(
            [str(ROOT / ".venv/bin/lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_only_fetch_touches_the_network():
    names = {"urllib.request", "http.client", "socket", "requests", "httpx", "ftplib"}
    found = []
    for path in python_files("src"):
        for node in ast.walk(tree(path)):
            modules = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else ([node.module or ""] if isinstance(node, ast.ImportFrom) else [])
            )
            if names & set(modules):
                found.append(str(path.relative_to(SRC)))
    assert set(found) <= {"sources/fetch.py", "cli/site.py", "web/serving.py"}


@pytest.mark.slow
def test_the_engine_takes_chance_and_time_as_arguments():
    found = []
    for path in python_files(
        "src/fairground/wealth",
        "src/fairground/power",
        "src/fairground/measures",
        "src/fairground/networks",
        "src/fairground/opportunity",
        "src/fairground/places",
    ):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}:
                found.append(f"{path.relative_to(SRC)}:{node.lineno}")
    assert found == []


def test_the_command_starts_without_loading_an_engine_or_the_site():
    code = (
        "import sys, fairground.cli; "
        "print([m for m in ('numpy','numba','django','scipy','shapely') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
