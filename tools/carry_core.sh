#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fills DIR with what a core build needs besides libtorch, from this machine's packages, for a machine that
# has a compiler, CMake and a PyTorch but none of them and no network:
#   tools/carry_core.sh DIR
#   cmake -B build/core -DATELIER_CORE=ON -DCMAKE_PREFIX_PATH="DIR;$(python3 -c 'import torch; print(torch.utils.cmake_prefix_path)')"
set -euo pipefail
# shellcheck source=tools/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

main() {
  (($# == 1)) || { say "usage: tools/carry_core.sh DIR"; exit 2; }
  local into=$1 architecture
  architecture=$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || gcc -print-multiarch)
  local libraries=/usr/lib/$architecture
  mkdir -p "$into/include" "$into/lib/$architecture/cmake"
  # The digests' library is carried static: its shared one may be another there, or none.
  cp -rL /usr/include/{hwy,nlohmann,openssl,gtest,gmock} "$into/include"
  cp -rL "/usr/include/$architecture/openssl" "$into/include"
  cp -rL "$libraries"/{libcrypto.a,libgtest.a,libgtest_main.a,libgmock.a,libgmock_main.a} "$into/lib/$architecture"
  cp -rL "$libraries"/libhwy.so* "$into/lib/$architecture"
  cp -rL "$libraries/cmake/GTest" "$libraries/cmake/hwy" "$into/lib/$architecture/cmake"
  say "$(du -sh "$into" | cut -f1) in $into"
}

main "$@"
