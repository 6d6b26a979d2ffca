# Holds build_dashboard.cmake to what it says, with a stand-in for npm that writes down how it is called.
# Called as a script: -DWORK_DIR=...

cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE "${WORK_DIR}")
set(web "${WORK_DIR}/checkout/web")
set(npm "${WORK_DIR}/npm")
file(WRITE "${web}/package.json" "{}")
file(WRITE "${web}/package-lock.json" "{}")

# stand_in(BUILD): an npm whose `run build` does this.
function(stand_in build)
    file(WRITE "${npm}" "#!/bin/sh
echo \"$*\" >>'${WORK_DIR}/calls'
case $1 in
ci) mkdir -p node_modules && : >node_modules/.package-lock.json ;;
run) ${build} ;;
esac
")
    file(CHMOD "${npm}" PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
endfunction()

# build(EXPECTED_CALLS...): runs the script; what it prints is left in `said`, and whether it failed in
# `failed`.
macro(build)
    file(REMOVE "${WORK_DIR}/calls")
    execute_process(COMMAND "${CMAKE_COMMAND}" "-DNPM=${npm}" "-DWEB=${web}"
        "-DOUTPUT=${WORK_DIR}/built" -P "${CMAKE_CURRENT_LIST_DIR}/build_dashboard.cmake"
        OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE failed)
    file(STRINGS "${WORK_DIR}/calls" calls)
    if(NOT calls STREQUAL "${ARGN}")
        message(SEND_ERROR "npm was called for '${calls}', not for '${ARGN}':\n${said}")
    endif()
endmacro()

set(install "ci --ignore-scripts --prefer-offline --no-audit --no-fund")

stand_in("mkdir -p dist/assets && echo one >dist/index.html && echo old >dist/assets/old.js")
build("${install}" "run build")
if(failed OR NOT EXISTS "${WORK_DIR}/built/assets/old.js")
    message(SEND_ERROR "the pages were not built:\n${said}")
endif()

# What is installed stays, and what is no longer built goes.
stand_in("rm -r dist && mkdir -p dist && echo two >dist/index.html")
build("run build")
file(READ "${WORK_DIR}/built/index.html" page)
if(failed OR NOT page STREQUAL "two\n" OR EXISTS "${WORK_DIR}/built/assets")
    message(SEND_ERROR "the pages are not those that were built last:\n${said}")
endif()

# Another lock file is installed anew. (An hour ahead, for the times of files are coarse.)
execute_process(COMMAND touch -d "+1 hour" "${web}/package-lock.json" COMMAND_ERROR_IS_FATAL ANY)
build("${install}" "run build")

stand_in("rm -r dist")
build("${install}" "run build")
if(NOT failed OR NOT said MATCHES "made no dist/index.html")
    message(SEND_ERROR "a build without a page passes:\n${said}")
endif()

stand_in("echo it is broken; exit 1")
build("${install}" "run build")
if(NOT failed OR NOT said MATCHES "it is broken" OR NOT said MATCHES "TIPOFF_DASHBOARD=OFF")
    message(SEND_ERROR "what is wrong is not said:\n${said}")
endif()
