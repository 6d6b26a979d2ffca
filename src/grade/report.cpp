#include "grade/report.h"

#include "grade/history.h"
#include "grade/report_builder.h"

namespace tipoff::grade {

GradeReport build_report(const ReportFacts& facts, const GradeRequest& request) {
    const History history(facts.player_games);
    ReportBuilder builder(request, history);
    builder.add({.player_games = facts.player_games,
                 .forecasts = {.accuracy = facts.accuracy, .picks = facts.picks},
                 .without_lines = {},
                 .lines = facts.lines});
    return builder.report({});
}

Expected<GradeReport> grade_report(store::Database& database, const GradeRequest& request) {
    TIPOFF_TRY(const ReportFacts facts, read_report_facts(database, request.dates, request.market));
    return build_report(facts, request);
}

Expected<std::int64_t> ungraded_games(store::Database& database, const store::DateScope& dates) {
    TIPOFF_TRY(
        const store::Columns rows,
        database.read("SELECT CAST(count(DISTINCT g.game_id) AS BIGINT) FROM analytics.game g "
                      "JOIN (SELECT DISTINCT game_id, market FROM "
                      "predictions.player_prop_prediction WHERE game_date BETWEEN $1 AND $2) "
                      "p ON p.game_id = g.game_id "
                      "LEFT JOIN (SELECT DISTINCT game_id, market FROM "
                      "predictions.prediction_accuracy WHERE game_date BETWEEN $1 AND $2) a "
                      "ON a.game_id = p.game_id AND a.market = p.market "
                      "WHERE g.game_date BETWEEN $1 AND $2 AND g.status = 'final' AND "
                      "g.player_rows > 0 AND a.game_id IS NULL",
                      {dates.from, dates.to}));
    return rows.data[0].integer(0);
}

Expected<std::int64_t> stale_grades(store::Database& database, const store::DateScope& dates) {
    TIPOFF_TRY(const store::Columns rows,
               database.read("SELECT CAST(count(*) AS BIGINT) FROM predictions.prediction_accuracy "
                             "a LEFT JOIN predictions.player_prop_prediction p ON p.game_id = "
                             "a.game_id AND p.player_id = a.player_id AND p.market = a.market AND "
                             "p.system_id = a.system_id AND p.as_of = a.as_of AND p.origin = "
                             "a.origin AND p.game_date BETWEEN $1 AND $2 WHERE a.game_date BETWEEN "
                             "$1 AND $2 AND (p.mean IS DISTINCT FROM a.mean OR p.sd IS DISTINCT "
                             "FROM a.sd)",
                             {dates.from, dates.to}));
    return rows.data[0].integer(0);
}

}  // namespace tipoff::grade
