#!/usr/bin/env bash
# The one script a newcomer needs. It installs the system packages that are missing (Debian 12, Ubuntu 24.04), then works.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
./do build                     build/release/gerbang with its page
./do demo                      build, then run the example: examples/nusantara
./do test [--asan | --tsan] [--strict] [CTEST OPTION…]
                               build everything and run all tests; with sanitizers; with warnings as errors
./do bench [ROOM [OPTION…]]     build the benchmarks; run that room's
./do peers NET TRIPS [FACTORS]  road assignment beside other programs' (bench/peers)
./do format [--check]          format the C++ sources, or say which are not formatted
./do lint [--tidy]             formatting, warnings as errors, the project's own rules; clang-tidy on request
./do python SCRIPT [ARGUMENT…] run a script of tools/ with the packages of tools/requirements.txt
TEXT
}

readonly BUILD_PACKAGES=(g++ cmake ninja-build libfmt-dev nlohmann-json3-dev libssl-dev libsqlite3-dev libhdf5-dev
  libtomlplusplus-dev libcli11-dev libboost-dev libeigen3-dev libgtest-dev zlib1g-dev python3)
# Programs that tests check results with: QGIS's and HDF's readers, the printed pages, the calendars.
readonly TEST_PACKAGES=(gdal-bin hdf5-tools poppler-utils python3-icalendar)
readonly CORES=$(nproc 2>/dev/null || echo 2)

say() { printf '%s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

# Runs a command with its output in a log; shows the log when it fails.
logged() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}

# ── packages ────────────────────────────────────────────────────────────────────────────────────────────────────────

# The packages of the list that dpkg does not know as installed.
missing_packages() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s\n' "$package"
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    env "$@"
  else
    sudo env "$@"
  fi
}

# Installs what is missing of the packages; when nothing is, the package manager is left alone.
need() {
  command -v dpkg-query >/dev/null || return 0  # another system: CMake will name what it does not find
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  local by_hand="sudo apt-get install ${missing[*]}"
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    fail "These packages are missing, and only root can install them (there is no sudo here):" "$by_hand"
  fi
  say "Installing: ${missing[*]}"
  local apt=(DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 -o Acquire::http::Timeout=30)
  logged build/install.log as_root "${apt[@]}" update || say "The package lists could not be renewed; trying without."
  logged build/install.log as_root "${apt[@]}" install -y --no-install-recommends "${missing[@]}" ||
    fail "The packages could not be installed. Is this machine online? When it is, run ./do again, or: $by_hand"
}

# ── building ────────────────────────────────────────────────────────────────────────────────────────────────────────

# configure PRESET [CMAKE OPTION…]
configure() {
  local preset=$1
  shift
  local launcher=()
  if command -v ccache >/dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
  logged "build/configure-$preset.log" cmake --preset "$preset" "${launcher[@]}" "$@" ||
    fail "CMake stopped (see above). What gerbang needs on Debian and Ubuntu: ${BUILD_PACKAGES[*]}"
}

# compile PRESET [TARGET…]
compile() {
  local preset=$1
  shift
  local targets=()
  [ $# -eq 0 ] || targets=(--target "$@")
  cmake --build "build/$preset" --parallel "$CORES" "${targets[@]}"
}

# Builds the page of web/ when its sources changed, and puts it beside gerbang: page PRESET. Where npm cannot be had
# gerbang does all but show its page; that is said, not hidden.
page() {
  local preset=$1 built=web/dist/page.html
  command -v npm >/dev/null || (need nodejs npm) || true
  if ! command -v npm >/dev/null; then
    say "There is no npm here, so gerbang has no page (report, serve); all else works. With Node.js 18 or newer: ./do build"
    return 0
  fi
  if [ ! -e "$built" ] || [ -n "$(find web api/openapi.yaml -name node_modules -prune -o -type f -newer "$built" -print -quit)" ]; then
    say "Building the page …"
    logged build/page.log page_bundle || { say "The page could not be built (see above); gerbang works without it."; return 0; }
  fi
  cp -f "$built" "build/$preset/page.html"
}

# The packages of the folder's lock file. Debian 12's npm 9 may stop at the end of its first run ("Exit handler never
# called"); a second one completes it.
npm_packages() {
  npm install --no-save --no-audit --no-fund || npm install --no-save --no-audit --no-fund
}

page_bundle() (
  cd web
  if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm_packages || exit 1
  fi
  npm run types && npm run check && npm run build && touch dist/page.html
)

build() {
  need "${BUILD_PACKAGES[@]}"
  configure release
  compile release gerbang
  page release
}

demo() {
  build
  build/release/gerbang run examples/nusantara --briefs
}

# ── testing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

run_tests() {
  local preset=release strict=OFF
  while [ $# -gt 0 ]; do
    case $1 in
      --asan | --tsan) preset=${1#--} ;;
      --strict) strict=ON ;;
      *) break ;;
    esac
    shift
  done
  need "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
  configure "$preset" -DGERBANG_WARNINGS_AS_ERRORS="$strict"
  compile "$preset"
  page "$preset"
  browser
  local status=0 log=build/$preset/tests.log
  ctest --test-dir "build/$preset" --parallel "$CORES" --output-on-failure "$@" | tee "$log" || status=$?
  skipped_tests "build/$preset/Testing/Temporary/LastTest.log"
  grep 'tests passed' "$log" || true
  return $status
}

