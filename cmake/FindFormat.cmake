# SPDX-License-Identifier: Apache-2.0
# Finds {fmt} and defines fmt::fmt. A libtorch outside the system carries its own copy, which its headers
# put before any other; then that copy is used, header-only, so that a program has one {fmt}.
if(Libtorch_INCLUDE_DIR AND EXISTS ${Libtorch_INCLUDE_DIR}/fmt/format.h)
  set(Format_INCLUDE_DIR ${Libtorch_INCLUDE_DIR})
  get_filename_component(Format_PREFIX ${Libtorch_INCLUDE_DIR} DIRECTORY)
endif()
if(NOT Format_INCLUDE_DIR OR Format_PREFIX IN_LIST CMAKE_SYSTEM_PREFIX_PATH)
  find_package(fmt QUIET)
endif()
if(NOT TARGET fmt::fmt AND Format_INCLUDE_DIR)
  add_library(fmt::fmt INTERFACE IMPORTED)
  set_target_properties(fmt::fmt PROPERTIES INTERFACE_INCLUDE_DIRECTORIES ${Format_INCLUDE_DIR}
                                            INTERFACE_COMPILE_DEFINITIONS FMT_HEADER_ONLY)
endif()
set(Format_READY ${Format_INCLUDE_DIR} ${fmt_DIR})
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Format REQUIRED_VARS Format_READY
                                  REASON_FAILURE_MESSAGE "(Debian: libfmt-dev)")
