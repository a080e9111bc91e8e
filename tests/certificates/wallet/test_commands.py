"""Checking a file of rules from the terminal."""

from pathlib import Path

from flask import Flask

from certificates.wallet.requirements.rules import SHIPPED


def test_good_file_is_listed(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["wallet", "check-rules", str(SHIPPED)])
    assert answer.exit_code == 0
    assert "sample-state-a: SAMPLE State A" in answer.output


def test_damaged_file_is_refused_with_its_place(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(SHIPPED.read_text().replace('total = "60"', "total = 60"))
    answer = app.test_cli_runner().invoke(args=["wallet", "check-rules", str(file)])
    assert answer.exit_code == 1
    assert "total of sample-state-b takes an amount in quotes" in answer.output
