#include "operate/gap_evidence.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/names.h"
#include "collect/known_games.h"
#include "collect/teams.h"

namespace tipoff::operate {
namespace {

constexpr std::array<std::string_view, 4> kBoxSources{"nbac_player_boxscore", "espn_boxscore",
                                                      "bdl_box_scores", "nbac_gamebook"};
constexpr std::array<std::string_view, 3> kRosterSources{"br_rosters", "espn_rosters",
                                                         "nbac_player_list"};

/// A breaker says something of the days around it alone.
constexpr int kDaysOfBreaker = 3;

constexpr std::string_view kReports = R"sql(
SELECT DISTINCT ON (g.game_id, r.player_id) g.game_id, r.player_id, r.status, r.reason, r.source
FROM raw.injury_report r JOIN analytics.game g
  ON g.game_date = r.game_date AND r.team_id IN (g.home_team_id, g.away_team_id)
WHERE r.game_date BETWEEN $1 AND $2 AND r.player_id IS NOT NULL AND r.known_at < g.tip_off
ORDER BY g.game_id, r.player_id, r.known_at DESC
)sql";

constexpr std::string_view kRosters = R"sql(
SELECT source, season, team_id, min(known_at) FROM (
    SELECT source, season, team_id, known_at FROM raw.br_roster
    UNION ALL SELECT source, season, team_id, known_at FROM raw.espn_roster
    UNION ALL SELECT source, season, team_id, known_at FROM raw.active_player
              WHERE team_id IS NOT NULL) found
GROUP BY source, season, team_id ORDER BY source
)sql";

std::string tricode(TeamId id) {
    const collect::Team* team = collect::find_team(id);
    return team == nullptr ? std::string("another team") : team->tricode;
}

ReasonAndDetail plain(GapReason reason) { return {reason, std::string(explanation(reason))}; }

}  // namespace

Status GapEvidence::read_reports(store::Database& database, const store::DateScope& dates) {
    TIPOFF_TRY(const store::Columns rows, database.read(kReports, {dates.from, dates.to}));
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        const auto text = [&](std::size_t column) {
            return std::string(rows.data[column].text(i));
        };
        reports_[{store::ColumnCodec<GameId>::get(rows.data[0], i),
                  PlayerId{rows.data[1].integer(i)}}] = {text(2), text(3), text(4)};
    }
    return {};
}

/// From the raw box scores: those of days that were never derived count.
Status GapEvidence::read_history(store::Database& database, const std::string& player_ids) {
    TIPOFF_TRY(const store::Columns rows,
               database.read(fmt::format("SELECT DISTINCT player_id, game_date, team_id, game_id "
                                         "FROM raw.player_box WHERE player_id IN ({}) "
                                         "ORDER BY game_date, game_id, team_id",
                                         player_ids),
                             {}));
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        const auto game = store::ColumnCodec<GameId>::get(rows.data[3], i);
        if (!collect::counts_in_season(game)) continue;
        history_[PlayerId{rows.data[0].integer(i)}].push_back(
            {store::ColumnCodec<GameDate>::get(rows.data[1], i), TeamId{rows.data[2].integer(i)},
             season_of(game)});
    }
    return {};
}

Status GapEvidence::read_rosters(store::Database& database, const std::string& player_ids) {
    TIPOFF_TRY(const store::Columns rosters, database.read(kRosters, {}));
    for (std::size_t i = 0; i < rosters.rows(); ++i) {
        rosters_[{store::ColumnCodec<Season>::get(rosters.data[1], i),
                  TeamId{rosters.data[2].integer(i)}}]
            .push_back({std::string(rosters.data[0].text(i)),
                        store::ColumnCodec<Instant>::get(rosters.data[3], i)});
    }
    TIPOFF_TRY(
        const store::Columns listed,
        database.read(
            fmt::format(
                "SELECT player_id, source, season, team_id, known_at, closed_at FROM "
                "(SELECT player_id, source, season, team_id, known_at, closed_at FROM "
                "raw.br_roster UNION ALL SELECT player_id, source, season, team_id, known_at, "
                "closed_at FROM raw.espn_roster) found WHERE player_id IN ({}) ORDER BY known_at, "
                "source",
                player_ids),
            {}));
    for (std::size_t i = 0; i < listed.rows(); ++i) {
        listed_[PlayerId{listed.data[0].integer(i)}].push_back(
            {std::string(listed.data[1].text(i)),
             store::ColumnCodec<Season>::get(listed.data[2], i), TeamId{listed.data[3].integer(i)},
             store::ColumnCodec<Instant>::get(listed.data[4], i),
             store::ColumnCodec<std::optional<Instant>>::get(listed.data[5], i)});
    }
    return {};
}

