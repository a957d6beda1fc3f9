# SPDX-License-Identifier: Apache-2.0
# bundle_page(SOURCE FOLDER STAMP): the studio's page, bundled from SOURCE into FOLDER; STAMP is written after it.
# Packages come by name from npm's registry, with the digests of package-lock.json, once.
function(bundle_page source folder stamp)
  find_program(ATELIER_NODE node REQUIRED)  # Debian: nodejs
  find_program(ATELIER_NPM npm REQUIRED)    # Debian: npm
  mark_as_advanced(ATELIER_NODE ATELIER_NPM)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${source}/src/* ${source}/public/*)
  file(GLOB pictures CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/examples/*.png ${PROJECT_SOURCE_DIR}/examples/*.jpg)
  set(packages ${source}/node_modules/.package-lock.json)
  set(without --omit=dev)
  if(ATELIER_TESTS)  # one of which checks the page's types
    set(without --include=dev)
  endif()
  add_custom_command(OUTPUT ${packages}
    COMMAND ${ATELIER_NPM} ci ${without} --loglevel=error
    DEPENDS ${source}/package.json ${source}/package-lock.json
    WORKING_DIRECTORY ${source} COMMENT "Bringing the packages of the studio's page" VERBATIM)
  add_custom_command(OUTPUT ${stamp}
    COMMAND ${ATELIER_NODE} build.mjs --out ${folder} --examples ${PROJECT_SOURCE_DIR}/examples
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${files} ${pictures} ${source}/build.mjs ${packages}
    WORKING_DIRECTORY ${source} COMMENT "Bundling the studio's page" VERBATIM)
endfunction()
