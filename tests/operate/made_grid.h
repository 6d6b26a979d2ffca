#pragma once
/// A game date made by hand, player by player: what is on record of each, and nothing else.

#include <memory>
#include <string>
#include <vector>

#include "base/names.h"
#include "collect/collected_tables.h"
#include "collect/raw_tables.h"
#include "conform/analytics_tables.h"
#include "features/feature_tables.h"
#include "forecast/prediction_tables.h"
#include "ledger/ops_tables.h"
#include "operate/catalogue.h"
#include "operate/coverage.h"
#include "support/database.h"
#include "support/expected.h"
#include "support/files.h"
#include "support/played_games.h"

namespace tipoff::operate::test {

inline constexpr TeamId kHome{1610612738};   // BOS
inline constexpr TeamId kAway{1610612755};   // PHI
inline constexpr TeamId kThird{1610612747};  // LAL, which does not play
inline constexpr GameId kTonight{22200500};
inline constexpr Season kMadeSeason = Season::starting_in(2022);

[[nodiscard]] inline GameDate made_date() { return support::value_of(parse_date("2022-12-23")); }
[[nodiscard]] inline Instant made_tip_off() {
    return eastern_instant(made_date(), {.hour = 19, .minute = 30, .second = 0});
}

/// Rows of one game date, gathered and then written at once.
class MadeGrid {
public:
    /// The status of the one game; `conformed` says whether the conform step has seen it.
    /// Without a database of its own it empties and takes the one that is handed to it.
    explicit MadeGrid(const std::string& status = "scheduled", bool conformed = true,
                      bool contexts = true, store::Database* database = nullptr) {
        if (database == nullptr) {
            folder_ = std::make_unique<support::TempFolder>();
            own_ = support::open_with_tables(*folder_ / "made.duckdb", catalogue());
        }
        database_ = database == nullptr ? own_.get() : database;
        collect::Schedule stated{.source = "nbac_schedule",
                                 .game_id = kTonight,
                                 .game_date = made_date(),
                                 .tip_off = made_tip_off(),
                                 .status = status,
                                 .home_team_id = kHome,
                                 .away_team_id = kAway};
        schedule_.push_back(stated);
        if (!conformed) return;
        conform::Game game{.game_id = kTonight,
                           .game_date = made_date(),
                           .season = kMadeSeason,
                           .tip_off = made_tip_off(),
                           .status = status,
                           .home_team_id = kHome,
                           .away_team_id = kAway};
        game.player_rows = status == "final" ? 20 : 0;
        games_.push_back(game);
        if (!contexts) return;
        for (const TeamId team : {kHome, kAway}) {
            conform::TeamContext row;
            row.game_id = kTonight;
            row.team_id = team;
            row.game_date = made_date();
            row.season = kMadeSeason;
            row.as_of = AsOf{made_tip_off()};
            team_contexts_.push_back(row);
        }
    }

