"""The example solved once for the tests of its page and its server: outcomes in FOLDER/cache, the page as FOLDER/report.html.

    solve_example.py GERBANG FOLDER
"""

import shutil
import subprocess
import sys
from pathlib import Path

gerbang, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
if not (gerbang.parent / "page.html").exists():
    print("gerbang was built without its page (npm was missing)")
    sys.exit(77)
shutil.rmtree(folder, ignore_errors=True)  # of another build: what is tested is this one
folder.mkdir(parents=True)
example = Path(__file__).resolve().parents[2] / "examples/nusantara"
subprocess.run([gerbang, "report", example, "--output", folder / "report.html", "--cache", folder / "cache"], check=True)
