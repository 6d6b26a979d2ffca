#include "operate/coverage.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "collect/known_games.h"
#include "collect/teams.h"
#include "conform/market.h"
#include "operate/gap_evidence.h"

namespace tipoff::operate {
namespace {

/// Minutes from which on a player should have been predicted (and decisions of the house say so).
constexpr std::int64_t kLongEnough = 10;

/// The games of the dates: those that were conformed, and those that the schedule alone knows. A
/// final score without a box score does not say who played.
constexpr std::string_view kGames = R"sql(
WITH stated AS (
    SELECT game_id, game_date, tip_off, status, home_team_id, away_team_id,
           2000 + CAST(substr(game_id, 4, 2) AS INTEGER) AS season_start,
           row_number() OVER (PARTITION BY game_id ORDER BY known_at DESC, revision DESC, source) AS place
    FROM raw.schedule
    WHERE game_id IN (SELECT game_id FROM raw.schedule WHERE game_date BETWEEN $1 AND $2)
), games AS (
    SELECT game_id, game_date, tip_off, season, home_team_id, away_team_id,
           CASE WHEN player_rows = 0 AND status = 'final' THEN 'no box score' ELSE status END AS status
    FROM analytics.game WHERE game_date BETWEEN $1 AND $2
    UNION ALL
    SELECT game_id, game_date, tip_off,
           season_start || '-' || lpad(CAST((season_start + 1) % 100 AS VARCHAR), 2, '0'),
           home_team_id, away_team_id, CASE WHEN status = 'final' THEN 'no box score' ELSE status END
    FROM stated WHERE place = 1 AND game_date BETWEEN $1 AND $2
      AND game_id NOT IN (SELECT game_id FROM analytics.game)
), sides AS (
    SELECT game_id, game_date, tip_off, season, home_team_id AS team_id FROM games
    UNION ALL SELECT game_id, game_date, tip_off, season, away_team_id FROM games
), rosters AS (
    SELECT source, season, team_id, player_id, player_name, folded_name, known_at, closed_at FROM raw.br_roster
    UNION ALL SELECT source, season, team_id, player_id, player_name, folded_name, known_at, closed_at
    FROM raw.espn_roster
), listed AS (
    SELECT s.game_id, s.game_date, s.team_id, r.source, r.player_id, r.player_name, r.folded_name
    FROM sides s JOIN rosters r ON r.season = s.season AND r.team_id = s.team_id
    WHERE r.known_at < s.tip_off AND (r.closed_at IS NULL OR r.closed_at >= s.tip_off)
)
)sql";

/// One row for every player who is expected for any reason.
constexpr std::string_view kExpectedPlayers = R"sql(
, grid AS (
    SELECT game_id, player_id, outcome, reason, detail FROM ops.expectation
    WHERE game_date BETWEEN $1 AND $2 AND market = $3
), context AS (
    SELECT game_id, game_date, player_id, player_name, team_id
    FROM analytics.upcoming_player_game_context WHERE game_date BETWEEN $1 AND $2
), contexts AS (
    SELECT game_id, max(as_of) AS as_of FROM analytics.upcoming_team_game_context
    WHERE game_date BETWEEN $1 AND $2 GROUP BY game_id
), played AS (
    SELECT game_id, player_id, player_name, team_id, minutes FROM analytics.player_game_summary
    WHERE game_date BETWEEN $1 AND $2
), featured AS (
    SELECT game_id, player_id FROM features.feature_store WHERE game_date BETWEEN $1 AND $2
), forecast AS (
    SELECT DISTINCT game_id, player_id FROM predictions.player_prop_prediction
    WHERE game_date BETWEEN $1 AND $2 AND market = $3 AND system_id = $4
), lined AS (
    SELECT DISTINCT game_id, player_id FROM raw.prop_line
    WHERE game_date BETWEEN $1 AND $2 AND market = $3 AND NOT in_play
), inactive AS (
    SELECT DISTINCT ON (game_id, player_id) game_id, player_id,
           status || CASE WHEN reason = '' THEN '' ELSE ': ' || reason END AS says
    FROM raw.inactive_player WHERE game_date BETWEEN $1 AND $2 AND player_id IS NOT NULL
    ORDER BY game_id, player_id, known_at DESC
), rostered AS (
    SELECT l.game_id, l.player_id, min(l.player_name) AS player_name, min(l.team_id) AS team_id
    FROM listed l WHERE l.player_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM context c WHERE c.player_id = l.player_id AND c.game_date = l.game_date
                    AND c.game_id <> l.game_id)
    GROUP BY l.game_id, l.player_id
), seen AS (
    -- Whom a game that no step has seen yet expects, on a date that has come. Days before it need
    -- not be derived; preseason and All-Star games place nobody.
    SELECT DISTINCT ON (s.game_id, p.player_id) s.game_id, p.player_id, p.team_id, p.player_name
    FROM (SELECT DISTINCT game_id, game_date FROM games
          WHERE status <> 'postponed' AND game_date <= $5
            AND game_id NOT IN (SELECT game_id FROM contexts)) s
    JOIN raw.player_box p
      ON p.game_date < s.game_date AND p.game_date >= s.game_date - 660
     AND substr(p.game_id, 1, 3) NOT IN ('001', '003')
    ORDER BY s.game_id, p.player_id, p.game_date DESC, p.revision DESC, p.source
), last_seen AS (
    SELECT n.game_id, n.player_id, n.player_name, n.team_id FROM seen n
    JOIN sides s ON s.game_id = n.game_id AND s.team_id = n.team_id
), everyone AS (
    SELECT game_id, player_id FROM grid UNION SELECT game_id, player_id FROM context
    UNION SELECT game_id, player_id FROM played UNION SELECT game_id, player_id FROM rostered
    UNION SELECT game_id, player_id FROM last_seen UNION SELECT game_id, player_id FROM lined
)
SELECT g.game_date, e.game_id, g.tip_off, g.season, g.home_team_id, g.away_team_id, g.status,
       e.player_id, coalesce(c.player_name, p.player_name, r.player_name, l.player_name, n.player_name, ''),
       coalesce(p.team_id, c.team_id, r.team_id, l.team_id, 0),
       coalesce(o.outcome, ''), c.player_id IS NOT NULL, p.minutes,
       f.player_id IS NOT NULL, x.as_of, w.player_id IS NOT NULL, b.player_id IS NOT NULL,
       coalesce(i.says, ''), coalesce(o.reason, ''), coalesce(o.detail, '')
