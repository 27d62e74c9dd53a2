"""The tool's arithmetic against closed forms."""

import math
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(sys.argv.pop(1)) / "tools"))
from nusantara import tables  # noqa: E402


class Tables(unittest.TestCase):
    def test_a_quarter_of_the_meridian_is_a_quarter_of_the_circumference(self):
        self.assertAlmostEqual(tables.great_circle_km((0, 0), (0, 90)), math.pi * 6371 / 2, places=6)

    def test_scaled_odds_meet_the_target_and_keep_the_ratio_of_odds(self):
        shares = tables.scale_odds({"a": 0.2, "b": 0.5}, {"a": 10.0, "b": 10.0}, 10.0)
        self.assertAlmostEqual(10 * shares["a"] + 10 * shares["b"], 10.0, places=9)
        odds = {k: s / (1 - s) for k, s in shares.items()}
        self.assertAlmostEqual(odds["b"] / odds["a"], (0.5 / 0.5) / (0.2 / 0.8), places=6)

    def test_a_target_beyond_the_caps_gives_the_caps(self):
        self.assertEqual(tables.scale_odds({"a": 0.2, "b": 0.0}, {"a": 1.0, "b": 1.0}, 5.0, 0.9), {"a": 0.9, "b": 0.0})

    def test_ras_keeps_the_cross_product_ratio_and_meets_the_totals(self):
        x = tables.ras([[1.0, 2.0], [3.0, 4.0]], [6.0, 4.0], [5.0, 5.0])
        self.assertAlmostEqual(x[0][0] + x[0][1], 6.0, places=9)
        self.assertAlmostEqual(x[0][1] + x[1][1], 5.0, places=9)
        self.assertAlmostEqual(x[0][0] * x[1][1] / (x[0][1] * x[1][0]), 4.0 / 6.0, places=9)

    def test_numbers_are_printed_without_exponents_or_trailing_zeros(self):
        self.assertEqual([tables.text(v) for v in (None, 0.0, 1200, 20890.0, 1128854.1, 0.00001234, -2.50)],
                         ["", "0", "1200", "20890", "1128854.1", "0.00001234", "-2.5"])


unittest.main()
