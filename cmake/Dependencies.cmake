# SPDX-License-Identifier: Apache-2.0
# Third parties, each found once. tools/packages.txt lists the Debian packages that bring them.
find_package(Threads REQUIRED)
find_package(Torch REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)

# Torch's own flags (C++ ABI) and headers; its headers are not ours to warn about.
add_library(atelier_torch INTERFACE)
separate_arguments(atelier_torch_flags UNIX_COMMAND "${TORCH_CXX_FLAGS}")
target_compile_options(atelier_torch INTERFACE ${atelier_torch_flags})
target_include_directories(atelier_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_link_libraries(atelier_torch INTERFACE ${TORCH_LIBRARIES})

if(NOT ATELIER_CORE)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(VIPS REQUIRED IMPORTED_TARGET vips-cpp>=8.14)
  find_package(CLI11 REQUIRED)
endif()

# Zip files are Python wheels and what torch.save writes; a core build does without.
find_package(PkgConfig QUIET)
if(PKG_CONFIG_FOUND)
  pkg_check_modules(LIBZIP QUIET IMPORTED_TARGET libzip)
endif()
if(NOT LIBZIP_FOUND AND NOT ATELIER_CORE)
  message(FATAL_ERROR "libzip is missing (Debian: libzip-dev)")
endif()