Expected<GapEvidence> GapEvidence::load(store::Database& database, const store::DateScope& dates,
                                        const std::vector<OpenGap>& gaps) {
    GapEvidence made;
    if (gaps.empty()) return made;
    std::set<std::int64_t> ids;
    for (const OpenGap& gap : gaps)
        ids.insert(gap.player_id.value);
    std::string player_ids;
    for (const std::int64_t id : ids)
        player_ids += fmt::format("{}{}", player_ids.empty() ? "" : ", ", id);
    TIPOFF_TRY(made.runs_, DayRuns::load(database, dates));
    TIPOFF_TRY(made.breakers_,
               store::read_rows(database, ledger::kSourceBreaker, "ORDER BY source"));
    TIPOFF_TRY(made.names_, store::read_rows(database, collect::kUnresolvedName,
                                             "ORDER BY source, folded_name, team_id, season"));
    TIPOFF_CHECK(made.read_reports(database, dates));
    TIPOFF_CHECK(made.read_history(database, player_ids));
    TIPOFF_CHECK(made.read_rosters(database, player_ids));
    return made;
}

std::optional<ReasonAndDetail> GapEvidence::failed(std::string_view step, GameDate date) const {
    const DayRun* run = runs_.newest(step, date);
    if (run == nullptr || !is_failure(run->state)) return std::nullopt;
    return ReasonAndDetail{GapReason::kStepFailed,
                           fmt::format("{} {}: run {} {}{}{}", step, run->state, run->run_id,
                                       run->reason, run->detail.empty() ? "" : ": ", run->detail)};
}

std::optional<ReasonAndDetail> GapEvidence::late(std::span<const std::string_view> sources,
                                                 GameDate date) const {
    for (const ledger::SourceBreakerRow& breaker : breakers_) {
        if (!breaker.open_until || std::ranges::find(sources, breaker.source) == sources.end())
            continue;
        const int days = days_between(date, eastern_date(breaker.changed_at));
        if (std::abs(days) > kDaysOfBreaker) continue;
        return ReasonAndDetail{GapReason::kSourceLate,
                               fmt::format("{} is left alone until {}: {}", breaker.source,
                                           to_eastern_string(*breaker.open_until), breaker.reason)};
    }
    const DayRun* run = runs_.newest_of(sources, date);
    if (run == nullptr || !is_failure(run->state)) return std::nullopt;
    const std::string since =
        run->last_success ? "since " + to_eastern_string(*run->last_success) : "ever";
    return ReasonAndDetail{
        GapReason::kSourceLate,
        fmt::format("{} has given nothing {}: run {} {} {}", source_of_scope(run->scope), since,
                    run->run_id, run->state, run->reason)};
}

std::optional<ReasonAndDetail> GapEvidence::reported(const OpenGap& gap) const {
    const auto found = reports_.find({gap.game_id, gap.player_id});
    if (found == reports_.end()) return std::nullopt;
    const Report& report = found->second;
    const bool is_out = report.status == "out";
    if (!is_out && report.status != "doubtful") return std::nullopt;
    return ReasonAndDetail{is_out ? GapReason::kRuledOut : GapReason::kDoubtful,
                           fmt::format("{}: {}{}{}", report.source, report.status,
                                       report.reason.empty() ? "" : ", ", report.reason)};
}

std::optional<ReasonAndDetail> GapEvidence::unresolved(const OpenGap& gap) const {
    const std::string folded = fold_name(gap.player);
    for (const collect::UnresolvedName& name : names_) {
        if (gap.player.empty() || name.folded_name != folded || name.season != gap.season) continue;
        if (name.team_id != gap.home_team_id && name.team_id != gap.away_team_id) continue;
        return ReasonAndDetail{
            GapReason::kNameUnresolved,
            fmt::format("'{}' of {} with {}, {} times, last of {}: tipoff names link '{}' --player "
                        "{}",
                        name.player_name, name.source, tricode(name.team_id), name.occurrences,
                        to_string(name.last_seen), name.player_name, gap.player_id.value)};
    }
    return std::nullopt;
}

