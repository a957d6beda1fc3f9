# SPDX-License-Identifier: Apache-2.0
# atelier_module(NAME SOURCES ... [DEPENDS module ...] [LINK target ...] [PRIVATE_LINK target ...] [TORCH])
#
# One static library atelier_NAME (alias atelier::NAME) for src/NAME and include/atelier/NAME. DEPENDS are
# the modules it may include, as tools/layers.txt allows; TORCH compiles against the shared precompiled
# torch header. Private headers are included as "NAME/foo.hpp", from this module, those above it and tests.
function(atelier_module name)
  cmake_parse_arguments(arg "TORCH" "" "SOURCES;DEPENDS;LINK;PRIVATE_LINK" ${ARGN})
  set(target atelier_${name})
  add_library(${target} STATIC ${arg_SOURCES})
  add_library(atelier::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(${target}
    PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
           $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>)
  target_compile_features(${target} PUBLIC cxx_std_20)
  list(TRANSFORM arg_DEPENDS PREPEND atelier_)
  target_link_libraries(${target} PUBLIC ${arg_DEPENDS} ${arg_LINK}
                                  PRIVATE ${arg_PRIVATE_LINK} $<BUILD_INTERFACE:atelier_settings>)
  atelier_sanitize(${target} ${name})
  if(arg_TORCH)
    target_link_libraries(${target} PUBLIC Libtorch::Libtorch)
    atelier_use_torch_header(${target})
  endif()
  set_property(GLOBAL APPEND PROPERTY ATELIER_MODULES ${target})
endfunction()

# Compiles the target's sources with torch's headers precompiled once for all.
function(atelier_use_torch_header target)
  if(NOT TARGET atelier_torch_header)
    file(WRITE ${PROJECT_BINARY_DIR}/torch_header.cpp "")
    add_library(atelier_torch_header OBJECT ${PROJECT_BINARY_DIR}/torch_header.cpp)
    target_link_libraries(atelier_torch_header PRIVATE Libtorch::Libtorch atelier_settings)
    target_compile_features(atelier_torch_header PRIVATE cxx_std_20)
    target_precompile_headers(atelier_torch_header PRIVATE <torch/types.h> <torch/csrc/autograd/function.h>
                              <torch/csrc/autograd/custom_function.h> <torch/csrc/autograd/autograd.h>)
  endif()
  target_precompile_headers(${target} REUSE_FROM atelier_torch_header)
endfunction()