FROM everyone e JOIN games g ON g.game_id = e.game_id
LEFT JOIN grid o ON o.game_id = e.game_id AND o.player_id = e.player_id
LEFT JOIN context c ON c.game_id = e.game_id AND c.player_id = e.player_id
LEFT JOIN contexts x ON x.game_id = e.game_id
LEFT JOIN played p ON p.game_id = e.game_id AND p.player_id = e.player_id
LEFT JOIN featured f ON f.game_id = e.game_id AND f.player_id = e.player_id
LEFT JOIN forecast w ON w.game_id = e.game_id AND w.player_id = e.player_id
LEFT JOIN lined b ON b.game_id = e.game_id AND b.player_id = e.player_id
LEFT JOIN inactive i ON i.game_id = e.game_id AND i.player_id = e.player_id
LEFT JOIN rostered r ON r.game_id = e.game_id AND r.player_id = e.player_id
LEFT JOIN last_seen l ON l.game_id = e.game_id AND l.player_id = e.player_id
LEFT JOIN ref.player n ON n.player_id = e.player_id
ORDER BY g.game_date, e.game_id, e.player_id
)sql";

enum Place : std::size_t {
    kDate,
    kGame,
    kTipOff,
    kSeason,
    kHome,
    kAway,
    kStatus,
    kPlayer,
    kName,
    kTeam,
    kOutcome,
    kInContext,
    kMinutes,
    kHasFeatures,
    kContextAsOf,
    kHasForecast,
    kLined,
    kInactive,
    kGridReason,
    kGridDetail,
};