# What the tests of the page need; where it cannot be had they are skipped and say so.
browser() {
  command -v npm >/dev/null || return 0
  (need chromium) || say "Chromium could not be installed: the page is not tested in a browser."
  { [ -e tests/web/node_modules/playwright-core ] && [ -e tests/web/node_modules/yaml ]; } ||
    (cd tests/web && logged ../../build/page-tests.log npm_packages) ||
    say "playwright-core and yaml could not be installed: the page is not tested in a browser."
}

# Why tests were skipped: each reason once, with its count.
skipped_tests() {
  local reasons
  reasons=$(grep -A1 ': Skipped$' "$1" | grep -v -e ': Skipped$' -e '^--$' | sort | uniq -c | sort -rn) || return 0
  printf '\nSkipped, and why:\n%s\n\n' "$reasons"
}

bench() {
  need "${BUILD_PACKAGES[@]}" libbenchmark-dev
  configure release -DGERBANG_BENCH=ON
  compile release
  local program=build/release/bench_${1:-}
  if [ -z "${1:-}" ]; then
    say "Now ./do bench with one of:" "$(cd build/release && printf '%s\n' bench_* | sed -n 's/^bench_\([a-z_]*\)$/\1/p')"
    return
  fi
  [ -x "$program" ] || fail "There is no benchmark of '$1'."
  "$program" "${@:2}"
}

# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────

# One version for everybody, which both systems have: what it prints differs between versions.
readonly CLANG_FORMAT=clang-format-14

format() {
  need "$CLANG_FORMAT"
  local mode=(-i)
  if [ "${1:-}" = --check ]; then mode=(--dry-run --Werror); fi
  find . \( -name build -o -name node_modules -o -name '.?*' \) -prune -o \( -name '*.h' -o -name '*.cpp' \) -print0 |
    xargs -0 --no-run-if-empty "$CLANG_FORMAT" "${mode[@]}"
}

lint() {
  format --check
  need "${BUILD_PACKAGES[@]}"
  configure dev
  compile dev
  ctest --test-dir build/dev --parallel "$CORES" --output-on-failure --tests-regex '^house: ' --exclude-regex examples_run
  if [ "${1:-}" = --tidy ]; then
    need clang-tidy-16
    configure tidy
    compile tidy
  fi
}

# ── tools ───────────────────────────────────────────────────────────────────────────────────────────────────────────

# with_packages LIST FOLDER [ARGUMENT…]: Python with the packages of a list, kept in a folder and renewed when the list
# changes.
with_packages() {
  need python3 python3-venv
  local list=$1 folder=$2
  shift 2
  if ! cmp -s "$list" "$folder/requirements.txt"; then
    say "Installing into $folder: $(grep -v '^#' "$list" | tr '\n' ' ')"
    logged "$folder.log" python3 -m venv "$folder" &&
      logged "$folder.log" "$folder/bin/pip" install --quiet --requirement "$list" ||
      fail "The Python packages could not be installed. Is this machine online?"
    cp "$list" "$folder/requirements.txt"
  fi
  "$folder/bin/python" "$@"
}

run_python() {
  with_packages tools/requirements.txt build/venv "$@"
}

peers() {
  need "${BUILD_PACKAGES[@]}" libbenchmark-dev
  configure release -DGERBANG_BENCH=ON
  compile release gerbang bench_frank_wolfe
  with_packages bench/peers/requirements.txt build/venv-peers bench/peers/peers.py "$@"
}

verb=${1:-}
[ $# -eq 0 ] || shift
case $verb in
  build | demo | bench | peers | format | lint) "$verb" "$@" ;;
  test) run_tests "$@" ;;
  python) run_python "$@" ;;
  '' | help | -h | --help) usage ;;
  *) usage >&2; fail "" "./do does not know '$verb'." ;;
esac
