# Read by ctest: lists the suites of one GoogleTest executable and adds an entry for each.
# Needs program, prefix.

if(NOT EXISTS "${program}")
    # A build that failed half-way must show as a failure, not as fewer tests.
    add_test("${prefix}.not_built" "${program}")
    return()
endif()

execute_process(COMMAND "${program}" --gtest_list_tests
    OUTPUT_VARIABLE listing ERROR_VARIABLE listing RESULT_VARIABLE failed)
if(failed)
    message(FATAL_ERROR "${program} cannot list its tests:\n${listing}")
endif()

# Suites start a line and end with a dot; cases are indented below them.
string(REGEX MATCHALL "(^|\n)[^ \n]+\\." suites "${listing}")
foreach(suite IN LISTS suites)
    string(STRIP "${suite}" suite)
    string(REGEX REPLACE "\\.$" "" suite "${suite}")
    add_test("${prefix}.${suite}" "${program}" "--gtest_filter=${suite}.*")
    # Shown as skipped only where no case ran at all: the summary ends in skipped cases alone.
    # OpenMP's threads would spin while they wait, and tests run side by side.
    set_tests_properties("${prefix}.${suite}" PROPERTIES
        ENVIRONMENT "OMP_WAIT_POLICY=PASSIVE"
        SKIP_REGULAR_EXPRESSION
        "\\[  PASSED  \\] 0 tests\\.\n(\\[  SKIPPED \\][^\n]*\n)+$")
    # Those that take a minute begin first, so that none is left at the end by itself. (Where the
    # tests have run before, ctest knows what each takes.)
    if(suite MATCHES "OperatedSeason$|DisturbedSeason$|/ABatch$|^Demo$|^ACalmDay$|^Cluster$")
        set_tests_properties("${prefix}.${suite}" PROPERTIES COST 60)
    endif()
endforeach()
