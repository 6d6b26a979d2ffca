# One static library a room, src/<room>/ -> tipoff_<room>, linked with the rooms that it may use.
# The same table of rooms is checked against every #include by the test `room_order`.

# In the order that data walks: a room may use those before it.
set(TIPOFF_ROOMS base store ledger collect conform features forecast coordinate grade operate serve
    cli)

# The simulated league stands beside that walk: it uses these, and only cli and tests use it.
set(TIPOFF_LEAGUE_USES base store collect)

# rooms_used_by(ROOM RESULT): the rooms that ROOM may include and link.
function(rooms_used_by room result)
    if(room STREQUAL "league")
        set(${result} ${TIPOFF_LEAGUE_USES} PARENT_SCOPE)
        return()
    endif()
    list(FIND TIPOFF_ROOMS ${room} position)
    list(SUBLIST TIPOFF_ROOMS 0 ${position} used)
    if(room STREQUAL "cli")
        list(APPEND used league)
    endif()
    set(${result} ${used} PARENT_SCOPE)
endfunction()

# The one small source behind base/version_info.h, which changes with the commit.
function(add_version_info)
    set(output "${PROJECT_BINARY_DIR}/generated/version_info.cpp")
    add_custom_target(tipoff_version_source
        COMMAND "${CMAKE_COMMAND}" "-DSOURCE_DIR=${PROJECT_SOURCE_DIR}"
            "-DVERSION=${PROJECT_VERSION}" "-DOUTPUT=${output}"
            -P "${PROJECT_SOURCE_DIR}/cmake/write_version_info.cmake"
        BYPRODUCTS "${output}"
        COMMENT "Reading the commit")
    add_library(tipoff_version STATIC "${output}")
    add_dependencies(tipoff_version tipoff_version_source)
    target_include_directories(tipoff_version PRIVATE "${PROJECT_SOURCE_DIR}/src")
    target_link_libraries(tipoff_version PRIVATE tipoff_strict_warnings)
endfunction()

# Third-party libraries by room. PUBLIC ones may show in a room's headers.
function(link_third_party room)
    if(room STREQUAL "base")
        target_link_libraries(tipoff_base
            PUBLIC tipoff_version fmt::fmt spdlog::spdlog date::date-tz
            PRIVATE CURL::libcurl sodium::sodium utf8proc::utf8proc xxhash::xxhash ZLIB::ZLIB
                Threads::Threads)
    elseif(room STREQUAL "store")
        target_link_libraries(tipoff_store PRIVATE DuckDB::DuckDB pq::pq)
    elseif(room STREQUAL "collect")
        target_link_libraries(tipoff_collect
            PUBLIC simdjson::simdjson
            PRIVATE ZLIB::ZLIB zstd::zstd gumbo::gumbo poppler-cpp::poppler-cpp
                nlohmann_json::nlohmann_json)
    elseif(room STREQUAL "forecast")
        target_link_libraries(tipoff_forecast
            PRIVATE xgboost::xgboost nlohmann_json::nlohmann_json)
    elseif(room STREQUAL "coordinate")
        target_link_libraries(tipoff_coordinate PRIVATE nats::nats nlohmann_json::nlohmann_json)
    elseif(room STREQUAL "operate")
        target_link_libraries(tipoff_operate PRIVATE nlohmann_json::nlohmann_json yaml-cpp)
    elseif(room STREQUAL "serve")
        target_link_libraries(tipoff_serve
            PRIVATE cpp-httplib::cpp-httplib prometheus-cpp::core sodium::sodium ZLIB::ZLIB
                nlohmann_json::nlohmann_json)
    elseif(room STREQUAL "league")
        target_link_libraries(tipoff_league PRIVATE ZLIB::ZLIB nlohmann_json::nlohmann_json)
    elseif(room STREQUAL "cli")
        target_link_libraries(tipoff_cli
            PRIVATE tipoff_dashboard CLI11::CLI11 nlohmann_json::nlohmann_json yaml-cpp)
    endif()
endfunction()

# sql/migrations/*.sql as a source of the store.
function(add_migrations)
    set(output "${PROJECT_BINARY_DIR}/generated/migrations.cpp")
    file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/sql/migrations/*.sql")
    add_custom_command(OUTPUT "${output}"
        COMMAND "${CMAKE_COMMAND}" "-DMIGRATIONS_DIR=${PROJECT_SOURCE_DIR}/sql/migrations"
            "-DOUTPUT=${output}" -P "${PROJECT_SOURCE_DIR}/cmake/embed_migrations.cmake"
        DEPENDS ${files} "${PROJECT_SOURCE_DIR}/cmake/embed_migrations.cmake"
        COMMENT "Embedding the migrations")
    target_sources(tipoff_store PRIVATE "${output}")
endfunction()

# config/workflows.yaml as a source of operate: what holds where a home says nothing else.
function(add_workflows)
    set(output "${PROJECT_BINARY_DIR}/generated/default_workflows.cpp")
    set(file "${PROJECT_SOURCE_DIR}/config/workflows.yaml")
    add_custom_command(OUTPUT "${output}"
        COMMAND "${CMAKE_COMMAND}" "-DWORKFLOWS=${file}" "-DOUTPUT=${output}"
            -P "${PROJECT_SOURCE_DIR}/cmake/embed_workflows.cmake"
        DEPENDS "${file}" "${PROJECT_SOURCE_DIR}/cmake/embed_workflows.cmake"
        COMMENT "Embedding the workflows")
    target_sources(tipoff_operate PRIVATE "${output}")
    install(FILES "${file}" DESTINATION share/tipoff)
endfunction()

function(add_room room)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${room}/*.cpp")
    list(REMOVE_ITEM sources "${PROJECT_SOURCE_DIR}/src/cli/main.cpp")
    if(NOT sources)
        return()
    endif()
    add_library(tipoff_${room} STATIC ${sources})
    compile_alone(tipoff_${room})
    target_include_directories(tipoff_${room} PUBLIC "${PROJECT_SOURCE_DIR}/src")
    target_link_libraries(tipoff_${room} PRIVATE tipoff_strict_warnings)
    rooms_used_by(${room} used)
    foreach(other IN LISTS used)
        if(TARGET tipoff_${other})
            target_link_libraries(tipoff_${room} PUBLIC tipoff_${other})
        endif()
    endforeach()
    if(room STREQUAL "store")
        add_migrations()
    elseif(room STREQUAL "operate")
        add_workflows()
    endif()
    link_third_party(${room})
endfunction()

# All rooms that exist. The league comes before cli here, as cli links it.
macro(tipoff_add_rooms)
    add_version_info()
    foreach(room IN LISTS TIPOFF_ROOMS)
        if(room STREQUAL "cli")
            add_room(league)
        endif()
        add_room(${room})
    endforeach()
endmacro()

# The one executable, and its private library beside it once installed.
function(tipoff_add_program)
    file(GLOB main CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/cli/main.cpp")
    if(NOT main)
        return()
    endif()
    add_executable(tipoff "${main}")
    target_link_libraries(tipoff PRIVATE tipoff_cli tipoff_strict_warnings)
    set_target_properties(tipoff PROPERTIES INSTALL_RPATH "$ORIGIN/../lib/tipoff")
    install(TARGETS tipoff RUNTIME DESTINATION bin)
    install(FILES "${TIPOFF_DUCKDB_ROOT}/lib/libduckdb.so" DESTINATION lib/tipoff
        PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
            WORLD_READ WORLD_EXECUTE)
endfunction()