    void context(PlayerId player, std::string name = "Some Body") {
        conform::PlayerContext row;
        row.game_id = kTonight;
        row.player_id = player;
        row.game_date = made_date();
        row.season = kMadeSeason;
        row.as_of = AsOf{made_tip_off()};
        row.team_id = kHome;
        row.player_name = std::move(name);
        contexts_.push_back(row);
    }
    void features(PlayerId player) {
        features::FeatureStoreRow row;
        row.game_id = kTonight;
        row.player_id = player;
        row.game_date = made_date();
        row.season = kMadeSeason;
        row.as_of = AsOf{made_tip_off()};
        row.team_id = kHome;
        features_.push_back(row);
    }
    void grid(PlayerId player, std::string outcome, std::string market = "points") {
        ledger::ExpectationRow row{.game_id = kTonight,
                                   .player_id = player,
                                   .market = std::move(market),
                                   .game_date = made_date(),
                                   .outcome = std::move(outcome),
                                   .reason = {},
                                   .detail = {},
                                   .run_id = {}};
        if (row.outcome == "gap") row.reason = "NO_ROSTER_SOURCE";
        expectations_.push_back(row);
    }
    void forecast(PlayerId player, std::string system) {
        forecast::Prediction row;
        row.game_id = kTonight;
        row.player_id = player;
        row.market = "points";
        row.system_id = std::move(system);
        row.as_of = AsOf{made_tip_off()};
        row.origin = "backfill";
        row.game_date = made_date();
        row.season = kMadeSeason;
        predictions_.push_back(row);
    }
    /// All that a forecast leaves behind.
    void predicted(PlayerId player) {
        context(player);
        features(player);
        grid(player, "predicted");
        forecast(player, "moving_average_v1");
    }
    /// A box row; of tonight's game or of an earlier one.
    void played(PlayerId player, std::int32_t minutes, TeamId team = kHome, GameId game = kTonight,
                GameDate date = made_date()) {
        conform::PlayerGame row;
        row.game_id = game;
        row.player_id = player;
        row.game_date = date;
        row.season = season_of(date);
        row.team_id = team;
        row.player_name = "Some Body";
        row.minutes = minutes;
        boxes_.push_back(row);
    }
    void played_before(PlayerId player, TeamId team, int days_before) {
        const GameDate date = made_date().plus_days(-days_before);
        const std::int64_t season = season_of(date).start_year() % 100;
        played(player, 20, team, GameId{20000000 + season * 100'000 + days_before}, date);
    }
    /// On a roster from an instant before or after tip-off; without an id the name is unresolved.
    void rostered(std::string name, TeamId team, std::optional<PlayerId> player,
                  std::chrono::hours before_tip_off = std::chrono::hours{48}) {
        collect::RosterSpell row;
        row.source = "br_rosters";
        row.season = kMadeSeason;
        row.team_id = team;
        row.folded_name = fold_name(name);
        row.player_name = std::move(name);
        row.player_id = player;
        row.known_at = KnownAt{made_tip_off() - before_tip_off};
        row.known_at_basis = "observed";
        rosters_.push_back(row);
    }
    void reported(PlayerId player, std::string status, std::string reason,
                  std::chrono::hours before_tip_off = std::chrono::hours{2}) {
        collect::InjuryReport row;
        row.source = "nbac_injury_report";
        row.reported_at = made_tip_off() - before_tip_off;
        row.team_id = kHome;
        row.folded_name = std::to_string(player.value);
        row.game_date = made_date();
        row.player_name = "Some Body";
        row.player_id = player;
        row.status = std::move(status);
        row.reason = std::move(reason);
        row.known_at = KnownAt{row.reported_at};
        row.known_at_basis = "observed";
        reports_.push_back(row);
    }
    void inactive(PlayerId player, std::string status, std::string reason) {
        collect::InactivePlayer row;
        row.source = "nbac_gamebook";
        row.game_id = kTonight;
        row.team_id = kHome;
        row.folded_name = std::to_string(player.value);
        row.game_date = made_date();
        row.player_id = player;
        row.status = std::move(status);
        row.reason = std::move(reason);
        row.known_at = KnownAt{made_tip_off() + std::chrono::hours{4}};
        inactive_.push_back(row);
    }
    void unresolved(std::string source, std::string name, TeamId team) {
        names_.push_back({.source = std::move(source),
                          .folded_name = fold_name(name),
                          .team_id = team,
                          .season = kMadeSeason,
                          .player_name = name,
                          .occurrences = 3,
                          .first_seen = made_date().plus_days(-9),
                          .last_seen = made_date()});
    }
    void line(PlayerId player, std::string market = "points", bool in_play = false) {
        collect::PropLine row;
        row.source = "oddsapi_player_props";
        row.game_id = kTonight;
        row.player_id = player;
        row.market = std::move(market);
        row.book = "draftkings";
        row.line_value = 20.5;
        row.snapshot = made_tip_off() - std::chrono::hours{1};
        row.game_date = made_date();
        row.in_play = in_play;
        row.known_at = KnownAt{row.snapshot};
        lines_.push_back(row);
    }
    void player(PlayerId id, std::string name) {
        players_.push_back({.player_id = id,
                            .player_name = name,
                            .folded_name = fold_name(name),
                            .first_seen = made_date(),
                            .last_seen = made_date()});
    }
    void run(std::string step, std::string scope, std::string state, std::string reason,
             bool covers_the_date = true) {
        ledger::RunRow row{.run_id = "run-" + std::to_string(runs_.size()),
                           .step = std::move(step),
                           .scope = std::move(scope),
                           .state = std::move(state)};
        if (covers_the_date) row.scope_from = row.scope_to = made_date();
        row.fencing_token = static_cast<std::int64_t>(runs_.size()) + 1;
        row.planned_at = made_tip_off() - std::chrono::hours{6};
        row.started_at = row.planned_at;
        if (row.state != "running") row.finished_at = row.planned_at + std::chrono::seconds{1};
        row.reason = std::move(reason);
        runs_.push_back(row);
    }
    void breaker(std::string source, std::string reason) {
        breakers_.push_back({.source = std::move(source),
                             .failures = 4,
                             .open_until = made_tip_off() + std::chrono::hours{1},
                             .reason = std::move(reason),
                             .changed_at = made_tip_off() - std::chrono::hours{1}});
    }

    /// Writes what was gathered; once.
    store::Database& write() {
        if (own_ == nullptr) {
            in_one_transaction([](store::Transaction& transaction, const auto& table, const auto&) {
                support::value_of(
                    transaction.execute("DELETE FROM " + table.spec().qualified_name(), {}));
            });
        }
        in_one_transaction(
            [](store::Transaction& transaction, const auto& table, const auto& rows) {
                if (!rows.empty())
                    support::value_of(transaction.merge(table.batch(rows), std::nullopt));
            });
        return *database_;
    }
    CoverageReport coverage(CoverageRequest request = {}) {
        request.dates = {made_date(), made_date()};
        return support::value_of(operate::coverage(write(), request));
    }

private:
    /// The days before the date were never derived.
    [[nodiscard]] std::vector<conform::PlayerGame> derived_boxes() const {
        std::vector<conform::PlayerGame> of_date = boxes_;
        std::erase_if(of_date, [](const auto& box) { return box.game_date != made_date(); });
        return of_date;
    }

    template <class Do>
    void in_one_transaction(Do act) {
        const auto transaction = support::value_of(database_->begin());
        act(*transaction, collect::kSchedule, schedule_);
        act(*transaction, conform::kGame, games_);
        act(*transaction, conform::kTeamContext, team_contexts_);
        act(*transaction, conform::kPlayerContext, contexts_);
        act(*transaction, conform::kPlayerGame, derived_boxes());
        act(*transaction, collect::kPlayerBox, support::stated_boxes(boxes_));
        act(*transaction, features::kFeatureStore, features_);
        act(*transaction, forecast::kPrediction, predictions_);
        act(*transaction, ledger::kExpectation, expectations_);
        act(*transaction, ledger::kRun, runs_);
        act(*transaction, ledger::kSourceBreaker, breakers_);
        act(*transaction, collect::kBrRoster, rosters_);
        act(*transaction, collect::kInjuryReport, reports_);
        act(*transaction, collect::kInactivePlayer, inactive_);
        act(*transaction, collect::kUnresolvedName, names_);
        act(*transaction, collect::kPropLine, lines_);
        act(*transaction, collect::kPlayer, players_);
        support::value_of(transaction->commit());
    }

    std::unique_ptr<support::TempFolder> folder_;
    std::unique_ptr<store::Database> own_;
    store::Database* database_ = nullptr;
    std::vector<collect::Schedule> schedule_;
    std::vector<conform::Game> games_;
    std::vector<conform::TeamContext> team_contexts_;
    std::vector<conform::PlayerContext> contexts_;
    std::vector<conform::PlayerGame> boxes_;
    std::vector<features::FeatureStoreRow> features_;
    std::vector<forecast::Prediction> predictions_;
    std::vector<ledger::ExpectationRow> expectations_;
    std::vector<ledger::RunRow> runs_;
    std::vector<ledger::SourceBreakerRow> breakers_;
    std::vector<collect::RosterSpell> rosters_;
    std::vector<collect::InjuryReport> reports_;
    std::vector<collect::InactivePlayer> inactive_;
    std::vector<collect::UnresolvedName> names_;
    std::vector<collect::PropLine> lines_;
    std::vector<collect::Player> players_;
};

}  // namespace tipoff::operate::test
