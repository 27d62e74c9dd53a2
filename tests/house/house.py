"""What the house asks of its own files. Each check takes the files of the project and returns its complaints.

Includes run downwards only: base ← world ← {roads, chains, trade} ← evaluate ← {plan, stress, share, sail} ← report
← apps. io stands beside the models: it knows the nouns of world and no solver. The questions never include each other.
"""

import re
import subprocess
from pathlib import Path, PurePosixPath

MODELS = {"base", "world", "roads", "chains", "trade"}
QUESTIONS = {"plan", "stress", "share", "sail"}

# What the files of each room may include, besides their own room.
MAY_INCLUDE = {
    "base": set(),
    "world": {"base"},
    "roads": {"base", "world"},
    "chains": {"base", "world"},
    "trade": {"base", "world"},
    "io": {"base", "world"},
    "evaluate": MODELS,
    **{question: MODELS | {"evaluate"} for question in QUESTIONS},
    "register": {"base", "world", "io"},
    "report": MODELS | {"evaluate", "io", "register"} | QUESTIONS,
}
MAY_INCLUDE["apps"] = set(MAY_INCLUDE)

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.MULTILINE)
ANY_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<][^">]+[">])', re.MULTILINE)
# Absolute paths of somebody's machine; put together here so that this file does not hold one itself.
MACHINE_PATH = re.compile(r"(?<![\w.:/~-])/(?:" + "|".join(["work", "root", "home", "Users"]) + r")/[\w.]")
UNCHECKED_FOLDERS = {".git", "build", "node_modules", "results", "__pycache__", ".venv"}


def tracked_names(root: Path) -> list[str] | None:
    try:
        listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return listed.stdout.split("\0")[:-1] if listed.returncode == 0 else None


def all_names(root: Path) -> list[str]:
    names = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*"))]
    return [name for name in names if not UNCHECKED_FOLDERS & set(PurePosixPath(name).parts)]


def project_files(root: Path) -> dict[str, str]:
    """Text of every tracked file by its path from the root; without git, of every file."""
    tracked = tracked_names(root)
    texts = {}
    for name in all_names(root) if tracked is None else tracked:
        try:
            texts[name] = (root / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            pass  # a picture, a file just deleted, a folder: nothing to read
    return texts


def room_of(path: str) -> str | None:
    parts = PurePosixPath(path).parts
    if len(parts) > 2 and parts[0] == "gerbang":
        return parts[1]
    return "apps" if parts[0] == "apps" else None


def sources(files: dict[str, str], *endings: str):
    return ((path, text) for path, text in files.items() if path.endswith(endings))


def includes_against_the_direction(files: dict[str, str]) -> list[str]:
    complaints = []
    for path, text in sources(files, ".h", ".cpp"):
        room = room_of(path)
        if room is None:
            continue
        if room not in MAY_INCLUDE:
            complaints.append(f"{path}: the room '{room}' has no place yet; say in tests/house/house.py what it may include")
            continue
        for include in INCLUDE.findall(text):
            target = room_of(include)
            if target not in {room, None} | MAY_INCLUDE[room]:
                complaints.append(f'{path}: includes "{include}", but {room} may include only {allowed_text(room)}')
    return complaints


def allowed_text(room: str) -> str:
    return ", ".join([room, *sorted(MAY_INCLUDE[room])])


def includes_not_written_from_the_root(files: dict[str, str]) -> list[str]:
    return [
        f'{path}: no file "{include}"; includes are written from the root, as "gerbang/world/world.h"'
        for path, text in sources(files, ".h", ".cpp")
        for include in INCLUDE.findall(text)
        if include not in files
    ]


def headers_without_pragma_once(files: dict[str, str]) -> list[str]:
    return [f"{path}: lacks #pragma once" for path, text in sources(files, ".h") if "\n#pragma once\n" not in f"\n{text}"]


def own_headers_not_first(files: dict[str, str]) -> list[str]:
    """A source that includes its header first shows that the header compiles alone."""
    complaints = []
    for path, text in sources(files, ".cpp"):
        own = path.removesuffix(".cpp") + ".h"
        if own in files and ANY_INCLUDE.findall(text)[:1] != [f'"{own}"']:
            complaints.append(f'{path}: its first include is not "{own}"; so put, it shows that the header compiles alone')
    return complaints


def sources_in_no_cmake_list(files: dict[str, str]) -> list[str]:
    listed = set()
    for path, text in sources(files, "CMakeLists.txt"):
        folder = PurePosixPath(path).parent
        listed |= {(folder / name).as_posix() for name in re.findall(r"[\w./-]+\.cpp", text)}
    return [f"{path}: in no CMakeLists.txt, so nothing builds it" for path, _ in sources(files, ".cpp") if path not in listed]


def paths_of_one_machine(files: dict[str, str]) -> list[str]:
    return [
        f"{path}:{number}: an absolute path of one machine: {line.strip()[:100]}"
        for path, text in files.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if MACHINE_PATH.search(line)
    ]
