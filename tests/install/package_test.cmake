# SPDX-License-Identifier: Apache-2.0
# Run by ctest, see CMakeLists.txt beside it.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE error)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGN}\nended with ${result}:\n${output}${error}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${work})
file(MAKE_DIRECTORY ${work})
run(${cpack} --config ${build}/CPackConfig.cmake -B ${work})
file(GLOB package ${work}/atelier_*.deb)

# It asks for what the program loads, and for what it starts.
run(dpkg-deb --field ${package} Depends)
foreach(name IN ITEMS libtorch libvips libssl python3-pip opencv-data)
  if(NOT output MATCHES "${name}")
    message(FATAL_ERROR "the package does not ask for ${name}: ${output}")
  endif()
endforeach()

# Without the tree that it was built in, it finds its models and writes with them.
run(dpkg-deb --extract ${package} ${work}/unpacked)
set(program env -i HOME=${work} ${work}/unpacked/usr/bin/atelier)
run(${program} --version)
run(${program} stylize --help)
run(${program} write --form 五言绝句 --seed 1)
if(output STREQUAL "")
  message(FATAL_ERROR "the program of the package wrote no poem")
endif()
foreach(file IN ITEMS man/man1/atelier-stylize.1.gz bash-completion/completions/atelier
                      zsh/vendor-completions/_atelier fish/vendor_completions.d/atelier.fish doc/atelier/copyright)
  if(NOT EXISTS ${work}/unpacked/usr/share/${file})
    message(FATAL_ERROR "the package has no ${file}")
  endif()
endforeach()
run(${CMAKE_COMMAND} -E compare_files ${work}/unpacked/usr/share/atelier/models/fast.safetensors ${models}/fast.safetensors)
