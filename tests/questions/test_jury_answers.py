"""Answers and headings of a pool as people write them: letters, other words for an age, remarks, totals."""

import pytest

from fairground.errors import BadInput
from fairground.power.juries import Target
from fairground.questions.power.volunteers import read_pool


@pytest.mark.parametrize(
    ("written", "meant"),
    [("M", "Man"), ("w ", "Woman"), ("60 and over", "60+"), ("aged 60 or over", "60+"),
     ("30 to 59 years", "30-59")],
)  # fmt: skip
def test_a_letter_or_other_words_for_the_same_ages_are_read_as_meant_and_told(tmp_path, written, meant):
    wanted = [Target("age", "30-59", 0, 9), Target("age", "60+", 0, 9), Target("sex", "Man", 0, 9)]
    wanted.append(Target("sex", "Woman", 0, 9))
    age, sex = ("60+", written) if len(written.strip()) == 1 else (written, "Man")
    file = tmp_path / "short.csv"
    file.write_text(f"id,age,sex\n1,{age},{sex}\n", "utf-8")
    read = read_pool(file, wanted)
    assert meant in read.pool.volunteers[0].values
    assert read.quality.mended == {f"“{written.strip()}” as “{meant}”": 1}


@pytest.mark.parametrize("written", ["M", "m"])
def test_a_letter_that_may_mean_two_values_is_refused(tmp_path, written):
    file = tmp_path / "short.csv"
    file.write_text(f"id,sex\n1,{written}\n", "utf-8")
    with pytest.raises(BadInput, match="is none of Man, Male"):
        read_pool(file, [Target("sex", "Man", 0, 1), Target("sex", "Male", 0, 1)])


def test_a_row_of_totals_is_left_out_and_a_row_without_answers_is_named_once(tmp_path):
    file = tmp_path / "totals.csv"
    text = "id,age,sex\n1,60+,Man\n2,,\nTotal:,,\n"
    wanted = [Target("age", "60+", 0, 9), Target("sex", "Man", 0, 9)]
    file.write_text(text, "utf-8")
    with pytest.raises(BadInput, match="1 thing must be mended: row 3 has none of the answers"):
        read_pool(file, wanted)
    file.write_text(text.replace("2,,\n", ""), "utf-8")
    assert read_pool(file, wanted).quality.dropped == {"a total": 1}


def test_a_remark_in_a_heading_is_left_out_unless_two_headings_would_be_one(tmp_path):
    wanted = [Target("sex", "Man", 0, 9)]
    file = tmp_path / "heads.csv"
    file.write_text("id,Sex (as you say it)\n1,Man\n", "utf-8")
    assert read_pool(file, wanted).pool.volunteers[0].values == ("Man",)
    file.write_text("id,Sex (now),Sex (at birth)\n1,Man,Man\n", "utf-8")
    with pytest.raises(BadInput, match=r"no such column: “sex”.*sex \(now\), sex \(at birth\)"):
        read_pool(file, [Target("sex", "Man", 0, 9)])
