#include "scenario/collected_league.h"

#include <algorithm>
#include <array>

#include "collect/raw_tables.h"
#include "league/schedule.h"
#include "operate/backfill.h"
#include "operate/catalogue.h"
#include "operate/facts.h"
#include "support/expected.h"

namespace tipoff::scenario {
namespace {

using support::value_of;

constexpr std::uint64_t kSeed = 7;
constexpr Season kSeason = Season::starting_in(2025);
constexpr int kDaysPlayed = 30;
constexpr int kRosterDays = 4;
constexpr std::string_view kKey = "a simulated key";

/// Columns that say when something became known and how often it was stated, or have a part in it.
bool tells_when(const store::ColumnSpec& column) {
    return column.name == "known_at" || column.name.ends_with("_last_updated") ||
           column.name == "received_at" || column.name == "input_hash" || column.name == "revision";
}

}  // namespace

GameDate opening_night() { return league::season_days(kSeason).opening_night; }

const league::SimulatedUpstreams& first_weeks() {
    static const league::SimulatedUpstreams upstreams = [] {
        league::LeagueOptions options;
        options.season = kSeason;
        options.seed = kSeed;
        options.through = opening_night().plus_days(kDaysPlayed);
        return league::SimulatedUpstreams(value_of(league::simulate(options)), kSeed);
    }();
    return upstreams;
}

CollectedLeague::CollectedLeague(league::FaultPlan* faults)
    : CollectedLeague(std::make_unique<support::HomePlace>(), faults) {}

CollectedLeague::CollectedLeague(std::unique_ptr<support::HomePlace> own, league::FaultPlan* faults)
    : CollectedLeague(*own, faults) {
    own_place_ = std::move(own);
}

CollectedLeague::CollectedLeague(const support::HomePlace& place, league::FaultPlan* faults)
    : place_(place),
      clock_(eastern_instant(opening_night(), {.hour = 6, .minute = 0, .second = 0})),
      server_(value_of(
          league::UpstreamServer::listen(first_weeks(), clock_, {.port = 0, .faults = faults}))),
      transport_(std::make_unique<ReroutedTransport>(network_, server_->url())),
      home_(value_of(store::open_home(place.path(), operate::catalogue(),
                                      {.database_url = place.database_url()}, clock_))),
      ledger_(std::make_unique<ledger::Ledger>(home_->database(), clock_)),
      fetcher_(
          std::make_unique<collect::Fetcher>(*transport_, clock_, waiter_, place.path(), kSeed)),
      collecting_(std::make_unique<operate::Collecting>(
          home_->database(), *ledger_, fetcher_.get(), clock_, place.path(),
          collect::Keys{{"BDL_API_KEY", std::string(kKey)},
                        {"ODDS_API_KEY", std::string(kKey)},
                        {"BETTINGPROS_API_KEY", std::string(kKey)}})) {
    value_of(ledger_->abandon_expired(true));
}

void CollectedLeague::go_to(GameDate date, TimeOfDay time) {
    const Instant wanted = eastern_instant(date, time);
    if (wanted > clock_.league_now()) clock_.advance(wanted - clock_.league_now());
}

operate::CollectReport CollectedLeague::collect(std::string_view source,
                                                const collect::CollectRequest& request) {
    auto report = collecting_->collect(*collect::find_source(source), request);
    if (report) return *std::move(report);
    if (report.error().code() != ErrorCode::kRefused) value_of(std::move(report));
    operate::CollectReport refused{.source = std::string(source)};
    refused.outcome = {collect::OutcomeKind::kRefused, report.error().message()};
    return refused;
}

void CollectedLeague::collect_all(const std::vector<std::string_view>& sources,
                                  std::vector<GameDate> dates, std::chrono::minutes again_after) {
    constexpr int kWindows = 4;
    std::vector<std::string_view> open = sources;
    for (int window = 0; window < kWindows && !open.empty(); ++window) {
        if (window > 0) clock_.advance(again_after);
        std::erase_if(open, [&](std::string_view source) {
            return collect(source, {.dates = dates, .again = window > 0}).is_complete();
        });
    }
}

void CollectedLeague::live_through(int days, bool injuries) {
    for (int day = 0; day < days; ++day) {
        const GameDate today = opening_night().plus_days(day);
        go_to(today, {.hour = 7, .minute = 0, .second = 0});
        collect_all({"nbac_schedule", "nbac_player_list"}, {today});
        collect_all({"espn_scoreboard", "bdl_games", "nbac_player_boxscore", "nbac_team_boxscore",
                     "nbac_play_by_play", "nbac_injury_report", "nbac_gamebook", "espn_boxscore",
                     "bdl_box_scores"},
                    {today.plus_days(-2), today.plus_days(-1)});
        collect_all({"bdl_active_players", "bdl_standings"}, {today});
        // Sixty pages, which take half of the time.
        if (day % kRosterDays == 0) {
            collect_all({"br_rosters"}, {today});
            if (injuries) collect_all({"espn_rosters"}, {today});
        }
        go_to(today, {.hour = 11, .minute = 5, .second = 0});
        collect_all({"oddsapi_events", "bettingpros_events"}, {today});
        // Half of a list may be missing without a trace: the next look has it.
        for (const int hour : {12, 13, 14}) {
            go_to(today, {.hour = hour, .minute = 5, .second = 0});
            if (injuries) collect_all({"bdl_injuries"}, {today});
            // Again before a price moves: a later look may know another one.
            collect_all({"oddsapi_game_lines", "oddsapi_player_props", "bettingpros_player_props"},
                        {today}, std::chrono::minutes{1});
        }
    }
}

void CollectedLeague::derive(int days) {
    derive(opening_night(), opening_night().plus_days(days - 3));
}

void CollectedLeague::derive(GameDate from, GameDate to) {
    const auto facts = value_of(operate::Facts::load(home_->database()));
    operate::Backfill backfill(home_->database(), *ledger_, clock_, *facts);
    operate::BackfillRequest request;
    request.dates = {from, to};
    request.force = true;
    value_of(backfill.run(request));
}

std::map<std::string, std::string> CollectedLeague::digests_but_when(
    const std::vector<const store::TableSpec*>& of) {
    std::map<std::string, std::string> digests;
    for (const store::TableSpec* table : of) {
        store::TableSpec without = *table;
        for (store::ColumnSpec& column : without.columns) {
            if (tells_when(column)) column.in_digest = false;
        }
        const std::array<const store::TableSpec*, 1> tables{&without};
        digests[table->qualified_name()] =
            to_string(value_of(store::digest(home_->database(), tables)));
    }
    return digests;
}

std::map<std::string, std::string> CollectedLeague::derived_digests() {
    return digests_but_when(operate::derived_tables());
}

std::map<std::string, std::string> CollectedLeague::stated_digests() {
    return digests_but_when(collect::raw_tables());
}

std::map<std::string, std::string> CollectedLeague::derived_digests_of(GameDate date) {
    std::map<std::string, std::string> digests;
    for (const store::TableSpec* table : operate::derived_tables()) {
        store::TableSpec compared = *table;
        std::erase_if(compared.columns, [](const store::ColumnSpec& column) {
            return !column.in_digest || tells_when(column);
        });
        std::string columns;
        for (const store::ColumnSpec& column : compared.columns)
            columns += (columns.empty() ? "" : ", ") + column.name;
        const auto rows = value_of(home_->database().read(
            "SELECT " + columns + " FROM " + table->qualified_name() + " WHERE game_date = $1",
            {date}));
        Fingerprint sum{};
        for (const Fingerprint& print : store::row_fingerprints(compared, rows)) {
            sum.high += print.high;
            sum.low += print.low;
        }
        digests[table->qualified_name()] = std::to_string(rows.rows()) + " rows " + to_string(sum);
    }
    return digests;
}

Fingerprint CollectedLeague::stated_digest() {
    return value_of(store::digest(home_->database(), collect::raw_tables()));
}

}  // namespace tipoff::scenario
