# SOURCE must not compile, with an error that matches the regular expression of its first line,
# "// expect: <regex>"; with -DTIPOFF_CONTROL it must compile.
# Needs COMPILER, SOURCE, INCLUDE_DIR.

cmake_minimum_required(VERSION 3.25)

file(STRINGS "${SOURCE}" first_line LIMIT_COUNT 1)
if(NOT first_line MATCHES "^// expect: (.+)$")
    message(FATAL_ERROR "${SOURCE}:1: expected '// expect: <regex>', found '${first_line}'")
endif()
set(expected "${CMAKE_MATCH_1}")

set(compile "${CMAKE_COMMAND}" -E env LC_ALL=C
    "${COMPILER}" -std=c++23 -fsyntax-only -ffp-contract=off "-I${INCLUDE_DIR}")

execute_process(COMMAND ${compile} -DTIPOFF_CONTROL "${SOURCE}"
    RESULT_VARIABLE failed ERROR_VARIABLE output)
if(failed)
    message(FATAL_ERROR "${SOURCE} must compile with -DTIPOFF_CONTROL, but:\n${output}")
endif()

execute_process(COMMAND ${compile} "${SOURCE}" RESULT_VARIABLE failed ERROR_VARIABLE output)
if(NOT failed)
    message(FATAL_ERROR "${SOURCE} compiles, and must not")
endif()
if(NOT output MATCHES "${expected}")
    message(FATAL_ERROR "${SOURCE} fails without a match of '${expected}':\n${output}")
endif()
