# add_gtest_suites(TARGET PREFIX): one ctest entry "<PREFIX>.<suite>" for each GoogleTest suite of an
# executable, found when ctest starts. (gtest_discover_tests makes one entry a case, which sets up a
# shared fixture again for every case.)
function(add_gtest_suites target prefix)
    set(script "${CMAKE_CURRENT_BINARY_DIR}/${target}_suites.cmake")
    file(GENERATE OUTPUT "${script}" CONTENT
"set(program \"$<TARGET_FILE:${target}>\")
set(prefix \"${prefix}\")
include(\"${PROJECT_SOURCE_DIR}/cmake/add_suite_entries.cmake\")
")
    set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${script}")
endfunction()
