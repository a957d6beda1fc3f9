# SPDX-License-Identifier: Apache-2.0
# The install tree: libraries, public headers, the program, and a package for find_package(atelier). It
# names no folder of the machine that built it: third parties are found again where it is used.
include(CMakePackageConfigHelpers)

get_property(modules GLOBAL PROPERTY ATELIER_MODULES)
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME library)
install(TARGETS ${modules} EXPORT atelier ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/atelier)
install(EXPORT atelier NAMESPACE atelier:: DESTINATION ${package_dir} FILE atelierTargets.cmake)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/atelierConfig.cmake.in
  ${PROJECT_BINARY_DIR}/atelierConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/atelierConfigVersion.cmake COMPATIBILITY SameMinorVersion)
set(finders FindLibtorch.cmake FindFormat.cmake FindJson.cmake FindOnednn.cmake FindOpencv.cmake)
list(TRANSFORM finders PREPEND ${PROJECT_SOURCE_DIR}/cmake/)
install(FILES ${PROJECT_BINARY_DIR}/atelierConfig.cmake ${PROJECT_BINARY_DIR}/atelierConfigVersion.cmake ${finders}
        DESTINATION ${package_dir})
