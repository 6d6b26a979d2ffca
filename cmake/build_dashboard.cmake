# Builds the pages of WEB (npm ci where node_modules is older than its lock file, then npm run build)
# and copies web/dist to OUTPUT. Called as a script: -DNPM=... -DWEB=... -DOUTPUT=...

# node_modules and dist are shared by all build folders: they take turns.
file(LOCK "${WEB}/../build/dashboard.lock" GUARD PROCESS)

# run_npm(ARGUMENTS...): what it says is shown where it fails.
function(run_npm)
    execute_process(COMMAND "${NPM}" ${ARGN} WORKING_DIRECTORY "${WEB}"
        OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE failed)
    if(failed)
        list(JOIN ARGN " " command)
        message(FATAL_ERROR "npm ${command} failed in ${WEB}:\n${said}\n"
            "-DTIPOFF_DASHBOARD=OFF builds without the dashboard")
    endif()
endfunction()

set(installed "${WEB}/node_modules/.package-lock.json")
if(NOT EXISTS "${installed}" OR "${WEB}/package-lock.json" IS_NEWER_THAN "${installed}")
    # As with DuckDB, nothing of a package is run while it is unpacked.
    run_npm(ci --ignore-scripts --prefer-offline --no-audit --no-fund)
    file(TOUCH "${installed}")
endif()
run_npm(run build)
if(NOT EXISTS "${WEB}/dist/index.html")
    message(FATAL_ERROR "npm run build made no dist/index.html in ${WEB}")
endif()
file(REMOVE_RECURSE "${OUTPUT}")
file(COPY "${WEB}/dist/" DESTINATION "${OUTPUT}")
