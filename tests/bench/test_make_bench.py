"""`make bench` runs every module that lies in bench/ itself."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = sorted((ROOT / "bench").glob("[a-z]*.py"))

SMALL = """
from bench import answering
answering.LEARNERS, answering.AT_ONCE, answering.QUESTIONS = 3, 2, 10
raise SystemExit(answering.main())
"""


@pytest.mark.parametrize("path", BENCHMARKS, ids=[path.stem for path in BENCHMARKS])
def test_it_runs_as_a_program_and_says_how(path):
    code = path.read_text()
    assert f"python -m bench.{path.stem}" in (ast.get_docstring(ast.parse(code)) or "")
    assert '__name__ == "__main__"' in code


@pytest.mark.slow
def test_answering_is_measured_in_a_small_run():
    done = subprocess.run([sys.executable, "-c", SMALL], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    rows = {line.split()[0]: line for line in done.stdout.splitlines() if line.split()}
    assert re.search(r"100%.* 5, 5 +7, 7 ", rows["floor"])
    assert rows.keys() >= {"practice", "exam"}
