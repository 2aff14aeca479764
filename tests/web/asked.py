"""What each web test asks of the database, so that PostgreSQL need not be asked the same things by all.

Every web test runs on SQLite, and what it asks is written down: the statement, the line of ours that makes
it, the kinds of the values (nothing, long words, large numbers …), and whether several rows came back in
an order. PostgreSQL then runs a test if it asks anything that fewer than TIMES others ask there already, if
SQLite refused it something, if it is about transactions or other processes, if it is one of WHOLE, where
the database itself is what is tested, or if its name has one of WORDS: what comes back may then be told apart
by no statement, such as rows of one moment, which SQLite gives in the order in which they came.
"""

import json
import re
import sys
from collections import Counter
from hashlib import blake2b
from heapq import heapify, heappop, heappush
from itertools import groupby
from pathlib import Path

OURS = str(Path(__file__).resolve().parents[2] / "src" / "fairground")
WHOLE = ("audit/", "backup/", "ballots/", "jobs/", "test_database.py")
WORDS = ("_order", "_sorted", "twice", "at_once", "_nul", "_long")
TIMES = 2
LISTS = re.compile(r"(\((%s(, )?)+\)(, )?)+|%s(, %s)+")
NAMES = re.compile(r'"s\d+_x\d+"')  # of savepoints


class Notes:
    """What the tests of one process asked: a wrapper of every statement of a connection."""

    def __init__(self):
        self.asked = {}
        self.refused = []
        self.now = None
        self.test = self.last = ""

    def begin(self, test):
        """Write down from here on what a test asks."""
        self.test, self.now = test, self.asked.setdefault(test, set())

    def listen(self):
        """Hear every statement of this process's connection."""
        from django.db import connection
        from django.db.models.sql.compiler import SQLCompiler

        if self not in connection.execute_wrappers:
            connection.execute_wrappers.append(self)
        run = SQLCompiler.execute_sql
        if run.__name__ == "execute_sql":

            def execute_and_note(*arguments, **more):
                rows = run(*arguments, **more)
                self.several(rows)
                return rows

            SQLCompiler.execute_sql = execute_and_note

    def __call__(self, execute, sql, params, many, context):
        self.last = f"{place()}\n{plain(sql)}\n{kinds(params, many)}"
        self.note(self.last)
        try:
            return execute(sql, params, many, context)
        except Exception:
            self.refused.append(self.test)
            raise

    def note(self, words):
        if self.now is not None:
            self.now.add(blake2b(words.encode("utf-8", "replace"), digest_size=6).hexdigest())

    def several(self, rows):
        """Write down that the last statement gave several rows: only then is there an order."""
        if isinstance(rows, list) and sum(map(len, rows)) > 1 and "ORDER BY" in self.last:
            self.note(f"{self.last}\nseveral")

    def write(self, folder, name):
        folder.mkdir(parents=True, exist_ok=True)
        told = {
            "asked": {test: sorted(asked) for test, asked in self.asked.items()},
            "refused": sorted(set(self.refused)),
        }
        (folder / f"{name}.json").write_text(json.dumps(told), "utf-8")


def place():
    """Return the innermost line of ours that is at work, if any is."""
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_filename.startswith(OURS):
            return f"{frame.f_code.co_filename}:{frame.f_lineno}"
        frame = frame.f_back
    return ""


def plain(sql):
    """Return a statement without how many values a list has, and how a savepoint is called."""
    return NAMES.sub("savepoint", LISTS.sub("%s", str(sql)))


def kinds(params, many=False):
    """Return the kinds of the values of a statement, in their order; neighbours of one kind are one."""
    if many:
        params = [value for row in params for value in row]
    if isinstance(params, dict):
        params = list(params.values())
    return ",".join(kind for kind, _ in groupby(map(_kind, params or ())))


def _kind(value):
    if isinstance(value, str):
        long = len(value).bit_length() if len(value) > 100 else 0
        return f"text{long}{' with NUL' if chr(0) in value else ''}"
    if isinstance(value, int):
        return f"number{(value.bit_length() + 1) // 32}"
    if isinstance(value, float):
        return "number" if value - value == 0 else "no number"
    return type(value).__name__


def read(folder):
    """Return what each test asked of SQLite, and the tests in which it refused something."""
    asked, refused = {}, set()
    for file in sorted(folder.glob("*.json")):
        told = json.loads(file.read_text("utf-8"))
        asked.update({test: set(things) for test, things in told["asked"].items()})
        refused.update(told["refused"])
    if not asked:
        raise LookupError(f"{folder} holds no notes: run the tests on SQLite first, with --asked {folder}")
    return asked, refused


def needless(asked, always, times=TIMES):
    """Return the tests that ask nothing new beside the others: few that ask much are taken first."""
    seen = Counter(thing for test in always for thing in asked.get(test, ()))
    left = {test: things for test, things in asked.items() if test not in always}
    heap = [(-len(things), test) for test, things in left.items()]
    heapify(heap)
    while heap:
        _, test = heappop(heap)
        new = sum(seen[thing] < times for thing in left[test])
        if not new:
            continue
        if heap and (-new, test) > heap[0]:
            heappush(heap, (-new, test))
            continue
        seen.update(left.pop(test))
    return set(left)
