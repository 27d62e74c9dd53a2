"""What a person reads exists in Indonesian and in English. A Message cannot be made of one text; here its two texts are
compared, and what is the same in both must be names or notation."""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PART = r'"(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*'
PAIR = re.compile(r"\{(" + PART + r"),\s*(" + PART + r")\}")
VERBATIM = re.compile(r"verbatim\((" + PART + r")\)")
# Names and notation: words of the study's files, columns, options and formats.
SAME = {"table, row, column, operation, value", "a LineString", "years = [2024, …]"}
NOTATION = {"from_terminal_id", "alpha", "beta", "run"}


def text_of(literals):
    return "".join(re.findall(r'"((?:[^"\\\n]|\\.)*)"', literals))


def words_of(text):
    return set(re.findall(r"[A-Za-z_]{3,}", re.sub(r"'[^']*'|\{[^}]*\}|\.csv|\\.", " ", text)))


def sources():
    for folder in ("gerbang", "apps"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".cpp", ".h"):
                yield path.relative_to(ROOT), path.read_text(encoding="utf-8")


class Language(unittest.TestCase):
    def test_no_message_is_english_in_both_languages(self):
        left = []
        for path, text in sources():
            for first, second in PAIR.findall(text):
                indonesian, english = text_of(first), text_of(second)
                if indonesian == english and " " in english and indonesian not in SAME and words_of(english) - NOTATION:
                    left.append(f"{path}: {english}")
        self.assertEqual(left, [])

    def test_what_stands_verbatim_is_no_sentence(self):
        left = [f"{path}: {text_of(literal)}" for path, text in sources() for literal in VERBATIM.findall(text)
                if len(words_of(text_of(literal))) > 1]
        self.assertEqual(left, [])


if __name__ == "__main__":
    unittest.main()
