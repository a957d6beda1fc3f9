# SPDX-License-Identifier: Apache-2.0
# What people install: the program with its models, pages for man, completions for shells, and units for systemd.
#   cpack --config build/release/CPackConfig.cmake      makes build/release/atelier_VERSION_ARCHITECTURE.deb
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME program)
set(packaging ${PROJECT_SOURCE_DIR}/packaging)
set(pages ${PROJECT_BINARY_DIR}/pages)

# The program writes its pages and completions itself.
add_custom_command(OUTPUT ${pages}/stamp
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${pages}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${pages}/man1 ${pages}/shells
  COMMAND atelier_networks help --manuals ${pages}/man1
  COMMAND gzip -9nr ${pages}/man1
  COMMAND atelier_networks help --completion bash > ${pages}/shells/atelier
  COMMAND atelier_networks help --completion zsh > ${pages}/shells/_atelier
  COMMAND atelier_networks help --completion fish > ${pages}/shells/atelier.fish
  COMMAND ${CMAKE_COMMAND} -E touch ${pages}/stamp
  DEPENDS atelier_networks COMMENT "Writing manual pages and completions" VERBATIM)
add_custom_target(atelier_pages ALL DEPENDS ${pages}/stamp)

install(TARGETS atelier_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS atelier_networks RUNTIME DESTINATION ${ATELIER_NETWORKS_DIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/models/ DESTINATION ${CMAKE_INSTALL_DATADIR}/atelier/models)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/examples/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${packaging}/copyright
        DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY ${pages}/man1 DESTINATION ${CMAKE_INSTALL_MANDIR})
install(FILES ${pages}/shells/atelier DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${pages}/shells/_atelier DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${pages}/shells/atelier.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES ${packaging}/atelier.service DESTINATION lib/systemd/system)
install(FILES ${packaging}/atelier-user.service DESTINATION lib/systemd/user RENAME atelier.service)

set(CPACK_GENERATOR DEB)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_COMPONENTS_ALL program)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR})
set(CPACK_PACKAGE_VENDOR "The Atelier authors")
set(CPACK_PACKAGE_CONTACT "The Atelier authors <atelier@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_NAME atelier)
set(CPACK_DEBIAN_PACKAGE_SECTION graphics)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "art studio on neural networks")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Repaints photographs and films in the style of paintings, paints new pictures,
writes poems, composes music, tells colours, composition and style of works,
signs them and keeps a catalogue of them, on your own machine: as commands and
as a page in the browser.")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Beside the libraries: a fast BLAS, data that libraries read, and the clients that bring packages with weights.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libopenblas0-pthread, opencv-data, python3-pip, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "timgm6mb-soundfont, npm, bash-completion")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "chromium, abcm2ps, ghostscript")
include(CPack)
