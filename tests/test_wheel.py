"""The built wheel works where the source is not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.timeout(300)
def test_the_wheel_imports_and_searches_from_another_directory(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(wheels)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = wheels.glob("dateline-*.whl")
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = environment / "bin" / "python"
    pinned = ["-r", str(_pinned(tmp_path)), str(wheel)]
    install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *pinned]
    subprocess.run(install, check=True, capture_output=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    def python_says(code: str) -> str:
        run = [str(python), "-c", code]
        return subprocess.run(
            run, cwd=elsewhere, check=True, capture_output=True, text=True
        ).stdout.strip()

    seeds = python_says("from reader.config import seeds_folder; print(seeds_folder())")
    assert str(environment) in seeds
    style = python_says(
        "from importlib.resources import files;"
        "print(files('reader.ui').joinpath('theme.tcss').is_file())"
    )
    assert style == "True"

    def dateline(*words: str) -> str:
        command = [str(environment / "bin" / "dateline"), "--library", "lib", *words]
        return subprocess.run(
            command, cwd=elsewhere, check=True, capture_output=True, text=True
        ).stdout

    report = json.loads(dateline("import", seeds, "--json"))
    assert report["added"] >= 16
    assert report["failed"] == []
    assert json.loads(dateline("search", "who:lukashenko", "--json"))["total"] == 4


def _pinned(folder: Path) -> Path:
    """The run-time part of the lock, so that the test sees the versions we ship against."""
    runtime = {
        "babel", "certifi", "charset-normalizer", "click", "courlan", "dateparser", "htmldate",
        "jinja2", "justext", "linkify-it-py", "lxml", "lxml_html_clean", "markdown-it-py",
        "markupsafe", "mdit-py-plugins", "mdurl", "mkepub", "numpy", "platformdirs", "puremagic",
        "pygments", "pystemmer", "python-dateutil", "pytz", "regex", "rich", "six", "textual",
        "tld", "trafilatura", "typing_extensions", "tzdata", "tzlocal", "urllib3", "whoosh",
    }  # fmt: skip
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.partition("==")[0].lower() in runtime]
    assert len(kept) >= 7
    pinned = folder / "pinned.txt"
    pinned.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return pinned
