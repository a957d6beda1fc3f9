# SPDX-License-Identifier: Apache-2.0
# Finds nlohmann/json and defines nlohmann_json::nlohmann_json: its package, or only its headers, carried to
# a machine that has no package of it (CMAKE_PREFIX_PATH/include/nlohmann/json.hpp).
find_package(nlohmann_json 3.11 QUIET)
if(NOT TARGET nlohmann_json::nlohmann_json)
  find_path(Json_INCLUDE_DIR nlohmann/json.hpp)
  mark_as_advanced(Json_INCLUDE_DIR)
  if(Json_INCLUDE_DIR)
    add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED)
    set_target_properties(nlohmann_json::nlohmann_json PROPERTIES INTERFACE_INCLUDE_DIRECTORIES ${Json_INCLUDE_DIR})
  endif()
endif()
set(Json_READY ${nlohmann_json_DIR} ${Json_INCLUDE_DIR})
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Json REQUIRED_VARS Json_READY
                                  REASON_FAILURE_MESSAGE "(Debian: nlohmann-json3-dev)")
