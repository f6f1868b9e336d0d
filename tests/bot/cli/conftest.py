"""The `silta` command inside this process, for everything that needs no process of its own."""

import io
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from bot.cli import main
from bot.settings import Settings
from tests.bot.cli.stage import Ended

Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs `silta WORDS` in an empty folder, with these settings and these bytes on standard input."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)

    def run_silta(*words: str, said: bytes = b"", **settings: str) -> Ended:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["silta", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(said), encoding="utf-8"))
        capsys.readouterr()
        code: object = 0
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        heard = capsys.readouterr()
        assert isinstance(code, int)
        return Ended(code, heard.out, heard.err)

    yield run_silta
    # The command sends its log to the standard error of this test, which nobody may write to afterwards.
    structlog.reset_defaults()
    logging.basicConfig(force=True, handlers=[logging.NullHandler()])
