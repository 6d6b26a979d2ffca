# One libFuzzer executable a source: tests/fuzz/<name>.cpp -> fuzz_<name>. Run by script/fuzz.

file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/fuzz/*.cpp")
foreach(source IN LISTS sources)
    cmake_path(GET source STEM name)
    add_executable(fuzz_${name} "${source}")
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    target_link_libraries(fuzz_${name} PRIVATE tipoff_warnings)
    foreach(room IN LISTS TIPOFF_ROOMS ITEMS league)
        if(TARGET tipoff_${room})
            target_link_libraries(fuzz_${name} PRIVATE tipoff_${room})
        endif()
    endforeach()
endforeach()
