# SPDX-License-Identifier: Apache-2.0
# Finds oneDNN 2 and defines Onednn::Onednn. Its own package is not used: one that was built for GPUs too
# wants OpenCL to be installed for developing. Debian's libtorch uses the same library; a libtorch outside
# the system carries a oneDNN of another version, whose symbols would meet these in one program, so that
# none is used beside it.
find_path(Onednn_INCLUDE_DIR oneapi/dnnl/dnnl.hpp)
find_library(Onednn_LIBRARY dnnl)
mark_as_advanced(Onednn_INCLUDE_DIR Onednn_LIBRARY)
get_filename_component(Onednn_TORCH_PREFIX ${Libtorch_INCLUDE_DIR} DIRECTORY)
set(Onednn_FITS_TORCH OFF)
if(Onednn_TORCH_PREFIX IN_LIST CMAKE_SYSTEM_PREFIX_PATH)
  set(Onednn_FITS_TORCH ON)
endif()

set(Onednn_VERSION 0)
if(Onednn_INCLUDE_DIR)
  file(STRINGS ${Onednn_INCLUDE_DIR}/oneapi/dnnl/dnnl_version.h lines
       REGEX "define DNNL_VERSION_(MAJOR|MINOR|PATCH) [0-9]+")
  string(REGEX MATCHALL "[0-9]+" Onednn_VERSION "${lines}")
  list(JOIN Onednn_VERSION "." Onednn_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Onednn REQUIRED_VARS Onednn_LIBRARY Onednn_INCLUDE_DIR Onednn_FITS_TORCH
                                  VERSION_VAR Onednn_VERSION HANDLE_VERSION_RANGE
                                  REASON_FAILURE_MESSAGE "(Debian: libdnnl-dev)")

if(Onednn_FOUND AND NOT TARGET Onednn::Onednn)
  add_library(Onednn::Onednn SHARED IMPORTED)
  set_target_properties(Onednn::Onednn PROPERTIES IMPORTED_LOCATION ${Onednn_LIBRARY}
                                                  INTERFACE_INCLUDE_DIRECTORIES ${Onednn_INCLUDE_DIR})
endif()
