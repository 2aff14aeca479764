"""What we promise of every public function, number, step and command."""

import ast
import re
from datetime import date

import pytest

from fairground import standards
from fairground.networks import profiles
from fairground.report.words import messages
from tests.architecture.source import FRONT_DOORS, ROOT, SRC, public_functions, python_files, tree


def test_every_statutory_number_has_a_reference():
    found = list(SRC.rglob("standards.toml"))
    assert found, "no standards are kept"
    for path in found:
        package = ".".join(("fairground", *path.parent.relative_to(SRC).parts))
        for standard in standards.read(package).values():
            assert standard.reference.strip(), standard.id
            assert standard.values, standard.id
            assert all(value.start for value in standard.values), standard.id


def test_every_rule_about_streets_has_a_reference_and_the_date_of_its_edition():
    ladders = [(p, rule) for p in profiles().values() for rule in (*p.ways, *p.points, *p.one_way)]
    assert len(ladders) > 100
    for who, rule in ladders:
        assert rule.reference.strip(), (who.id, rule.id)
        assert isinstance(rule.edition, date), (who.id, rule.id)


def _codes() -> dict[str, str]:
    found = {}
    for path in python_files("src"):
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Step"
            ):
                first = node.args[0] if node.args else next(k.value for k in node.keywords if k.arg == "code")
                for part in ast.walk(first):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and "." in part.value:
                        found[part.value] = f"{path.relative_to(SRC)}:{node.lineno}"
    return found


@pytest.mark.slow
def test_every_step_code_has_words():
    known = messages("en")
    missing = {
        code: where
        for code, where in _codes().items()
        if code not in known and not (code.endswith(".") and any(k.startswith(code) for k in known))
    }
    assert missing == {}


def test_every_public_function_has_a_full_docstring():
    poor = [name for name, thing in public_functions().items() if len((thing.__doc__ or "").strip()) < 40]
    assert poor == []


def test_every_public_function_has_a_documentation_heading():
    text = "\n".join(p.read_text("utf-8") for p in (ROOT / "docs" / "reference").rglob("*.md"))
    missing = [
        name for name in public_functions() if not re.search(rf"^#+ .*{re.escape(name)}\b", text, re.M)
    ]
    assert missing == []


def test_every_public_function_has_an_example():
    text = "\n".join(p.read_text("utf-8") for p in (ROOT / "examples").glob("*.py"))
    doctests = {name for name, thing in public_functions().items() if ">>>" in (thing.__doc__ or "")}
    missing = [
        name
        for name in public_functions()
        if name not in doctests and not re.search(rf"\b{name.rpartition('.')[2]}\(", text)
    ]
    assert missing == []


@pytest.mark.parametrize("door", FRONT_DOORS)
def test_a_front_door_lists_what_is_behind_it(door):
    module = __import__(f"fairground.{door}", fromlist=["__all__"])
    assert sorted(module.__all__) == sorted(set(module.__all__))
    assert all(hasattr(module, name) for name in module.__all__)
