# libFuzzer executables, fuzz_<name> in the folder bin, for script/fuzz: one a file of tests/fuzz, and
# of source_document.cpp one a source of collect. They link the room that reads files and documents,
# so that `--target fuzz_targets` compiles that room and those before it alone.

add_library(tipoff_fuzz_support STATIC "${PROJECT_SOURCE_DIR}/tests/support/reading_rules.cpp")
target_include_directories(tipoff_fuzz_support PUBLIC "${PROJECT_SOURCE_DIR}/tests")
target_link_libraries(tipoff_fuzz_support PUBLIC tipoff_collect PRIVATE tipoff_warnings)
add_custom_target(fuzz_targets)

function(add_fuzz_target name source)
    add_executable(fuzz_${name} "${source}")
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    target_link_libraries(fuzz_${name} PRIVATE tipoff_fuzz_support tipoff_warnings)
    add_dependencies(fuzz_targets fuzz_${name})
endfunction()

set(source_document "${PROJECT_SOURCE_DIR}/tests/fuzz/source_document.cpp")
set(http_request "${PROJECT_SOURCE_DIR}/tests/fuzz/http_request.cpp")
file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/fuzz/*.cpp")
list(REMOVE_ITEM files "${source_document}" "${http_request}")
foreach(file IN LISTS files)
    cmake_path(GET file STEM name)
    add_fuzz_target(${name} "${file}")
endforeach()

# A source is a file of its own name.
file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/collect/sources/*.cpp")
foreach(file IN LISTS files)
    cmake_path(GET file STEM name)
    file(STRINGS "${file}" defines_source REGEX "\\.name = \"${name}\"")
    if(defines_source)
        add_fuzz_target(${name} "${source_document}")
        target_compile_definitions(fuzz_${name} PRIVATE "TIPOFF_FUZZ_SOURCE=\"${name}\"")
    endif()
endforeach()

# What stands between a request and its handler, without the rooms behind the handlers.
set(routing_sources "${PROJECT_SOURCE_DIR}/tests/serve/request_rules.cpp")
foreach(name IN ITEMS serve/access serve/arguments serve/content serve/cursor serve/message
        serve/problem serve/rate_limit serve/route serve/documents/json serve/documents/listing
        operate/token_table operate/tokens)
    list(APPEND routing_sources "${PROJECT_SOURCE_DIR}/src/${name}.cpp")
endforeach()
add_library(tipoff_fuzz_routing STATIC ${routing_sources})
target_include_directories(tipoff_fuzz_routing PUBLIC "${PROJECT_SOURCE_DIR}/tests")
target_link_libraries(tipoff_fuzz_routing PUBLIC tipoff_collect
    PRIVATE tipoff_warnings nlohmann_json::nlohmann_json sodium::sodium ZLIB::ZLIB)
add_fuzz_target(http_request "${http_request}")
target_link_libraries(fuzz_http_request PRIVATE tipoff_fuzz_routing)
