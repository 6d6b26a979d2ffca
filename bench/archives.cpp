#include "archives.h"

#include <array>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "collect/answer_archive.h"
#include "collect/collection.h"
#include "collect/known_games.h"
#include "collect/teams.h"
#include "league/schedule.h"
#include "league/season.h"
#include "league/upstreams/simulated_upstreams.h"
#include "ledger/ledger.h"
#include "operate/collecting.h"
#include "simulated_season.h"

namespace tipoff::bench {
namespace {

namespace files = std::filesystem;

constexpr std::array<std::string_view, 9> kSources{
    "nbac_schedule",        "nbac_player_list",   "oddsapi_events",
    "nbac_player_boxscore", "nbac_team_boxscore", "nbac_play_by_play",
    "nbac_injury_report",   "oddsapi_game_lines", "oddsapi_player_props"};

/// A home that collects from its archive alone.
struct ArchiveHome {
    SystemClock clock;
    std::unique_ptr<store::Home> home;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<operate::Collecting> collecting;

    static Expected<std::unique_ptr<ArchiveHome>> open(const files::path& folder) {
        auto made = std::make_unique<ArchiveHome>();
        TIPOFF_TRY(made->home, open_home(folder, made->clock));
        made->ledger = std::make_unique<ledger::Ledger>(made->home->database(), made->clock);
        made->collecting = std::make_unique<operate::Collecting>(
            made->home->database(), *made->ledger, nullptr, made->clock, folder, collect::Keys{});
        return made;
    }

    Expected<operate::CollectReport> read(std::string_view source) const {
        return collecting->collect_from_archive(*collect::find_source(source), {});
    }
};

/// Asks the simulated upstreams what the source would ask them, and archives what they answer.
Status archive_answers(const league::SimulatedUpstreams& upstreams, const collect::Source& source,
                       ArchiveHome& home, Instant now) {
    TIPOFF_TRY(const auto games, collect::KnownGames::load(home.home->database()));
    const league::SeasonDays days = league::season_days(kSeason);
    collect::Scope scope{.dates = {}, .season = kSeason, .teams = {}, .games = {}, .now = now};
    for (GameDate day = days.opening_night; day <= days.last_day; day = day.plus_days(1))
        scope.dates.push_back(day);
    const auto asked = games.to_ask(scope.dates, source.asking.game_ids_of);
    scope.games = asked;
    for (const collect::PlannedRequest& request : source.asking.plan(scope)) {
        const auto host = host_of(request.url);
        const auto path = request.url.substr(request.url.find('/', 8));
        auto question = league::request_of_target(
            host, path + (path.find('?') == std::string::npos ? "?" : "&") + "apiKey=simulated");
        const league::UpstreamAnswer answer = upstreams.answer(question, now);
        if (answer.status != 200) continue;
        HttpAnswer document;
        document.status = answer.status;
        document.body = answer.body;
        document.asked_at = now;
        document.answered_at = now;
        TIPOFF_CHECK(collect::archive_answer(home.home->folder(), source.name, request.url,
                                             request.ask, document));
    }
    return {};
}

Status make_archive(const files::path& folder) {
    league::LeagueOptions options;
    options.season = kSeason;
    options.seed = kSeed;
    TIPOFF_TRY(auto season, league::simulate(options));
    const league::SimulatedUpstreams upstreams(std::move(season), kSeed);
    TIPOFF_TRY(const auto home, ArchiveHome::open(folder));
    const Instant now = eastern_instant(league::season_days(kSeason).last_day.plus_days(3), {});
    for (const std::string_view name : kSources) {
        TIPOFF_CHECK(archive_answers(upstreams, *collect::find_source(name), *home, now));
        // What later sources ask for depends on what the schedule and the events say.
        if (name == "nbac_schedule" || name == "oddsapi_events") TIPOFF_CHECK(home->read(name));
    }
    return {};
}

}  // namespace

Expected<Json> measure_archive(const files::path& folder) {
    if (files::exists(folder))
        return fail(ErrorCode::kUsage, folder.string() + " is there already");
    const auto made = folder / "made";
    TIPOFF_CHECK(make_archive(made));
    const auto fresh = folder / "fresh";
    files::create_directories(fresh);
    files::rename(made / "archive", fresh / "archive");

    TIPOFF_TRY(const auto home, ArchiveHome::open(fresh));
    Json sources = Json::array();
    std::int64_t documents = 0;
    std::int64_t records = 0;
    double all = 0;
    Lap lap(home->clock);
    lap.seconds();
    for (const std::string_view name : kSources) {
        TIPOFF_TRY(const auto report, home->read(name));
        const double seconds = lap.seconds();
        all += seconds;
        documents += static_cast<std::int64_t>(report.requests.size());
        records += report.records;
        sources.push_back({{"source", name},
                           {"documents", report.requests.size()},
                           {"records", report.records},
                           {"seconds", seconds}});
    }
    TIPOFF_TRY(const auto facts, operate::Facts::load(home->home->database()));
    const double conform = lap.seconds();
    return Json{{"documents", documents},
                {"records", records},
                {"games", facts->summaries().games.size()},
                {"sources", std::move(sources)},
                {"conform_seconds", conform},
                {"seconds", all + conform},
                {"peak_rss_mib", peak_rss_mib()}};
}

}  // namespace tipoff::bench
