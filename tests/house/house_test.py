"""Holds the project to its own rules (house.py), and shows on small made-up trees that each rule is really enforced."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import house  # noqa: E402

FILES = house.project_files(Path(__file__).resolve().parents[2])


class House(unittest.TestCase):
    def assert_none(self, complaints: list[str]):
        self.assertFalse(complaints, "\n" + "\n".join(complaints))

    def test_includes_run_downwards(self):
        self.assert_none(house.includes_against_the_direction(FILES))

    def test_includes_are_written_from_the_root(self):
        self.assert_none(house.includes_not_written_from_the_root(FILES))

    def test_headers_are_included_once(self):
        self.assert_none(house.headers_without_pragma_once(FILES))

    def test_sources_include_their_own_header_first(self):
        self.assert_none(house.own_headers_not_first(FILES))

    def test_every_source_is_built(self):
        self.assert_none(house.sources_in_no_cmake_list(FILES))

    def test_no_file_knows_a_machine(self):
        self.assert_none(house.paths_of_one_machine(FILES))

    def test_the_rules_are_enforced(self):
        self.assertEqual(wrong_includes("gerbang/world/a.cpp", "gerbang/trade/b.h"), 1)
        self.assertEqual(wrong_includes("gerbang/roads/a.cpp", "gerbang/chains/b.h"), 1)
        self.assertEqual(wrong_includes("gerbang/plan/a.cpp", "gerbang/stress/b.h"), 1)
        self.assertEqual(wrong_includes("gerbang/io/a.cpp", "gerbang/evaluate/b.h"), 1)
        self.assertEqual(wrong_includes("gerbang/evaluate/a.cpp", "gerbang/io/b.h"), 1)
        self.assertEqual(wrong_includes("gerbang/evaluate/a.cpp", "apps/gerbang/b.h"), 1)
        self.assertEqual(wrong_includes("gerbang/cellar/a.cpp", "gerbang/base/b.h"), 1)
        self.assertEqual(wrong_includes("gerbang/evaluate/a.cpp", "gerbang/trade/b.h"), 0)
        self.assertEqual(wrong_includes("gerbang/report/a.cpp", "gerbang/share/b.h"), 0)
        self.assertEqual(wrong_includes("apps/gerbang/a.cpp", "gerbang/report/b.h"), 0)
        self.assertEqual(wrong_includes("tests/base/a.cpp", "gerbang/report/b.h"), 0)
        self.assertEqual(len(house.includes_not_written_from_the_root({"gerbang/base/a.h": '#include "b.h"\n'})), 1)
        self.assertEqual(len(house.headers_without_pragma_once({"a.h": "// #pragma once, it says\n"})), 1)
        self.assertEqual(house.headers_without_pragma_once({"a.h": "#pragma once\n"}), [])
        pair = {"a/b.h": "", "a/b.cpp": '#include "a/b.h"\n#include <vector>\n'}
        self.assertEqual(house.own_headers_not_first(pair), [])
        self.assertEqual(len(house.own_headers_not_first(pair | {"a/b.cpp": '#include <vector>\n#include "a/b.h"\n'})), 1)
        tree = {"x/CMakeLists.txt": "add_library(x STATIC\n  a.cpp)", "x/a.cpp": "", "x/b.cpp": ""}
        self.assertEqual(len(house.sources_in_no_cmake_list(tree)), 1)
        somewhere = "/".join(["", "home", "ani", "study"])
        self.assertEqual(len(house.paths_of_one_machine({"a.md": f"see {somewhere}", "b.md": f"https://x.org{somewhere}"})), 1)


def wrong_includes(path: str, include: str) -> int:
    return len(house.includes_against_the_direction({path: f'#pragma once\n  # include "{include}"\n'}))


if __name__ == "__main__":
    unittest.main()
