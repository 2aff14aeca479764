"""How answers are shown: as text, as JSON, as a table, as charts, in plain words.

The engine gives codes and facts; the words are in `messages/`. The first step of an answer is its
headline: one plain sentence. The rest is its working.
"""

from fairground.report.layout import as_csv, as_json, as_table, as_text, cell_text, parts
from fairground.report.words import headline, say, working

__all__ = ["as_csv", "as_json", "as_table", "as_text", "cell_text", "headline", "parts", "say", "working"]
