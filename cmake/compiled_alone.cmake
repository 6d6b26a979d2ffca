# Some presets compile the sources of a target several at a time (CMAKE_UNITY_BUILD), which takes
# half the work of one by one. These stand alone there: names that only they see are also names that
# only another file of their target sees. A build that finds one name defined twice wants one more
# line here, or one name for what is one thing.

set(TIPOFF_COMPILED_ALONE
    src/collect/import/
    src/collect/sources/
    src/features/families/
    tests/collect/
    tests/operate/
    src/base/webhook.cpp
    src/cli/commands/run.cpp
    src/cli/commands/runs.cpp
    src/cli/commands/schedule.cpp
    src/cli/commands/schedule_run.cpp
    src/cli/commands/serve.cpp
    src/cli/commands/token.cpp
    src/cli/commands/worker.cpp
    src/cli/hand_over.cpp
    src/cli/schedule_loop.cpp
    src/cli/serve_settings.cpp
    src/cli/write_turns.cpp
    src/collect/asking.cpp
    src/collect/notes.cpp
    src/collect/statements.cpp
    src/coordinate/worker.cpp
    src/forecast/line_blend.cpp
    src/forecast/model_registry.cpp
    src/forecast/predict.cpp
    src/forecast/reasons.cpp
    src/forecast/tree_paths.cpp
    src/league/game.cpp
    src/league/rotation.cpp
    src/league/upstreams/espn.cpp
    src/league/upstreams/identities.cpp
    src/league/upstreams/nba_gamebook.cpp
    src/league/upstreams/nba_injury_report.cpp
    src/league/upstreams/nba_stats.cpp
    src/league/upstreams/upstream.cpp
    src/operate/board_moves.cpp
    src/operate/channel_health.cpp
    src/operate/collecting.cpp
    src/operate/coverage.cpp
    src/operate/executor.cpp
    src/operate/gap_evidence.cpp
    src/operate/needs.cpp
    src/operate/problems.cpp
    src/operate/status.cpp
    src/serve/arguments.cpp
    src/serve/documents/board.cpp
    src/serve/documents/listing.cpp
    src/serve/documents/player_season.cpp
    src/serve/documents/player_shots.cpp
    src/serve/documents/player_splits.cpp
    src/serve/documents/runs.cpp
    src/serve/router.cpp
    src/store/postgres/postgres_connection.cpp
    src/store/postgres/postgres_database.cpp
    tests/cli/operating_test.cpp
    tests/cli/pipeline_test.cpp
    tests/cli/two_services_test.cpp
    tests/conform/injury_reports_test.cpp
    tests/coordinate/nats_servers.cpp
    tests/coordinate/network_test.cpp
    tests/features/zero_minutes_test.cpp
    tests/forecast/line_blend_test.cpp
    tests/forecast/similarity_pool_test.cpp
    tests/forecast/similarity_test.cpp
    tests/forecast/trained_count_test.cpp
    tests/forecast/zone_matchup_test.cpp
    tests/grade/populations_test.cpp
    tests/grade/settle_test.cpp
    tests/league/roster_test.cpp
    tests/league/upstreams/upstream_server_test.cpp
    tests/ledger/run_queue_test.cpp
    tests/ledger/state_machine_test.cpp
    tests/scenario/incident_01_vanished_worker_test.cpp
    tests/scenario/incident_03_junk_running_rows_test.cpp
    tests/scenario/incident_25_publish_test.cpp
    tests/scenario/incidents_of_a_calm_day_test.cpp
    tests/scenario/live_day_test.cpp
    tests/scenario/missing_document_test.cpp
    tests/scenario/one_path_test.cpp
    tests/scenario/operated_season_test.cpp
    tests/scenario/rebuilt_collection_test.cpp
    tests/scenario/signature_test.cpp
    tests/scenario/unfinished_dates_test.cpp
    tests/serve/routing_test.cpp
    tests/store/digest_test.cpp
    tests/store/duckdb/duckdb_database_test.cpp
    tests/store/home_test.cpp
    tests/store/merge_property_test.cpp
    tests/store/postgres/postgres_database_test.cpp)

# compile_alone(TARGET): the sources of TARGET that stand above, whole folders by their names.
function(compile_alone target)
    get_target_property(sources ${target} SOURCES)
    foreach(source IN LISTS sources)
        cmake_path(RELATIVE_PATH source BASE_DIRECTORY "${PROJECT_SOURCE_DIR}" OUTPUT_VARIABLE name)
        foreach(alone IN LISTS TIPOFF_COMPILED_ALONE)
            string(FIND "${name}" "${alone}" position)
            if(position EQUAL 0)
                set_source_files_properties("${source}" TARGET_DIRECTORY ${target}
                    PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
            endif()
        endforeach()
    endforeach()
endfunction()
