"""The shape of the code: sizes, names, first lines."""

import ast
import re

import pytest

from tests.architecture.source import ROOT, SRC, body_lines, functions, python_files, tracked, tree

BANNED = {"utils", "util", "helpers", "helper", "common", "core", "manager", "service", "services", "misc"}


def test_no_module_is_longer_than_400_lines():
    long = {
        str(p.relative_to(ROOT)): n
        for p in python_files("src", "tests", "benchmarks", "examples", "docs")
        if (n := len(p.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}


@pytest.mark.slow
def test_no_function_is_longer_than_40_lines():
    long = {
        f"{p.relative_to(ROOT)}:{f.name}": body_lines(f)
        for p in python_files("src")
        for f in functions(p)
        if body_lines(f) > 40
    }
    assert long == {}


def test_no_view_is_longer_than_20_lines():
    long = {
        f"{p.relative_to(ROOT)}:{f.name}": body_lines(f)
        for p in python_files("src/fairground/web")
        if p.name == "views.py"
        for f in functions(p)
        if body_lines(f) > 20
    }
    assert long == {}


def test_no_module_or_folder_has_a_name_that_says_nothing():
    named = [p for p in SRC.rglob("*") if p.stem in BANNED and (p.is_dir() or p.suffix == ".py")]
    assert named == []


@pytest.mark.parametrize("path", python_files("src"), ids=lambda p: str(p.relative_to(SRC)))
def test_each_module_begins_by_saying_what_it_knows(path):
    if path.stat().st_size == 0:
        pytest.fail("an empty module: give it a first line")
    first = (ast.get_docstring(tree(path)) or "").split("\n\n")[0].strip()
    assert first, "no docstring"
    assert first.endswith((".", ":", "?")), first


def test_no_more_than_ten_rules_are_switched_off():
    found = [
        f"{p.name}:{n}"
        for p in python_files("src", "tests", "benchmarks", "examples")
        for n, line in enumerate(p.read_text("utf-8").splitlines(), 1)
        if re.search(r"#\s*noqa", line)
    ]
    assert len(found) <= 10, found


def test_nothing_is_left_for_later():
    pattern = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    found = [
        f"{p.relative_to(ROOT)}:{n}"
        for p in python_files("src")
        for n, line in enumerate(p.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_no_tracked_file_names_a_machine_path_or_a_registry_host():
    hosts = re.compile(
        "|".join(("/" + "work/", "registry" + r"\.npmjs", "files" + r"\.pythonhosted", "/root" + "/"))
    )
    found = []
    for path in tracked():
        if path.suffix in {".png", ".woff2", ".ico", ".jpg"}:
            continue
        if hosts.search(path.read_text("utf-8", errors="replace")):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_no_tracked_file_is_larger_than_a_megabyte():
    assert [str(p) for p in tracked() if p.stat().st_size > 1_000_000] == []


def test_no_two_files_of_tests_are_one_module_to_pytest():
    """A file in a folder without `__init__.py` is known by its name alone."""
    alone = [path.name for path in python_files("tests") if not (path.parent / "__init__.py").exists()]
    assert sorted(name for name in set(alone) if alone.count(name) > 1) == []
