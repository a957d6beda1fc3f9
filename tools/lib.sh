# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Shared by quickstart, test and the scripts in this folder; sourced, never run.

# The repository's root; every script works from here.
atelier_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034  # read by the scripts that source this file
atelier_program=build/release/bin/atelier

say() { printf '%s\n' "$*" >&2; }

# One sentence and exit code 1.
give_up() {
  say "$(basename "$0"): $*"
  exit 1
}

# The package names of the sections $@ of tools/packages.txt.
package_names() {
  local section line current=""
  while read -r line; do
    case $line in
      '#'* | '') ;;
      '['*']') current=${line:1:-1} ;;
      *) for section in "$@"; do [[ $section != "$current" ]] || printf '%s\n' "$line"; done ;;
    esac
  done <"$atelier_root/tools/packages.txt"
}

# Compile jobs at once: one a processor, and 1.5 GB of memory each, which torch's headers take.
build_jobs() {
  local processors kib by_memory
  processors=$(nproc)
  kib=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo)
  by_memory=$((${kib:-1500000} / 1500000))
  ((by_memory >= 1)) || by_memory=1
  echo $((processors < by_memory ? processors : by_memory))
}

# Builds target $1 of the release preset. CMake is run by hand only the first time; after that the build
# itself knows when to run it again.
build_release() {
  cd "$atelier_root" || return
  [[ -f build/release/build.ninja ]] || cmake --preset release >&2 ||
    give_up "CMake could not set the build up; the lines above say why."
  cmake --build --preset release --parallel "$(build_jobs)" --target "$1" >&2 ||
    give_up "the build failed; the lines above say why."
}

# Brings the weights of model $1. A machine that cannot have them still builds and passes its tests.
fetch_weights() {
  "$atelier_root/$atelier_program" models fetch "$1" >&2 && return
  say "The weights of $1 are not here; bring them later with: $atelier_program models fetch $1"
  return 1
}
