# Shows that check_sources.cmake finds a breach of each of its rules, and only those.
# Needs WORK_DIR, a folder to write small source trees in.

cmake_minimum_required(VERSION 3.25)

# check(NAME EXPECTED FILE TEXT): a tree of a good source and FILE with TEXT. EXPECTED is a part of
# the message, or "clean".
function(check name expected file text)
    set(tree "${WORK_DIR}/${name}")
    file(REMOVE_RECURSE "${tree}")
    file(WRITE "${tree}/src/base/clock.cpp" "auto now() { return system_clock::now(); }\n")
    file(WRITE "${tree}/src/${file}" "${text}\n")
    execute_process(COMMAND "${CMAKE_COMMAND}" "-DSOURCE_DIR=${tree}"
        -P "${CMAKE_CURRENT_LIST_DIR}/check_sources.cmake"
        RESULT_VARIABLE failed ERROR_VARIABLE output)
    if(expected STREQUAL "clean")
        if(failed)
            message(SEND_ERROR "${name}: should pass, but:\n${output}")
        endif()
        return()
    endif()
    string(FIND "${output}" "${expected}" at)
    if(NOT failed OR at EQUAL -1)
        message(SEND_ERROR "${name}: '${expected}' not found in:\n${output}")
    endif()
endfunction()

check(upward clean "store/table.h" "#include \"base/error.h\"")
check(own clean "store/table.cpp" "#include \"store/table.h\"")
check(cli_uses_league clean "cli/league.cpp" "#include \"league/season.h\"")
check(comment clean "store/table.h" "// unlike std::random_device or system_clock::now()")
check(seam clean "store/duckdb/database.cpp" "#include <duckdb.h>")
check(queue_seam clean "coordinate/jetstream/desk.cpp" "#include <nats/nats.h>")

check(downward "store includes a room" "store/table.h" "#include \"features/fold.h\"")
check(sideways "league includes a room" "league/season.h" "#include \"features/fold.h\"")
check(league_used "grade includes a room" "grade/grade.cpp" "#include \"league/season.h\"")
check(ground "base includes a room" "base/error.cpp" "#include \"store/table.h\"")
check(unknown "src/helpers is not a room" "helpers/text.h" "int x = 0;")
check(relative "includes go from src/" "store/table.cpp" "#include \"../base/error.h\"")
check(duckdb "outside store/duckdb" "store/table.cpp" "#include <duckdb.h>")
check(nats "outside coordinate/jetstream" "coordinate/worker.cpp" "#include <nats/nats.h>")
check(clock "clock is read outside base" "grade/grade.cpp" "auto t = std::chrono::steady_clock::now();")
check(c_clock "clock is read outside base" "grade/grade.cpp" "auto t = time(nullptr);")
check(random "no seed governs" "league/season.cpp" "std::normal_distribution<double> noise;")
