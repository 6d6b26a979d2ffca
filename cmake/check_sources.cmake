# Fails when a source under SOURCE_DIR/src breaks a rule of the house that no compiler checks:
#   - a room includes only itself and the rooms that it may use (cmake/rooms.cmake);
#   - DuckDB's header stays behind the seam, in store/duckdb/;
#   - so does that of NATS, in coordinate/jetstream/;
#   - only base/ reads the system's clocks;
#   - randomness is seeded and the same with every standard library.

cmake_minimum_required(VERSION 3.25)

include("${CMAKE_CURRENT_LIST_DIR}/rooms.cmake")

set(breaches "")

# search(PATTERN WHAT FOLDER [EXCLUDED_FOLDER]): every line of code in FOLDER that matches PATTERN,
# a grep -E expression, is a breach. Comment lines are not code.
function(search pattern what folder)
    set(exclusion "")
    if(ARGC GREATER 3)
        set(exclusion "--exclude-dir=${ARGV3}")
    endif()
    execute_process(
        COMMAND grep --recursive --line-number --extended-regexp --include=*.h --include=*.cpp
            ${exclusion} -e "${pattern}" "${folder}"
        COMMAND grep --invert-match --extended-regexp "^[^:]*:[0-9]+: *//"
        WORKING_DIRECTORY "${SOURCE_DIR}"
        OUTPUT_VARIABLE found
        ERROR_VARIABLE problem)
    if(problem)
        message(FATAL_ERROR "grep failed: ${problem}")
    endif()
    if(found)
        set(breaches "${breaches}${what}:\n${found}" PARENT_SCOPE)
    endif()
endfunction()

file(GLOB folders RELATIVE "${SOURCE_DIR}/src" "${SOURCE_DIR}/src/*")
if(NOT folders)
    message(FATAL_ERROR "no source under ${SOURCE_DIR}/src")
endif()
set(all_rooms ${TIPOFF_ROOMS} league)

foreach(room IN LISTS folders)
    if(NOT room IN_LIST all_rooms)
        string(APPEND breaches "src/${room} is not a room of cmake/rooms.cmake\n")
        continue()
    endif()
    rooms_used_by(${room} used)
    set(forbidden ${all_rooms})
    list(REMOVE_ITEM forbidden ${room} ${used})
    list(JOIN forbidden "|" forbidden)
    if(forbidden)
        search("^ *# *include *\"(${forbidden})/" "${room} includes a room that it may not use"
            "src/${room}")
    endif()
endforeach()

search("^ *# *include *[\"<]\\.\\." "includes go from src/, as \"room/file.h\"" src)
search("^ *# *include *[<\"]duckdb" "DuckDB is used outside store/duckdb" src duckdb)
search("^ *# *include *[<\"]nats" "NATS is used outside coordinate/jetstream/" src jetstream)
search("(system|steady|high_resolution|utc)_clock::now|\\b(clock_gettime|gettimeofday) *\\(|\\btime *\\( *(nullptr|NULL|0) *\\)"
    "a clock is read outside base" src base)
search("std::random_device|std::default_random_engine|std::[a-z_]+_distribution|std::shuffle|\\bs?rand *\\("
    "randomness that no seed governs, or that differs between standard libraries" src)

if(breaches)
    message(FATAL_ERROR "\n${breaches}")
endif()
