"""The textbook nested loop of the trade counterfactual in NumPy, on the instance of bench/trade_instance.cpp.

For wages: for prices until they settle; for expenditure until it settles; then a step of wages along excess demand
(Alvarez & Lucas 2007). What bench_trade is compared with. ./do python bench/trade_numpy.py [REGIONS] [SECTORS] [TOLERANCE]
"""

import sys
import time

import numpy as np


def quasi(k, j):
    return np.modf(0.5 + (np.asarray(k, dtype=float) + 1.0) * np.sqrt([2.0, 3.0, 5.0, 7.0, 11.0][j]))[0]


def instance(regions, sectors):
    n = np.arange(regions)
    s = np.arange(sectors)
    dx, dy = (quasi(n, j)[:, None] - quasi(n, j)[None, :] for j in (0, 1))
    kernel = (0.02 + dx**2 + dy**2) ** -0.75
    np.fill_diagonal(kernel, 1000.0)
    weight = np.exp(3.0 * quasi(n, 2))[:, None] * (0.7 + 0.6 * quasi(n[:, None] * sectors + s, 3))
    flow = 1e-3 * kernel[None] * np.sqrt(weight.T[:, :, None] * weight.T[:, None, :])
    inputs = 0.5 * (0.8 + 0.4 * quasi(s[:, None] * sectors + s, 1)) / sectors
    iceberg = np.ones(regions * regions)
    iceberg[7::20] = 0.9
    return flow, 4.0 + 4.0 * quasi(s, 4), inputs, iceberg.reshape(regions, regions)


def solve(flow, theta, inputs, iceberg, tolerance):
    expenditure = flow.sum(axis=2)  # sector, destination
    share = flow / expenditure[:, :, None]
    output = flow.sum(axis=1)
    value_added_share = 1.0 - inputs.sum(axis=0)
    value_added = value_added_share @ output
    final = expenditure - inputs @ output
    household_share = final / final.sum(axis=0)
    deficit = final.sum(axis=0) - value_added
    wage = np.ones(flow.shape[1])
    log_price = np.zeros_like(expenditure)
    changed = share * iceberg[None] ** -theta[:, None, None]
    sweeps = 0
    while True:
        while True:  # prices
            cost = np.exp(value_added_share[:, None] * np.log(wage) + inputs.T @ log_price)
            weight = changed * cost[:, None, :] ** -theta[:, None, None]
            total = weight.sum(axis=2)
            new_log_price = -np.log(total) / theta[:, None]
            gap = np.abs(new_log_price - log_price).max()
            log_price = new_log_price
            sweeps += 1
            if gap < tolerance:
                break
        new_share = weight / total[:, :, None]
        income = wage * value_added + deficit
        while True:  # expenditure
            output = np.einsum("sni,sn->si", new_share, expenditure)
            new_expenditure = inputs @ output + household_share * income
            gap = np.abs(new_expenditure / expenditure - 1.0).max()
            expenditure = new_expenditure
            sweeps += 1
            if gap < tolerance:
                break
        excess = (value_added_share @ output) / (wage * value_added) - 1.0
        if np.abs(excess).max() < tolerance:
            return wage, income / value_added / np.exp((household_share * log_price).sum(axis=0)), sweeps
        wage = wage * (1.0 + 0.3 * excess)
        wage *= value_added.sum() / (wage * value_added).sum()


def main():
    regions, sectors, tolerance = (f(a) for f, a in zip((int, int, float), (sys.argv[1:] + ["514", "17", "1e-8"][len(sys.argv) - 1 :])))
    flow, theta, inputs, iceberg = instance(regions, sectors)
    start = time.perf_counter()
    wage, _, sweeps = solve(flow, theta, inputs, iceberg, tolerance)
    seconds = time.perf_counter() - start
    print(f"regions {regions} sectors {sectors} tolerance {tolerance:g}: {seconds:.2f} s, {sweeps} passes, "
          f"ln wage {np.log(wage).min():.12f} … {np.log(wage).max():.12f}")


if __name__ == "__main__":
    main()
