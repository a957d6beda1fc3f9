# SPDX-License-Identifier: Apache-2.0
# Finds libtorch, Debian's or one in CMAKE_PREFIX_PATH: an unpacked libtorch, or that of a Python package as
# `python -c 'import torch; print(torch.utils.cmake_prefix_path)'` says it. Defines Libtorch::Libtorch,
# Libtorch_VERSION and Libtorch_CUDA (whether it computes on CUDA devices).
#
# torch's own package is not used: one that was built for CUDA wants the whole CUDA toolkit to be installed,
# while C++ that has no kernels of its own needs only these headers and libraries.
find_path(Libtorch_INCLUDE_DIR ATen/ATen.h PATH_SUFFIXES ../../include)
if(Libtorch_INCLUDE_DIR)
  # One that was found beside a folder of programs is named by way of it: /usr/local/sbin/../../include.
  get_filename_component(Libtorch_INCLUDE_DIR ${Libtorch_INCLUDE_DIR} REALPATH)
endif()
find_path(Libtorch_API_INCLUDE_DIR torch/version.h HINTS ${Libtorch_INCLUDE_DIR}
          PATH_SUFFIXES torch/csrc/api/include)
foreach(library torch torch_cpu c10 torch_cuda c10_cuda)
  find_library(Libtorch_${library}_LIBRARY ${library} HINTS ${Libtorch_INCLUDE_DIR}/../lib PATH_SUFFIXES ../../lib)
  mark_as_advanced(Libtorch_${library}_LIBRARY)
endforeach()
mark_as_advanced(Libtorch_INCLUDE_DIR Libtorch_API_INCLUDE_DIR)

if(Libtorch_API_INCLUDE_DIR)
  set(header ${Libtorch_API_INCLUDE_DIR}/torch/version.h)
  if(EXISTS ${Libtorch_INCLUDE_DIR}/torch/headeronly/version.h)
    set(header ${Libtorch_INCLUDE_DIR}/torch/headeronly/version.h)
  endif()
  file(STRINGS ${header} lines REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH) [0-9]+")
  string(REGEX MATCHALL "[0-9]+" Libtorch_VERSION "${lines}")
  list(JOIN Libtorch_VERSION "." Libtorch_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Libtorch
  REQUIRED_VARS Libtorch_torch_LIBRARY Libtorch_torch_cpu_LIBRARY Libtorch_c10_LIBRARY Libtorch_INCLUDE_DIR
                Libtorch_API_INCLUDE_DIR
  VERSION_VAR Libtorch_VERSION
  REASON_FAILURE_MESSAGE "(Debian: libtorch-dev, or point CMAKE_PREFIX_PATH at another libtorch)")

set(Libtorch_CUDA OFF)
if(Libtorch_torch_cuda_LIBRARY AND Libtorch_c10_cuda_LIBRARY)
  set(Libtorch_CUDA ON)
endif()

if(Libtorch_FOUND AND NOT TARGET Libtorch::Libtorch)
  add_library(Libtorch::Libtorch SHARED IMPORTED)
  set_target_properties(Libtorch::Libtorch PROPERTIES
    IMPORTED_LOCATION "${Libtorch_torch_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${Libtorch_INCLUDE_DIR};${Libtorch_API_INCLUDE_DIR}")
  target_link_libraries(Libtorch::Libtorch INTERFACE ${Libtorch_torch_cpu_LIBRARY} ${Libtorch_c10_LIBRARY})
  if(Libtorch_CUDA)
    # CUDA enters by being loaded: nothing of ours names a symbol of it. Its own libraries lie where only
    # torch's know to look.
    target_link_libraries(Libtorch::Libtorch INTERFACE
      "-Wl,--no-as-needed,${Libtorch_torch_cuda_LIBRARY},${Libtorch_c10_cuda_LIBRARY},--as-needed")
    target_link_options(Libtorch::Libtorch INTERFACE -Wl,--allow-shlib-undefined)
  endif()
endif()
