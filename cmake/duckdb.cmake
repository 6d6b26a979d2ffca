# DuckDB::DuckDB, the library and header that script/bootstrap unpacked, checked before use.
#
# The C header carries no version of its own, so the check has three parts: the header is, byte for
# byte, the pinned one; the library says that it is the pinned version; and every function that the
# header declares can be linked from the library.

set(TIPOFF_DUCKDB_ROOT "${PROJECT_SOURCE_DIR}/third_party/duckdb" CACHE PATH
    "Folder with include/duckdb.h and lib/libduckdb.so")
set(duckdb_header "${TIPOFF_DUCKDB_ROOT}/include/duckdb.h")
set(duckdb_library "${TIPOFF_DUCKDB_ROOT}/lib/libduckdb.so")
set(duckdb_pins "${CMAKE_CURRENT_LIST_DIR}/duckdb.pins")

function(read_duckdb_pin key result)
    file(STRINGS "${duckdb_pins}" line REGEX "^${key}=")
    string(REGEX REPLACE "^[^=]*=" "" value "${line}")
    if(value STREQUAL "")
        message(FATAL_ERROR "cmake/duckdb.pins has no ${key}")
    endif()
    set(${result} "${value}" PARENT_SCOPE)
endfunction()

# One C program that prints the library's version and takes the address of each declared function.
function(write_duckdb_probe path)
    file(STRINGS "${duckdb_header}" declarations REGEX "^DUCKDB_C_API .*duckdb_[a-z0-9_]+\\(")
    set(addresses "")
    foreach(declaration IN LISTS declarations)
        string(REGEX MATCH "(duckdb_[a-z0-9_]+)\\(" ignored "${declaration}")
        string(APPEND addresses "    (any_function)${CMAKE_MATCH_1},\n")
    endforeach()
    if(addresses STREQUAL "")
        message(FATAL_ERROR "${duckdb_header} declares no function: not DuckDB's C header")
    endif()
    file(CONFIGURE OUTPUT "${path}" CONTENT [[
#include <duckdb.h>
#include <stdio.h>
typedef void (*any_function)(void);
any_function declared_functions[] = {
@addresses@};
int main(void) { return puts(duckdb_library_version()) < 0; }
]] @ONLY)
endfunction()

function(check_duckdb)
    foreach(file IN ITEMS "${duckdb_header}" "${duckdb_library}")
        if(NOT EXISTS "${file}")
            message(FATAL_ERROR "${file} is missing: run script/bootstrap")
        endif()
    endforeach()

    read_duckdb_pin(DUCKDB_VERSION pinned_version)
    read_duckdb_pin(HEADER_SHA512 pinned_header)
    file(SHA512 "${duckdb_header}" header)
    if(NOT header STREQUAL pinned_header)
        message(FATAL_ERROR "${duckdb_header} is not the header of DuckDB ${pinned_version}: "
            "remove ${TIPOFF_DUCKDB_ROOT} and run script/bootstrap")
    endif()

    # Linking takes a second: once for each library and header, told apart by time and size.
    file(TIMESTAMP "${duckdb_library}" library_time UTC)
    file(SIZE "${duckdb_library}" library_size)
    set(seen "${header} ${library_time} ${library_size} ${pinned_version}")
    if(TIPOFF_DUCKDB_CHECKED STREQUAL seen)
        return()
    endif()

    set(probe "${PROJECT_BINARY_DIR}/duckdb_probe/probe.c")
    write_duckdb_probe("${probe}")
    try_run(ran linked "${PROJECT_BINARY_DIR}/duckdb_probe" "${probe}"
        CMAKE_FLAGS "-DINCLUDE_DIRECTORIES=${TIPOFF_DUCKDB_ROOT}/include"
                    "-DCMAKE_BUILD_RPATH=${TIPOFF_DUCKDB_ROOT}/lib"
        LINK_LIBRARIES "${duckdb_library}"
        COMPILE_OUTPUT_VARIABLE link_output
        RUN_OUTPUT_VARIABLE library_version)
    if(NOT linked)
        message(FATAL_ERROR "DuckDB's library lacks functions of its header, or is broken:\n"
            "${link_output}")
    endif()
    string(STRIP "${library_version}" library_version)
    if(NOT ran EQUAL 0 OR NOT library_version STREQUAL pinned_version)
        message(FATAL_ERROR "${duckdb_library} says '${library_version}', "
            "cmake/duckdb.pins says '${pinned_version}'")
    endif()
    message(STATUS "DuckDB ${library_version}: library and header agree")
    set(TIPOFF_DUCKDB_CHECKED "${seen}" CACHE INTERNAL "Library and header that were checked")
endfunction()

check_duckdb()

add_library(DuckDB::DuckDB SHARED IMPORTED)
set_target_properties(DuckDB::DuckDB PROPERTIES
    IMPORTED_LOCATION "${duckdb_library}"
    IMPORTED_SONAME libduckdb.so
    INTERFACE_INCLUDE_DIRECTORIES "${TIPOFF_DUCKDB_ROOT}/include")
