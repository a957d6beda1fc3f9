# SPDX-License-Identifier: Apache-2.0
# Third parties, each found once. tools/packages.txt lists the Debian packages that bring them.
# A core build finds what it needs on a bare machine too: {fmt} comes with libtorch, the rest from a folder
# that tools/carry_core.sh fills and CMAKE_PREFIX_PATH names.
find_package(Threads REQUIRED)
find_package(Libtorch REQUIRED)
find_package(Format REQUIRED)
find_package(Json REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto SSL)
find_package(hwy REQUIRED)  # Highway
find_package(Onednn 2.6...<3)  # for the bf16 engine; a build without it refuses that engine and has the others
message(STATUS "libtorch ${Libtorch_VERSION} (${Libtorch_torch_LIBRARY}), CUDA: ${Libtorch_CUDA}")

if(NOT ATELIER_CORE)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(VIPS REQUIRED IMPORTED_TARGET vips-cpp>=8.14)
  find_package(CLI11 REQUIRED)
  pkg_check_modules(LMDB REQUIRED IMPORTED_TARGET lmdb)  # collections of pictures come in its databases
  find_package(SQLite3 3.37 REQUIRED)
  pkg_check_modules(LIBPQ REQUIRED IMPORTED_TARGET libpq>=14)  # PostgreSQL
  find_package(EXPAT 2.4 REQUIRED)  # Dublin Core comes as XML
  pkg_check_modules(QRENCODE REQUIRED IMPORTED_TARGET libqrencode)  # codes on certificates
  find_package(OpenMP REQUIRED COMPONENTS CXX)  # faiss names it
  find_package(faiss CONFIG REQUIRED)  # look-alikes among many (Debian: libfaiss-dev)
  find_package(Opencv REQUIRED)  # faces and the motion between frames
  pkg_check_modules(FFMPEG REQUIRED IMPORTED_TARGET libavformat>=59.27 libavcodec libavutil libswscale libswresample)
  find_package(Boost 1.74 REQUIRED)  # Asio and Beast, headers alone: the studio's HTTP (Debian: libboost-dev)
  find_package(ZLIB REQUIRED)  # the studio's answers (Debian: zlib1g-dev)
  find_package(CURL 7.85 REQUIRED)  # stores of objects, webhooks (Debian: libcurl4-openssl-dev)
  pkg_check_modules(FLUIDSYNTH REQUIRED IMPORTED_TARGET fluidsynth>=2.2)  # notes become sound
endif()

# Zip files are Python wheels and what torch.save writes, .tgz files npm packages; ICU knows how Chinese characters
# are read and simplified. A core build does without.
find_package(PkgConfig QUIET)
if(PKG_CONFIG_FOUND)
  pkg_check_modules(LIBZIP QUIET IMPORTED_TARGET libzip)
  pkg_check_modules(LIBARCHIVE QUIET IMPORTED_TARGET libarchive)
  pkg_check_modules(ICU QUIET IMPORTED_TARGET icu-i18n icu-uc)
endif()
if(NOT LIBZIP_FOUND AND NOT ATELIER_CORE)
  message(FATAL_ERROR "libzip is missing (Debian: libzip-dev)")
endif()
if(NOT LIBARCHIVE_FOUND AND NOT ATELIER_CORE)
  message(FATAL_ERROR "libarchive is missing (Debian: libarchive-dev)")
endif()
if(NOT ICU_FOUND AND NOT ATELIER_CORE)
  message(FATAL_ERROR "ICU is missing (Debian: libicu-dev)")
endif()