/// Names that a roster has, or that documents with lines or box rows wait for, and nobody knows.
/// Those of injury reports are of players who are expected anyway.
constexpr std::string_view kNames = R"sql(
SELECT s.game_date, s.game_id, g.tip_off, s.season, g.home_team_id, g.away_team_id, g.status,
       n.player_name, n.team_id, min(n.source), n.folded_name
FROM sides s JOIN games g ON g.game_id = s.game_id
JOIN (SELECT game_id, team_id, source, player_name, folded_name FROM listed WHERE player_id IS NULL
      UNION ALL
      SELECT s.game_id, u.team_id, u.source, u.player_name, u.folded_name
      FROM sides s JOIN ref.unresolved_name u ON u.season = s.season AND u.team_id = s.team_id
      WHERE s.game_date BETWEEN u.first_seen AND u.last_seen
        AND u.source NOT LIKE '%injur%' AND u.source NOT LIKE '%roster%' AND u.source NOT LIKE '%list%'
        AND u.source NOT LIKE '%active%') n
  ON n.game_id = s.game_id AND n.team_id = s.team_id
GROUP BY s.game_date, s.game_id, g.tip_off, s.season, g.home_team_id, g.away_team_id, g.status,
         n.player_name, n.team_id, n.folded_name
ORDER BY s.game_date, s.game_id, n.folded_name
)sql";

constexpr std::string_view kQuotedMarkets = R"sql(
SELECT market, CAST(count(*) AS BIGINT) FROM (
    SELECT DISTINCT market, game_id, player_id FROM raw.prop_line
    WHERE game_date BETWEEN $1 AND $2 AND NOT in_play) quoted
GROUP BY market ORDER BY market
)sql";

enum class Fate : std::uint8_t { kPredicted, kVoided, kGap };

struct ExpectedPlayer {
    OpenGap facts;
    std::string status;
    std::string inactive;
    bool predicted = false;
    bool lined = false;
    std::optional<std::int64_t> minutes;

    [[nodiscard]] Fate fate() const {
        if (status == "postponed") return predicted ? Fate::kVoided : Fate::kGap;
        if (status == "final" && !minutes) return Fate::kVoided;
        return predicted ? Fate::kPredicted : Fate::kGap;
    }
};

/// Of a gap in the grid what only the step that made it knows; the rest is told by evidence.
std::optional<ReasonAndDetail> left_out_of(const std::string& reason, std::string detail) {
    if (reason != to_string(GapReason::kBelowMinMinutes) &&
        reason != to_string(GapReason::kNoWorkerAnswered))
        return std::nullopt;
    return ReasonAndDetail{*parse_gap_reason(reason), std::move(detail)};
}

