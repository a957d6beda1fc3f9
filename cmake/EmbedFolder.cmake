# SPDX-License-Identifier: Apache-2.0
# embed_folder(FOLDER OUTPUT): a C++ source that holds every file of FOLDER, made anew when one changes, comes
# or goes. It defines atelier::studio::page_files() (src/studio/api/page_files.hpp).
# As a script (cmake -DFOLDER= -DOUTPUT= -P): writes it.
if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*)
  list(SORT files)
  set(arrays "")
  set(entries "")
  set(number 0)
  foreach(file IN LISTS files)
    file(READ ${FOLDER}/${file} bytes HEX)
    string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    string(APPEND arrays "const unsigned char file_${number}[] = {\n${bytes}0};\n")
    string(APPEND entries "    {\"${file}\", text(file_${number}, sizeof file_${number} - 1)},\n")
    math(EXPR number "${number} + 1")
  endforeach()
  file(WRITE ${OUTPUT} "// Written by cmake/EmbedFolder.cmake.
#include <array>

#include \"studio/api/page_files.hpp\"

namespace atelier::studio {
namespace {

std::string_view text(const unsigned char* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

${arrays}
const auto files = std::to_array<PageFile>({
${entries}});

}  // namespace

std::span<const PageFile> page_files() {
  return files;
}

}  // namespace atelier::studio
")
  return()
endif()

set(embed_folder_script ${CMAKE_CURRENT_LIST_FILE})
function(embed_folder folder output)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${folder}/*)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} -DOUTPUT=${output} -P ${embed_folder_script}
    DEPENDS ${files} ${embed_folder_script} VERBATIM)
endfunction()
