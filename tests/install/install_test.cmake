# SPDX-License-Identifier: Apache-2.0
# Run by ctest, see CMakeLists.txt beside it.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGN}\nended with ${result}:\n${output}")
  endif()
endfunction()

file(REMOVE_RECURSE ${work}/first ${work}/tree ${work}/consumer)
run(${CMAKE_COMMAND} --install ${build} --prefix ${work}/first)
file(RENAME ${work}/first ${work}/tree)

# The package may name no folder of ours: it is used on machines that have none of them.
file(GLOB_RECURSE files ${work}/tree/*.cmake)
foreach(file IN LISTS files)
  file(READ ${file} text)
  foreach(folder IN ITEMS ${source} ${build})
    string(FIND "${text}" "${folder}" at)
    if(NOT at EQUAL -1)
      message(FATAL_ERROR "${file} names ${folder}")
    endif()
  endforeach()
endforeach()

set(flags "")
if(sanitize)
  set(flags "-fsanitize=${sanitize}")
endif()
if(coverage)
  string(APPEND flags " --coverage")
endif()
run(${CMAKE_COMMAND} -S ${consumer} -B ${work}/consumer -G ${generator} -D CMAKE_CXX_COMPILER=${compiler}
    -D CMAKE_BUILD_TYPE=${build_type} "-DCMAKE_CXX_FLAGS=${flags}" "-DCMAKE_PREFIX_PATH=${work}/tree;${prefix_path}")
run(${CMAKE_COMMAND} --build ${work}/consumer)
run(${work}/consumer/consumer)
if(EXISTS ${work}/tree/bin/atelier)
  run(${work}/tree/bin/atelier --version)
endif()
