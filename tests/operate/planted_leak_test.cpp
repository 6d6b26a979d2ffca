// The alarms of a report, end to end: the same facts are evaluated with the guard between the
// future and a forecast, and without it. What became known after the game is what the forecasts
// then know.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <set>
#include <string>

#include "operate/evaluate.h"
#include "support/expected.h"
#include "support/mini_league.h"

namespace tipoff::operate {
namespace {

using namespace std::chrono_literals;

bool everything(KnownAt, AsOf) { return true; }

/// Of the league's second season.
grade::GradeReport report_of(const conform::RawFacts& raw, features::Admissible admissible) {
    const Facts facts(raw);
    EvaluateRequest request;
    const auto season =
        facts.seasons_between(GameDate{}, GameDate{std::chrono::sys_days::max()}).back();
    request.walk.dates = {season.from, season.to};
    request.walk.fewest_games = 300;
    request.walk.threads = 1;
    request.walk.trees.most_rounds = 40;
    request.walk.trees.learning_rate = 0.2;
    request.walk.trees.min_child_weight = 5;
    return support::value_of(evaluate(facts, request, {}, admissible)).reports.front();
}

using Names = std::set<std::string>;

/// "ratio_to_last_10 ensemble_v1", ...
Names alarms_of(const grade::GradeReport& report) {
    Names alarms;
    for (const grade::LeakAlarm& alarm : report.alarms)
        alarms.insert(alarm.name + " " + alarm.subject);
    return alarms;
}

const collect::Schedule& game_of(const conform::RawFacts& facts, GameId id) {
    return *std::ranges::find(facts.schedule, id, &collect::Schedule::game_id);
}

/// A book that offers the same line on everybody before the game, and goes on after it: its last
/// line stands where the player did.
conform::RawFacts league_with_lines_after_the_game() {
    conform::RawFacts facts = test::mini_league({.seed = 5, .game_days = 40});
    facts.prop_lines.clear();
    for (const collect::PlayerBox& box : facts.player_boxes) {
        if (box.revision != 0) continue;
        const Instant tip_off = game_of(facts, box.game_id).tip_off;
        const auto offer = [&](double line, Instant at) {
            facts.prop_lines.push_back({.source = "prop_lines",
                                        .game_id = box.game_id,
                                        .player_id = box.player_id,
                                        .market = "points",
                                        .book = "book",
                                        .line_value = line,
                                        .snapshot = at,
                                        .game_date = box.game_date,
                                        .over_price = -110,
                                        .under_price = -110,
                                        .in_play = false,
                                        .known_at = {at},
                                        .known_at_basis = "observed",
                                        .document_hash = {}});
        };
        offer(12.5, tip_off - 30min);
        offer(box.points + 0.5, tip_off + 180min);
    }
    return facts;
}

/// What everybody scores in a game, all of it from the free-throw line: 6 to 18 points, of which
/// nothing before the game tells (the last step of SplitMix64).
int points_of_each(GameId game) {
    auto bits = static_cast<std::uint64_t>(game.value) * 0x9e3779b97f4a7c15ULL;
    bits = (bits ^ bits >> 30U) * 0xbf58476d1ce4e5b9ULL;
    bits = (bits ^ bits >> 27U) * 0x94d049bb133111ebULL;
    return 6 + static_cast<int>((bits ^ bits >> 31U) % 13);
}
constexpr int kPlayersOfATeam = 9;

/// `players` who scored so; a box of one player or of a team.
template <class Box>
void score_alike(Box& box, int players) {
    box.points = players * points_of_each(box.game_id);
    box.free_throws_made = box.points;
    box.free_throws_attempted = box.points + 2 * players;
    box.field_goals_made = box.three_pointers_made = box.three_pointers_attempted = 0;
    box.field_goals_attempted = 5 * players;
}

/// A league in which all players of a game score alike, and the last total that the book offers,
/// after the game, is what was scored.
conform::RawFacts league_with_totals_after_the_game() {
    conform::RawFacts facts = test::mini_league({.seed = 6, .game_days = 40});
    facts.prop_lines.clear();
    facts.shots.clear();
    for (collect::PlayerBox& box : facts.player_boxes)
        score_alike(box, 1);
    for (collect::TeamBox& box : facts.team_boxes)
        score_alike(box, kPlayersOfATeam);
    for (const collect::Schedule& game : facts.schedule) {
        const Instant at = game.tip_off + 180min;
        facts.game_lines.push_back(
            {.source = "game_lines",
             .game_id = game.game_id,
             .market = "total",
             .book = "book",
             .line_value = 2.0 * kPlayersOfATeam * points_of_each(game.game_id),
             .snapshot = at,
             .game_date = game.game_date,
             .home_or_over_price = -110,
             .away_or_under_price = -110,
             .in_play = false,
             .known_at = {at},
             .known_at_basis = "observed",
             .document_hash = {}});
    }
    return facts;
}

// Without the guard all picks are made against the lines after the game as well, which is why the
// other systems win more of them than they should.
TEST(PlantedLeak, ForecastsThatKnowTheLineAfterTheGameRaiseAlarms) {
    const conform::RawFacts facts = league_with_lines_after_the_game();
    const grade::GradeReport honest = report_of(facts, is_admissible);
    EXPECT_EQ(alarms_of(honest), Names{});
    EXPECT_GT(honest.systems.at(0).last_10.n(), 1000);
    EXPECT_GT(honest.systems.at(0).lined.line.n(), 1000);
    const Names alarms = alarms_of(report_of(facts, everything));
    for (const auto* const name : {"ratio_to_last_10", "mae_under_line", "hit_rate"})
        EXPECT_TRUE(alarms.contains(std::string(name) + " ensemble_v1")) << name;
    // Only the ensemble is shown lines.
    for (const auto* const system : {"moving_average_v1", "xgboost_v1"})
        EXPECT_FALSE(alarms.contains(std::string("ratio_to_last_10 ") + system)) << system;
}

TEST(PlantedLeak, AFeatureThatIsTheOutcomeIsNamed) {
    const conform::RawFacts facts = league_with_totals_after_the_game();
    EXPECT_EQ(alarms_of(report_of(facts, is_admissible)), Names{});
    const Names alarms = alarms_of(report_of(facts, everything));
    EXPECT_TRUE(alarms.contains("feature_correlation game_total"));
    // The trees have found it, and the formulas do not look there.
    EXPECT_TRUE(alarms.contains("ratio_to_last_10 xgboost_v1"));
    EXPECT_FALSE(alarms.contains("ratio_to_last_10 moving_average_v1"));
}

}  // namespace
}  // namespace tipoff::operate
