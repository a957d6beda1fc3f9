# SPDX-License-Identifier: Apache-2.0
# embed_folder(FOLDER OUTPUT STAMP): a C++ source that holds every file of FOLDER, made anew whenever STAMP, which
# is written after the folder is, changes. It defines atelier::studio::page_files() (src/studio/api/page_files.hpp).
# The assembler reads the files: as arrays they would take the compiler minutes.
# As a script (cmake -DFOLDER= -DOUTPUT= -P): writes it.
if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*)
  list(SORT files)
  set(sections "")
  set(names "")
  set(entries "")
  set(number 0)
  foreach(file IN LISTS files)
    set(name atelier_page_file_${number})
    string(APPEND sections "${name}:\n.incbin \"${FOLDER}/${file}\"\n${name}_end:\n")
    string(APPEND names "HIDDEN extern const char ${name}[], ${name}_end[];\n")
    string(APPEND entries "    PageFile{\"${file}\", text(${name}, ${name}_end)},\n")
    math(EXPR number "${number} + 1")
  endforeach()
  file(WRITE ${OUTPUT} "// Written by cmake/EmbedFolder.cmake.
#include <array>

#include \"studio/api/page_files.hpp\"

asm(R\"(.section .rodata.page
${sections}.previous
)\");

#define HIDDEN __attribute__((visibility(\"hidden\")))
extern \"C\" {
${names}}

namespace atelier::studio {
namespace {

std::string_view text(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

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
function(embed_folder folder output stamp)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} -DOUTPUT=${output} -P ${embed_folder_script}
    DEPENDS ${stamp} ${embed_folder_script} VERBATIM)
endfunction()
