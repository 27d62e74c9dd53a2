"""How time and memory of trade grow: python3 bench/trade_growth.py [REPETITIONS] solves and differentiates bench_trade's
instances on one core, each in a process of its own; prints a table and draws docs/trade-growth.svg."""

import json
import os
import subprocess
import sys
from pathlib import Path

from plot import Curve, log_log_plot

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT / "build" / "release" / "bench_trade"
REGIONS = (34, 100, 250, 514, 1000)
SECTORS = (17, 50)
CASES = ("solve_cold", "adjoint_of_nation", "adjoint_of_one_region", "sweep_once", "read_kernel_once")


def measure(case: str, regions: int, sectors: int, repetitions: int) -> dict:
    """The fastest repetition: processor milliseconds as 'cpu_time', and the counters of the case."""
    text = subprocess.run([str(BENCH), f"--benchmark_filter=^{case}/regions:{regions}/sectors:{sectors}/process_time/real_time$",
                           "--benchmark_format=json", "--benchmark_min_time=0.1", f"--benchmark_repetitions={repetitions}"],
                          check=True, capture_output=True, text=True).stdout
    runs = [run for run in json.loads(text)["benchmarks"] if run["run_type"] == "iteration"]
    return min(runs, key=lambda run: run["cpu_time"])


def main() -> None:
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    rows = []
    print("| regions × sectors | solve, ms | sweeps | its memory, MB | adjoint of the nation, ms | of one region, ms | its memory, MB "
          "| one sweep, ms | reading M, ms |\n|---|---|---|---|---|---|---|---|---|")
    for sectors in SECTORS:
        for regions in REGIONS:
            solve, nation, one, sweep, read = (measure(case, regions, sectors, repetitions) for case in CASES)
            if not solve["is_converged"] or not nation["is_converged"] or not one["is_converged"]:
                sys.exit(f"{regions} × {sectors} did not converge")
            rows.append((sectors, regions, solve, nation))
            print(f"| {regions} × {sectors} | {solve['cpu_time']:.3g} | {solve['sweeps']:.0f} | {solve['peak_MB']:.0f} "
                  f"| {nation['cpu_time']:.3g} | {one['cpu_time']:.3g} | {nation['peak_MB']:.0f} | {sweep['cpu_time']:.3g} "
                  f"| {read['cpu_time']:.3g} |", flush=True)

    def curves(sectors):
        mine = [row for row in rows if row[0] == sectors]
        return [Curve(f"solve, {sectors} sectors, ms", [(row[1], row[2]["cpu_time"]) for row in mine]),
                Curve(f"adjoint, {sectors} sectors, ms", [(row[1], row[3]["cpu_time"]) for row in mine]),
                Curve(f"memory, {sectors} sectors, MB", [(row[1], row[3]["peak_MB"]) for row in mine])]

    log_log_plot(ROOT / "docs" / "trade-growth.svg", "regions", "processor milliseconds; MB",
                 [curve for sectors in SECTORS for curve in curves(sectors)])


if __name__ == "__main__":
    main()
