"""A community's business plan as a document (.docx) that any office program opens and people can edit.

It holds the verdict in plain words, the chart, each table with its headings, every assumption as it was
typed, the funders' rules, what is not known, and the sources. Written with python-docx (Office Open XML,
ISO/IEC 29500).
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from fairground.evidence import Answer
from fairground.report.charts import Span, fan, png
from fairground.report.layout import as_table, cell_text, source_line
from fairground.report.numbers import pounds
from fairground.report.words import column, columns, headline, say

FIXED = datetime(2026, 1, 1, tzinfo=UTC)  # so that one plan gives one file, byte for byte but for the packing
FEW = ("year", "takings", "running", "mended", "to_lenders", "to_members", "end_money")
CHANCE = ("year", "dry_by", "end_money_low", "end_money_middle", "end_money_high", "lender_cover_low")
PARTS = {
    "about": "About",
    "spending": "What is bought",
    "grants": "Grants",
    "shares": "Community shares",
    "loans": "Loans",
    "income": "Income",
    "costs": "Running costs",
    "repairs": "Repairs",
    "reserves": "Reserves",
    "risks": "Chance",
    "facts": "The group and the building",
}


def as_docx(answer: Answer[Any], funders: Answer[Any], entries: Mapping[str, Any]) -> bytes:
    """Return the business plan as a .docx file.

    Parameters
    ----------
    answer : the answer of `questions.wealth.finance.viability`. funders : that of `fitting`.
    entries : the plan as tables of text, as `wealth.finance.tables` gives it.
    """
    paper = Document()
    _dress(paper)
    value = answer.value
    paper.core_properties.title = value.name
    paper.core_properties.author = "Written with Fairground"
    paper.core_properties.created = paper.core_properties.modified = FIXED
    paper.add_heading(value.name, 0)
    if value.place:
        paper.add_paragraph(value.place)
    _verdict(paper, answer)
    _tables(paper, answer)
    paper.add_heading("Funders and their rules", 1)
    for step in funders.steps:
        paper.add_paragraph(say(step), style="List Bullet")
    _table(paper, *_picked(funders, "rows", ("funder_name", "rule_words", "finding", "written_in")))
    paper.add_heading("What the plan assumes", 1)
    for name, words in PARTS.items():
        _assumed(paper, words, name, entries.get(name))
    paper.add_heading("Sources", 1)
    for source in dict.fromkeys((*answer.sources, *funders.sources)):
        paper.add_paragraph(source_line(source), style="List Bullet")
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def entry_name(part: str, name: str) -> str:
    """Return what an entry of a plan is called, such as "How full" for `occupancy` of `income`."""
    own = f"plan_{part}_{name}"
    return columns()[own] if own in columns() else column(f"plan_{name}")


def _dress(paper: Paper) -> None:
    section = paper.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    paper.styles["Normal"].font.size = Pt(10.5)
    paper.styles["Normal"].font.name = "Calibri"


def _verdict(paper: Paper, answer: Answer[Any]) -> None:
    paper.add_heading("Does the plan hold?", 1)
    paper.add_paragraph().add_run(headline(answer)).bold = True
    for step in answer.steps[1:]:
        if ".unknown" not in step.code:
            paper.add_paragraph(say(step), style="List Bullet")
    rows = answer.value.luck
    spans = [Span(f"{r.year}", r.end_money_low, r.end_money_middle, r.end_money_high) for r in rows]
    title = (
        "Money that may be spent at the end of each year: the middle try, and where eight tries in ten lie"
    )
    picture = fan(spans, title=title, write=lambda v: pounds(round(v)), inked=True)
    paper.add_picture(io.BytesIO(png(picture)), width=Cm(15))
    shape = paper.inline_shapes[-1]._inline.docPr
    shape.set("descr", title)
    paper.add_paragraph(title, style="Caption")
    paper.add_heading("What this does not know", 2)
    for step in answer.steps[1:]:
        if ".unknown" in step.code:
            paper.add_paragraph(say(step), style="List Bullet")


def _tables(paper: Paper, answer: Answer[Any]) -> None:
    paper.add_heading("Where the money comes from and goes to", 1)
    _table(paper, *_picked(answer, "money", ("side", "money_for", "sum_pounds")))
    paper.add_heading("Year by year, if all goes as expected", 1)
    _table(paper, *_picked(answer, "rows", FEW))
    paper.add_heading("Year by year, with luck good and bad", 1)
    _table(paper, *_picked(answer, "luck", CHANCE))
    for part in ("levers", "causes"):
        if getattr(answer.value, part):
            paper.add_heading(column(part), 1)
            _table(paper, *_picked(answer, part, as_table(answer, part)[0]))


def _picked(answer: Answer[Any], part: str, wanted: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    names, rows = as_table(answer, part)
    places = [names.index(name) for name in wanted]
    return [column(name) for name in wanted], [[cell_text(row[p], names[p]) for p in places] for row in rows]


def _table(paper: Paper, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    drawn = paper.add_table(rows=1, cols=len(heads), style="Light Grid Accent 1")
    drawn.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated on each page
    for cell, words in zip(drawn.rows[0].cells, heads, strict=True):
        cell.text = words
    for row in rows:
        for cell, words in zip(drawn.add_row().cells, row, strict=True):
            cell.text = words
            if words[:1] in "£−+0123456789" and words:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for line in drawn.rows:
        for cell in line.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9)
    paper.add_paragraph()


def _assumed(paper: Paper, words: str, part: str, held: Any) -> None:
    lines = [held] if isinstance(held, Mapping) else list(held or ())
    if not lines:
        return
    paper.add_heading(words, 2)
    for line in lines:
        told = "; ".join(f"{entry_name(part, name)}: {text}" for name, text in line.items() if name != "name")
        lead = f"{line['name']}. " if "name" in line else ""
        paper.add_paragraph(lead + told, style="List Bullet")
