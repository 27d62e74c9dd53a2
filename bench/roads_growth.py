"""How time and memory of road assignment grow: python3 bench/roads_growth.py [NET,TRIPS,TOLL_FACTOR,DISTANCE_FACTOR …] solves
grids of growing size, and the TNTP networks that are named, to a gap of 1e-6; prints a table and draws docs/roads-growth.svg."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from plot import Curve, log_log_plot

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "release"
GAP = "1e-6"
GRIDS = ((15, 50), (20, 100), (30, 150), (45, 300), (60, 400), (75, 500))


def solve_grid(side: int, zones: int) -> tuple[int, int, float, int, int]:
    text = subprocess.run([str(BUILD / "bench_roads_growth"), str(side), str(zones), GAP], check=True,
                          capture_output=True, text=True).stdout
    cells = text.split(",")
    return int(cells[0]), int(cells[1]), float(cells[2]), int(cells[3]), int(cells[4])


def solve_network(net: str, trips: str, toll: str, distance: str) -> tuple[int, int, float, int, int]:
    """Processor seconds of the whole command, reading included."""
    head = Path(net).read_text()
    count = {name: int(head.split(f"<NUMBER OF {name}>")[1].split()[0]) for name in ("ZONES", "LINKS")}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "result.json"
        command = subprocess.Popen([str(BUILD / "gerbang"), "assign", net, trips, "--toll-factor", toll,
                                    "--distance-factor", distance, "--gap", GAP, "--json", str(file)],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        usage = os.wait4(command.pid, 0)[2]
        iterations = json.loads(file.read_text())["iterations"]
        return count["ZONES"], count["LINKS"], usage.ru_utime + usage.ru_stime, iterations, usage.ru_maxrss // 1024


def main() -> None:
    grids = [("grid", *solve_grid(side, zones)) for side, zones in GRIDS]
    networks = [(Path(argument.split(",")[0]).parent.name, *solve_network(*argument.split(","))) for argument in sys.argv[1:]]
    print("| network | zones | links | processor seconds | iterations | MB |\n|---|---|---|---|---|---|")
    for name, zones, links, seconds, iterations, megabytes in grids + networks:
        print(f"| {name} | {zones} | {links} | {seconds:.2f} | {iterations} | {megabytes} |")

    def curve(name, rows, column):
        return Curve(name, sorted((row[1] * row[2], row[column]) for row in rows))

    log_log_plot(ROOT / "docs" / "roads-growth.svg", "zones × links", "processor seconds; MB",
                 [curve("seconds, grids", grids, 3), curve("MB, grids", grids, 5)]
                 + ([curve("seconds, networks", networks, 3), curve("MB, networks", networks, 5)] if networks else []))


if __name__ == "__main__":
    main()
