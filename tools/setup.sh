#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs those Debian packages of tools/packages.txt that are missing, and nothing else.
#   tools/setup.sh [SECTION...]     default: build test
set -euo pipefail
# shellcheck source=tools/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# Those of the packages $@ that are not installed, nor provided by one that is (npm comes with other builds of nodejs).
missing_packages() {
  local installed name
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}, ${Provides}\n' |
    sed -n 's/^installed //p' | tr ',' '\n' | sed 's/^ *//; s/ (.*//')
  for name in "$@"; do
    grep -qxF -- "$name" <<<"$installed" || printf '%s\n' "$name"
  done
}

# Runs $@ as root.
as_root() {
  if ((EUID == 0)); then "$@"; else sudo -- "$@"; fi
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@" >&2
}

# Names those of the packages $@ that the machine's package sources do not have.
unknown_packages() {
  local name policy
  for name in "$@"; do
    policy=$(LC_ALL=C apt-cache policy "$name")
    [[ $policy == *"  Candidate: "[!\(]* ]] || printf '%s ' "$name"
  done
}

install_packages() {
  local unknown
  ((EUID == 0)) || command -v sudo >/dev/null ||
    give_up "these packages are missing, and only root or sudo can install them; ask an administrator for: apt-get install $*"
  say "Installing $# packages: $*"
  apt update || say "The package lists could not be brought up to date; going on with what is there."
  unknown=$(unknown_packages "$@")
  [[ -z $unknown ]] ||
    give_up "the package sources of this machine (Debian 12 is expected) do not have: ${unknown% }"
  apt install --yes --no-install-recommends "$@" ||
    give_up "apt-get could not install: $*; its lines above say why."
}

main() {
  local wanted missing
  (($# > 0)) || set -- build test
  mapfile -t wanted < <(package_names "$@")
  command -v dpkg-query apt-get >/dev/null ||
    give_up "this is not a Debian system; install what corresponds to these packages and build with CMake: ${wanted[*]}"
  mapfile -t missing < <(missing_packages "${wanted[@]}")
  ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

main "$@"
