"""What `make deep` writes about what it did not run."""

import sys

from tools import deep


def test_a_step_that_cannot_be_run_here_is_said_to_be_so(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(deep, "RESULT", tmp_path / "deep.md")
    monkeypatch.setattr(sys, "argv", ["deep", "--only", "by coverage", "--inputs", "7"])
    monkeypatch.setitem(sys.modules, "atheris", None)
    assert deep.main() == 0
    [row] = [line for line in (tmp_path / "deep.md").read_text().splitlines() if "7 inputs by coverage" in line]
    assert "not run: atheris" in row
    assert "by coverage" in capsys.readouterr().out
