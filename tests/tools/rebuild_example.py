"""Builds the example anew and compares it with the committed tables, byte for byte."""

import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77
MADE_BY_HAND = {"README.md", "LICENSES.md", "cooperation_stage.csv", "observation.csv", "register"}
MADE_APART = {"outline.geojson", "sea_route.geojson"}  # by tools/make_*.py, which need world-atlas


def main():
    repository, shared = Path(sys.argv[1]), Path(sys.argv[2])
    if not (shared / "nusantara").is_dir():
        print(f"skipped: the shared data is not at {shared}")
        return SKIPPED
    committed = repository / "examples/nusantara"
    with tempfile.TemporaryDirectory() as made:
        subprocess.run([sys.executable, repository / "tools/build_nusantara.py", shared, made], check=True)
        names = {p.name for p in Path(made).iterdir()}
        expected = {p.name for p in committed.iterdir()} - MADE_BY_HAND - MADE_APART
        different = sorted(n for n in names & expected
                           if (Path(made) / n).read_bytes() != (committed / n).read_bytes())
        print(f"{len(names)} files made; different: {different or 'none'}; not committed: "
              f"{sorted(names - expected) or 'none'}; not made: {sorted(expected - names) or 'none'}")
        return 1 if different or names != expected else 0


sys.exit(main())