ExpectedPlayer player_of(const store::Columns& rows, std::size_t i,
                         const CoverageRequest& request) {
    const auto& data = rows.data;
    const auto text = [&](Place place) { return std::string(data[place].text(i)); };
    const auto flag = [&](Place place) { return data[place].integer(i) != 0; };
    const auto as_of = store::ColumnCodec<std::optional<Instant>>::get(data[kContextAsOf], i);
    const bool in_grid = text(kOutcome) == "predicted";
    ExpectedPlayer player{
        .facts = {.date = store::ColumnCodec<GameDate>::get(data[kDate], i),
                  .game_id = store::ColumnCodec<GameId>::get(data[kGame], i),
                  .season = store::ColumnCodec<Season>::get(data[kSeason], i),
                  .tip_off = store::ColumnCodec<Instant>::get(data[kTipOff], i),
                  .home_team_id = TeamId{data[kHome].integer(i)},
                  .away_team_id = TeamId{data[kAway].integer(i)},
                  .player_id = PlayerId{data[kPlayer].integer(i)},
                  .player = text(kName),
                  .team_id = TeamId{data[kTeam].integer(i)},
                  .is_postponed = text(kStatus) == "postponed",
                  .game_has_context = as_of.has_value(),
                  .context_as_of = as_of,
                  .in_context = flag(kInContext),
                  .has_features = flag(kHasFeatures),
                  .others_forecast = request.system_id && in_grid,
                  .is_name_only = false,
                  .named_by = {},
                  .left_out = left_out_of(text(kGridReason), text(kGridDetail))},
        .status = text(kStatus),
        .inactive = text(kInactive),
        .predicted = request.system_id ? flag(kHasForecast) : in_grid,
        .lined = flag(kLined),
        .minutes = store::ColumnCodec<std::optional<std::int64_t>>::get(data[kMinutes], i)};
    return player;
}

std::vector<OpenGap> names_of(const store::Columns& rows) {
    std::vector<OpenGap> names;
    std::set<std::pair<GameId, std::string>> known;
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        const auto& data = rows.data;
        OpenGap name{.date = store::ColumnCodec<GameDate>::get(data[0], i),
                     .game_id = store::ColumnCodec<GameId>::get(data[1], i),
                     .season = store::ColumnCodec<Season>::get(data[3], i),
                     .tip_off = store::ColumnCodec<Instant>::get(data[2], i),
                     .home_team_id = TeamId{data[4].integer(i)},
                     .away_team_id = TeamId{data[5].integer(i)},
                     .player_id = {},
                     .player = std::string(data[7].text(i)),
                     .team_id = TeamId{data[8].integer(i)},
                     .is_postponed = data[6].text(i) == "postponed",
                     .game_has_context = false,
                     .context_as_of = std::nullopt,
                     .in_context = false,
                     .has_features = false,
                     .others_forecast = false,
                     .is_name_only = true,
                     .named_by = std::string(data[9].text(i))};
        // Several sources write one name; it is one player.
        if (known.insert({name.game_id, std::string(data[10].text(i))}).second)
            names.push_back(std::move(name));
    }
    return names;
}

std::string tricode(TeamId id) {
    const collect::Team* team = collect::find_team(id);
    return team == nullptr ? std::string() : team->tricode;
}

/// Adds players one by one; the gaps wait for their evidence.
class Counting {
public:
    Counting(const CoverageRequest& request, CoverageReport& report)
        : request_(request), report_(report) {}

    void add(ExpectedPlayer player) {
        CoverageDay& day = day_of(player.facts.date);
        ++report_.expected;
        ++day.expected;
        const Fate fate = player.fate();
        if (player.minutes && *player.minutes >= kLongEnough) {
            ++report_.played_ten_minutes.n;
            report_.played_ten_minutes.predicted += fate == Fate::kPredicted ? 1 : 0;
        }
        switch (fate) {
            case Fate::kPredicted:
                ++report_.predicted;
                ++day.predicted;
                count_line(player);
                return;
            case Fate::kVoided:
                ++report_.voided;
                ++day.voided;
                add_void(player);
                return;
            case Fate::kGap: add_gap(std::move(player.facts)); return;
        }
    }

    void add_name(OpenGap name) {
        ++report_.expected;
        ++day_of(name.date).expected;
        add_gap(std::move(name));
    }

    [[nodiscard]] const std::vector<OpenGap>& gaps() const { return gaps_; }

