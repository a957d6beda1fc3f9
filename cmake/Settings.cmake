# SPDX-License-Identifier: Apache-2.0
# How every target of ours is compiled: language, warnings, sanitizers, coverage, compiler cache.
include(GNUInstallDirs)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON)  # an installed program finds the libtorch it was linked with
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # A precompiled header is found again only when these differences are ignored.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${CCACHE_PROGRAM})
endif()

# Carried by every target of ours; kept out of the installed package.
add_library(atelier_settings INTERFACE)
target_compile_options(atelier_settings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC 12 warns of overlapping copies inside std::string that cannot happen (GCC bug 105651).
    target_compile_options(atelier_settings INTERFACE -Wno-restrict)
  endif()
  # ccache needs it to restore what a precompiled header defines.
  target_compile_options(atelier_settings INTERFACE -fpch-preprocess)
endif()
if(ATELIER_SANITIZE)
  # Every program gets the sanitizers' run time; what is compiled under them is everything, or these modules alone.
  target_link_options(atelier_settings INTERFACE -fsanitize=${ATELIER_SANITIZE})
  set(atelier_sanitized -fsanitize=${ATELIER_SANITIZE} -fno-omit-frame-pointer)
  if(NOT ATELIER_SANITIZE_MODULES)
    target_compile_options(atelier_settings INTERFACE ${atelier_sanitized})
  endif()
endif()
if(ATELIER_COVERAGE)
  target_compile_options(atelier_settings INTERFACE --coverage)
  target_link_options(atelier_settings INTERFACE --coverage)
endif()

# Compiles the target under the sanitizers where MODULE is among those that ATELIER_SANITIZE_MODULES names.
function(atelier_sanitize target module)
  if(ATELIER_SANITIZE AND module IN_LIST ATELIER_SANITIZE_MODULES)
    target_compile_options(${target} PRIVATE ${atelier_sanitized} -O1 -g1)
  endif()
endfunction()
