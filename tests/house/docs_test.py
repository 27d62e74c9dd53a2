"""Keeps the docs true: links lead somewhere, the study format names every column that the reader knows, and every
```console block runs and prints what the page says.

In a console block each line "$ command" is run by the shell, in order, in one empty folder per page that holds
build/release/gerbang and examples/. The lines below it must occur in its output in this order; "…" stands for anything.
Commands that install or build stand in ```sh blocks, which are not run here.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
GERBANG = os.environ.get("GERBANG_COMMAND")

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def commands(block: str):
    """(command, lines that its output must hold) of a console block."""
    for chunk in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, expected = chunk.partition("\n")
        yield command, [line.strip() for line in expected.splitlines() if line.strip()]


def first_line_not_found(expected: list[str], output: str) -> str | None:
    """The first expected line that the output lacks at or after the place of the line before."""
    lines = iter(output.splitlines())
    for wanted in expected:
        pattern = re.compile(".*".join(re.escape(piece) for piece in wanted.split("…")))
        if not any(pattern.fullmatch(line.strip()) for line in lines):
            return wanted
    return None


class Docs(unittest.TestCase):
    def test_links_lead_somewhere(self):
        broken = [
            f"{page.relative_to(ROOT)}: {target}"
            for page in PAGES
            for target in LINK.findall(without_code(page.read_text(encoding="utf-8")))
            if not re.match(r"[a-z]+:|#", target) and not (page.parent / target.split("#")[0]).exists()
        ]
        self.assertFalse(broken, "\n" + "\n".join(broken))

    def test_the_study_format_names_every_column_that_the_reader_knows(self):
        format_page = (ROOT / "docs/study.md").read_text(encoding="utf-8")
        fields = (ROOT / "gerbang/world/fields.h").read_text(encoding="utf-8")
        columns = re.findall(r'\{"(\w+)", &\w+::', fields)
        self.assertGreater(len(columns), 20)
        missing = [column for column in columns if not re.search(rf"\b{column}\b", format_page)]
        self.assertFalse(missing, "docs/study.md does not name these columns of gerbang/world/fields.h")

    def test_the_matching_of_output_is_strict(self):
        self.assertIsNone(first_line_not_found(["a … c", "d"], "x\na b c\nd\n"))
        self.assertEqual(first_line_not_found(["d", "a"], "a\nd\n"), "a")
        self.assertEqual(first_line_not_found(["a b"], "a b c\n"), "a b")

    @unittest.skipUnless(GERBANG, "GERBANG_COMMAND does not name the built command")
    def test_examples_run_and_print_what_the_pages_say(self):
        for page in PAGES:
            with self.subTest(page=str(page.relative_to(ROOT))), tempfile.TemporaryDirectory() as folder:
                self.run_page(page, Path(folder))

    def run_page(self, page: Path, folder: Path):
        blocks = CONSOLE.findall(page.read_text(encoding="utf-8"))
        if not blocks:
            return
        (folder / "build/release").mkdir(parents=True)
        (folder / "build/release/gerbang").symlink_to(GERBANG)
        shutil.copytree(ROOT / "examples", folder / "examples")
        environment = os.environ | {"LC_ALL": "C.UTF-8", "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}
        for command, expected in (pair for block in blocks for pair in commands(block)):
            run = subprocess.run(
                command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, timeout=1800
            )
            printed = run.stdout + run.stderr
            self.assertEqual(run.returncode, 0, f"$ {command}\n{printed}")
            self.assertIsNone(first_line_not_found(expected, printed), f"not printed by: {command}\n{printed}")


if __name__ == "__main__":
    sys.exit(unittest.main())
