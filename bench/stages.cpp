#include "stages.h"

#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "features/feature_list.h"
#include "ledger/ledger.h"
#include "measuring.h"
#include "operate/backfill.h"
#include "operate/catalogue.h"
#include "operate/facts.h"
#include "operate/importing.h"
#include "single_dates.h"

namespace tipoff::bench {
namespace {

using operate::Facts;

Json stage_seconds(const operate::BackfillSeconds& seconds) {
    return {{"conform", seconds.conform},     {"fold", seconds.features},
            {"forecasts", seconds.forecasts}, {"grades", seconds.grades},
            {"write", seconds.write},         {"total", seconds.total}};
}

/// Computes the first date of the range and writes nothing: what came before it is folded then.
Expected<Json> bring_up_history(operate::Backfill& backfill, GameDate first) {
    operate::BackfillRequest request;
    request.dates = {first, first};
    request.force = true;
    request.dry_run = true;
    TIPOFF_TRY(const operate::BackfillReport report, backfill.run(request));
    return stage_seconds(report.seconds);
}

struct SeasonEnd {
    std::string season;
    double seconds = 0;
};

/// When each season's last step was written, seconds since `lap` began.
operate::BackfillProgress note_season_ends(std::vector<SeasonEnd>& ends, Lap& lap) {
    return [&ends, &lap](const operate::StepReport& step, std::size_t, std::size_t) {
        if (ends.empty() || ends.back().season != step.season) ends.push_back({step.season, 0});
        ends.back().seconds += lap.seconds();
    };
}

Expected<Json> by_season(store::Database& database, const std::vector<SeasonEnd>& ends) {
    Json seasons = Json::array();
    for (const SeasonEnd& end : ends) {
        TIPOFF_TRY(const store::Columns count,
                   database.read("SELECT CAST(count(*) AS BIGINT) FROM features.feature_store "
                                 "WHERE season = $1",
                                 {end.season}));
        seasons.push_back({{"season", end.season},
                           {"player_games", count.data[0].integer(0)},
                           {"seconds", end.seconds}});
    }
    return seasons;
}

}  // namespace

Expected<Json> measure_import(const std::filesystem::path& home_folder,
                              const std::vector<std::filesystem::path>& paths) {
    const SystemClock clock;
    Lap lap(clock);
    TIPOFF_TRY(const auto home, open_home(home_folder, clock));
    const double open_seconds = lap.seconds();
    ledger::Ledger ledger(home->database(), clock);
    TIPOFF_TRY(const collect::ImportReport report,
               operate::run_import(
                   home->database(), ledger, clock,
                   {.home = home->folder(), .paths = paths, .threads = 2, .progress = {}}));
    const double total = lap.seconds();
    return Json{{"engine", home->database().engine()},
                {"files", report.files.size()},
                {"files_dropped", report.files_dropped},
                {"rows_read", report.rows_read},
                {"rows_kept", report.rows_kept},
                {"rows_rejected", report.rows_rejected},
                {"merges", report.merges},
                {"seconds",
                 {{"open", open_seconds},
                  {"read", report.read_seconds},
                  {"resolve", report.resolve_seconds},
                  {"write", report.write_seconds},
                  {"total", total}}},
                {"peak_rss_mib", peak_rss_mib()}};
}

Expected<Json> list_seasons(const std::filesystem::path& home_folder) {
    const SystemClock clock;
    TIPOFF_TRY(const auto home, open_home(home_folder, clock));
    TIPOFF_TRY(const auto facts, Facts::load(home->database()));
    Json names = Json::array();
    for (const auto& season : all_seasons(*facts))
        names.push_back(to_string(season.season));
    return Json{{"seasons", names}};
}

Expected<Json> measure_backfill(const std::filesystem::path& home_folder, std::size_t seasons,
                                std::size_t single_dates) {
    const SystemClock clock;
    Lap lap(clock);
    TIPOFF_TRY(const auto home, open_home(home_folder, clock));
    store::Database& database = home->database();
    ledger::Ledger ledger(database, clock);
    const double open_seconds = lap.seconds();

    TIPOFF_TRY(const auto facts, Facts::load(database));
    const double facts_seconds = lap.seconds();
    TIPOFF_TRY(const auto range, newest_seasons(*facts, seasons));
    operate::Backfill backfill(database, ledger, clock, *facts);
    TIPOFF_TRY(const Json history, bring_up_history(backfill, range.front().from));

    operate::BackfillRequest request;
    request.dates = {range.front().from, range.back().to};
    std::vector<SeasonEnd> ends;
    lap.seconds();
    TIPOFF_TRY(const operate::BackfillReport report,
               backfill.run(request, note_season_ends(ends, lap)));

    lap.seconds();
    TIPOFF_TRY(const Fingerprint digest, store::digest(database, operate::derived_tables()));
    const double digest_seconds = lap.seconds();
    const double peak = peak_rss_mib();

    TIPOFF_TRY(const Json per_season, by_season(database, ends));
    TIPOFF_TRY(const Json dates,
               measure_single_dates(database, backfill, *facts, range.back(), single_dates));
    return Json{{"engine", database.engine()},
                {"seasons", seasons},
                {"from", to_string(request.dates.from)},
                {"to", to_string(request.dates.to)},
                {"game_dates", report.game_dates},
                {"player_games", report.player_games},
                {"features", features::kFeatureCount},
                {"forecasts", report.forecasts},
                {"merges", report.merges},
                {"seconds",
                 {{"open", open_seconds},
                  {"facts", facts_seconds},
                  {"history", history},
                  {"backfill", stage_seconds(report.seconds)},
                  {"digest", digest_seconds}}},
                {"by_season", per_season},
                {"digest", to_string(digest)},
                {"peak_rss_mib", peak},
                {"single_dates", dates}};
}

}  // namespace tipoff::bench