    void explain(const GapEvidence& evidence) {
        std::map<GameDate, std::map<GapReason, std::int64_t>> by_day;
        for (const OpenGap& gap : gaps_) {
            ReasonAndDetail why = evidence.reason_of(gap);
            ++report_.reasons[why.reason];
            ++by_day[gap.date][why.reason];
            report_.gaps.push_back({.date = gap.date,
                                    .game_id = gap.game_id,
                                    .player_id = gap.player_id,
                                    .player = gap.player,
                                    .team = tricode(gap.team_id),
                                    .reason = why.reason,
                                    .detail = std::move(why.detail)});
        }
        for (auto& [date, day] : days_) {
            const auto reasons = by_day.find(date);
            if (reasons != by_day.end()) {
                day.top_reason =
                    std::ranges::max_element(reasons->second, {}, [](const auto& entry) {
                        return entry.second;
                    })->first;
            }
            report_.days.push_back(day);
        }
    }

private:
    CoverageDay& day_of(GameDate date) {
        CoverageDay& day = days_[date];
        day.date = date;
        return day;
    }

    void count_line(const ExpectedPlayer& player) {
        const bool is_over = player.status == "final" || player.status == "no box score";
        const bool has_begun = is_over || !request_.now || *request_.now >= player.facts.tip_off;
        LineCounts& lines = report_.lines;
        ++(player.lined ? lines.lined : has_begun ? lines.no_line : lines.no_line_yet);
    }

    void add_void(const ExpectedPlayer& player) {
        const VoidReason reason =
            player.facts.is_postponed ? VoidReason::kPostponed : VoidReason::kDidNotPlay;
        ++report_.void_reasons[reason];
        std::string detail = player.facts.is_postponed ? "the game is put off"
                             : player.inactive.empty() ? "no box row"
                                                       : player.inactive;
        report_.voids.push_back({.date = player.facts.date,
                                 .game_id = player.facts.game_id,
                                 .player_id = player.facts.player_id,
                                 .player = player.facts.player,
                                 .team = tricode(player.facts.team_id),
                                 .reason = reason,
                                 .detail = std::move(detail)});
    }

    void add_gap(OpenGap gap) {
        ++day_of(gap.date).gaps;
        gaps_.push_back(std::move(gap));
    }

    const CoverageRequest& request_;
    CoverageReport& report_;
    std::map<GameDate, CoverageDay> days_;
    std::vector<OpenGap> gaps_;
};

}  // namespace

Expected<CoverageReport> coverage(store::Database& database, const CoverageRequest& request) {
    CoverageReport report;
    report.dates = request.dates;
    report.market = request.market;
    report.system_id = request.system_id;
    const auto& [from, to] = request.dates;
    // A season that goes on expects nobody yet on its days to come, unless one is asked for alone.
    const GameDate due_through =
        request.now ? std::max(from, std::min(to, eastern_date(*request.now))) : to;
    TIPOFF_TRY(
        const store::Columns rows,
        database.read(fmt::format("{}{}", kGames, kExpectedPlayers),
                      {from, to, request.market, request.system_id.value_or(""), due_through}));
    TIPOFF_TRY(const store::Columns names,
               database.read(fmt::format("{}{}", kGames, kNames), {from, to}));
    Counting counting(request, report);
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        ExpectedPlayer player = player_of(rows, i, request);
        if (collect::counts_in_season(player.facts.game_id)) counting.add(std::move(player));
    }
    for (OpenGap& name : names_of(names))
        counting.add_name(std::move(name));
    TIPOFF_TRY(const GapEvidence evidence,
               GapEvidence::load(database, request.dates, counting.gaps()));
    counting.explain(evidence);
    require(report.expected ==
                report.predicted + report.voided + static_cast<std::int64_t>(report.gaps.size()),
            "coverage does not add up");

    TIPOFF_TRY(const store::Columns markets, database.read(kQuotedMarkets, {from, to}));
    for (std::size_t i = 0; i < markets.rows(); ++i) {
        if (!find_market(markets.data[0].text(i)))
            report.not_modelled[std::string(markets.data[0].text(i))] = markets.data[1].integer(i);
    }
    return report;
}

}  // namespace tipoff::operate
