"""The documentation says what the code says."""

import importlib.util
import re

import pytest

from tests.conftest import ROOT


def _generator():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_the_generated_pages_are_up_to_date():
    stale = [
        name
        for name, text in _generator().pages().items()
        if not (ROOT / "docs/reference" / name).is_file()
        or (ROOT / "docs/reference" / name).read_text("utf-8") != text
    ]
    assert stale == [], "run make reference"


def test_every_page_is_in_the_contents():
    contents = (ROOT / "docs/index.md").read_text("utf-8")
    pages = [p.relative_to(ROOT / "docs") for p in (ROOT / "docs").rglob("*.md") if "_build" not in p.parts]
    missing = [
        str(p)
        for p in pages
        if str(p) != "index.md" and str(p.with_suffix("")) not in contents and f"{p.parent}/*" not in contents
    ]
    assert missing == []


def test_the_readme_has_the_two_commands_and_a_picture():
    text = (ROOT / "README.md").read_text("utf-8")
    assert "make demo" in text
    assert "make test" in text
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).read_bytes().startswith(b"\x89PNG")
        assert (ROOT / picture).stat().st_size < 150_000
