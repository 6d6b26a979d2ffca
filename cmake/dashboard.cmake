# The pages of web/, built by npm and carried by the program: the library tipoff_dashboard, which is
# dashboard_files() of serve/dashboard.h. Without TIPOFF_DASHBOARD, npm or web/ there are none.

# embed_files(TARGET FUNCTION FOLDER DEPENDS...): the files of FOLDER as a source of TARGET. FOLDER is
# read when the build comes to it, after DEPENDS.
function(embed_files target function folder)
    set(output "${PROJECT_BINARY_DIR}/generated/${function}.cpp")
    add_custom_command(OUTPUT "${output}"
        COMMAND "${CMAKE_COMMAND}" "-DFOLDER=${folder}" "-DFUNCTION=${function}"
            "-DOUTPUT=${output}" -P "${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake"
        DEPENDS ${ARGN} "${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake"
        COMMENT "Embedding ${function}")
    target_sources(${target} PRIVATE "${output}")
endfunction()

# All that the pages are made of: the files beside package.json, and folders other than what npm makes.
function(dashboard_sources web result)
    file(GLOB entries CONFIGURE_DEPENDS LIST_DIRECTORIES true "${web}/*")
    set(sources "")
    foreach(entry IN LISTS entries)
        cmake_path(GET entry FILENAME name)
        if(NOT IS_DIRECTORY "${entry}")
            list(APPEND sources "${entry}")
        elseif(NOT name MATCHES "^(node_modules|dist|tests)$")
            file(GLOB_RECURSE files CONFIGURE_DEPENDS "${entry}/*")
            list(APPEND sources ${files})
        endif()
    endforeach()
    set(${result} ${sources} PARENT_SCOPE)
endfunction()

add_library(tipoff_dashboard STATIC)
target_include_directories(tipoff_dashboard PRIVATE "${PROJECT_SOURCE_DIR}/src")
target_link_libraries(tipoff_dashboard PRIVATE tipoff_warnings)

set(web "${PROJECT_SOURCE_DIR}/web")
set(has_dashboard FALSE)
if(TIPOFF_DASHBOARD AND EXISTS "${web}/package.json")
    find_program(TIPOFF_NPM npm)
    if(TIPOFF_NPM)
        set(has_dashboard TRUE)
    else()
        message(WARNING "no npm: the program is built without its dashboard (script/bootstrap installs it)")
    endif()
endif()
if(has_dashboard)
    set(built "${PROJECT_BINARY_DIR}/dashboard")
    dashboard_sources("${web}" sources)
    add_custom_command(OUTPUT "${built}/index.html"
        COMMAND "${CMAKE_COMMAND}" "-DNPM=${TIPOFF_NPM}" "-DWEB=${web}" "-DOUTPUT=${built}"
            -P "${PROJECT_SOURCE_DIR}/cmake/build_dashboard.cmake"
        # A copy keeps the time of what was copied, which may be older than what it depends on.
        COMMAND "${CMAKE_COMMAND}" -E touch "${built}/index.html"
        DEPENDS ${sources} "${PROJECT_SOURCE_DIR}/cmake/build_dashboard.cmake"
        COMMENT "Building the dashboard")
    embed_files(tipoff_dashboard dashboard_files "${built}" "${built}/index.html")
else()
    embed_files(tipoff_dashboard dashboard_files "")
endif()