const GapEvidence::Seen* GapEvidence::last_seen(const OpenGap& gap) const {
    const auto found = history_.find(gap.player_id);
    if (found == history_.end()) return nullptr;
    const Seen* last = nullptr;
    for (const Seen& seen : found->second) {
        if (seen.date < gap.date) last = &seen;
    }
    return last;
}

/// A list has him with one of the teams, and the contexts are older than it.
std::optional<ReasonAndDetail> GapEvidence::moved_since(const OpenGap& gap) const {
    const auto found = listed_.find(gap.player_id);
    if (found == listed_.end()) return std::nullopt;
    for (const Listed& listed : found->second) {
        const bool is_of_game =
            listed.team_id == gap.home_team_id || listed.team_id == gap.away_team_id;
        const bool stood = listed.known_at < gap.tip_off &&
                           (!listed.closed_at || *listed.closed_at >= gap.tip_off);
        if (!is_of_game || !stood || listed.season != gap.season) continue;
        return ReasonAndDetail{
            GapReason::kContextNotRun,
            fmt::format("{} has had him with {} since {}, and the contexts do not: tipoff "
                        "backfill --dates {}",
                        listed.source, tricode(listed.team_id), to_eastern_string(listed.known_at),
                        to_string(gap.date))};
    }
    return std::nullopt;
}

/// He is in no context of a game that has them: nothing said that his team is one of the two.
ReasonAndDetail GapEvidence::unplaced(const OpenGap& gap) const {
    if (auto out = reported(gap)) return *std::move(out);
    if (auto name = unresolved(gap)) return *std::move(name);
    const Seen* last = last_seen(gap);
    if (last == nullptr) {
        if (auto source = late(kBoxSources, gap.date.plus_days(-1))) return *std::move(source);
        return {GapReason::kNewPlayerNoHistory,
                "no game of his is on record before this one: he is forecast after his first"};
    }
    const std::string last_game =
        fmt::format("last seen with {} on {}", tricode(last->team_id), to_string(last->date));
    const bool was_here = last->team_id == gap.home_team_id || last->team_id == gap.away_team_id;
    if (was_here && last->season.start_year() + 1 < gap.season.start_year())
        return {GapReason::kLongAbsent, last_game};
    if (auto moved = moved_since(gap)) return *std::move(moved);
    if (auto source = late(kRosterSources, gap.date)) return *std::move(source);
    std::string lists;
    for (const TeamId team : {gap.home_team_id, gap.away_team_id}) {
        const auto found = rosters_.find({gap.season, team});
        if (found == rosters_.end() || (gap.team_id.value != 0 && gap.team_id != team)) continue;
        for (const Roster& roster : found->second) {
            if (roster.first_known >= gap.tip_off) continue;
            lists +=
                fmt::format("{}{} of {}", lists.empty() ? "" : ", ", roster.source, tricode(team));
        }
    }
    if (lists.empty()) {
        return {GapReason::kNoRosterSource,
                fmt::format("{}; no roster of {} was known before tip-off", last_game,
                            gap.team_id.value == 0 ? "either team" : tricode(gap.team_id))};
    }
    return {GapReason::kNotOnRoster, fmt::format("{}; not on {}", last_game, lists)};
}

ReasonAndDetail GapEvidence::reason_of(const OpenGap& gap) const {
    if (gap.is_name_only) {
        return {GapReason::kNameUnresolved,
                fmt::format("'{}' of {}: tipoff names link '{}' --player ID", gap.player,
                            gap.named_by, gap.player)};
    }
    if (gap.is_postponed) return plain(GapReason::kGamePostponed);
    if (gap.others_forecast) return plain(GapReason::kModelNotInService);
    if (!gap.game_has_context) {
        if (auto run = failed("conform", gap.date)) return *std::move(run);
        return plain(GapReason::kContextNotRun);
    }
    if (!gap.in_context) return unplaced(gap);
    if (!gap.has_features) {
        if (auto run = failed("features", gap.date)) return *std::move(run);
        return plain(GapReason::kFeaturesNotRun);
    }
    if (gap.left_out) return *gap.left_out;
    if (auto run = failed("forecasts", gap.date)) return *std::move(run);
    return plain(GapReason::kForecastsNotRun);
}

}  // namespace tipoff::operate
