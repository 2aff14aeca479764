"""The business plan as a document: whole, well-formed, with its tables, its picture and its sources."""

import io
import zipfile
from dataclasses import replace
from importlib.resources import files
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from PIL import Image

from fairground.questions.wealth.finance import viability
from fairground.questions.wealth.funders import fitting
from fairground.report import headline, working
from fairground.report.business_plan import as_docx
from fairground.report.charts import Span, fan, png
from fairground.wealth.finance import read, tables


@pytest.fixture(scope="module")
def plan():
    return read(files("fairground.web.wealth.finance").joinpath("example.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def answer(plan):
    return viability(plan, paths=60, why=20)


@pytest.fixture(scope="module")
def raw(plan, answer):
    return as_docx(answer, fitting(plan), tables(plan))


def test_every_part_of_the_document_is_well_formed(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        assert names[0] == "[Content_Types].xml"
        for name in names:
            if name.endswith((".xml", ".rels")):
                ET.fromstring(packed.read(name))
        (picture,) = [name for name in names if name.startswith("word/media/")]
        assert Image.open(io.BytesIO(packed.read(picture))).size == (880, 560)


def test_it_says_the_verdict_the_unknown_the_assumptions_and_the_sources(raw, plan, answer):
    paper = Document(io.BytesIO(raw))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert paper.core_properties.title == plan.about.name
    assert headline(answer) in text
    assert "not a measurement" in text
    assert "Roof, kitchen and access. Kind: works; Price without VAT: 140000; In month: 2" in text
    assert "The Community Shares Handbook, Co-operatives UK" in text
    heads = [one.text for one in paper.paragraphs if one.style.name == "Heading 1"]
    assert heads[0] == "Does the plan hold?"
    assert heads[-2:] == ["What the plan assumes", "Sources"]


def test_a_lever_is_not_said_to_matter_where_it_changes_nothing(plan, answer):
    assert any(step.code == "finance.lever" for step in answer.steps)
    lost = viability(replace(plan, income=(), grants=(), loans=()), paths=60, why=20)
    assert {lost.value.levers[0].dry_worse, lost.value.levers[0].dry_better} == {1.0}
    assert not any(step.code == "finance.lever" for step in lost.steps)


def test_its_tables_have_every_year_and_headings_that_repeat(raw, answer):
    paper = Document(io.BytesIO(raw))
    by_year = [table for table in paper.tables if table.cell(0, 0).text == "Year"]
    assert [len(table.rows) for table in by_year] == [26, 26]
    assert by_year[0].cell(1, 1).text == f"£{answer.value.rows[0].takings:,}"
    assert all("tblHeader" in table.rows[0]._tr.xml for table in paper.tables)
    pictures = paper.inline_shapes
    assert pictures[0]._inline.docPr.get("descr")


@pytest.mark.slow
def test_words_that_look_like_markup_stay_words(plan, answer):
    from dataclasses import replace

    odd = replace(plan, about=replace(plan.about, name="<w:p>&amp; Hall"))
    raw = as_docx(viability(odd, paths=5, why=0), fitting(odd), tables(odd))
    assert Document(io.BytesIO(raw)).paragraphs[0].text == "<w:p>&amp; Hall"


def test_a_fan_says_its_numbers_and_holds_zero():
    rows = [Span("1", -500.0, 100.0, 900.0), Span("2", -900.0, 50.0, 1500.0)]
    drawn = fan(rows, title="Money", write=lambda v: f"£{v:.0f}")
    assert "1: £100, most between £-500 and £900" in drawn
    assert "£0" in drawn
    assert 'fill="' not in drawn  # the page's own style sheet colours it
    assert png(fan(rows, title="Money", write=str, inked=True)).startswith(b"\x89PNG")
    assert fan([], title="Money", write=str) == ""
    assert "£0" in fan([Span("1", 0.0, 0.0, 0.0)], title="Money", write=lambda v: f"£{v:.0f}")


def test_grants_that_nobody_has_promised_in_writing_are_told_in_pounds(plan, answer):
    unsure = sum(one.pounds for one in plan.grants if one.status != "secured") // 100
    told = f"Of that, £{unsure:,} are grants that nobody has promised in writing yet."
    assert unsure
    assert any(told in line for line in working(answer))
    sure = replace(plan, grants=tuple(replace(one, status="secured") for one in plan.grants))
    assert not any("promised" in line for line in working(viability(sure, paths=20, why=10)))
