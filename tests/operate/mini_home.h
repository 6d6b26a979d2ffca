#pragma once
/// A home with the small made-up league in `raw` and everything computed of it, for tests that take
/// something away and look what is said.

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/names.h"
#include "collect/raw_tables.h"
#include "operate/backfill.h"
#include "operate/catalogue.h"
#include "operate/facts.h"
#include "operate/status.h"
#include "store/home.h"
#include "support/database.h"
#include "support/engines.h"
#include "support/expected.h"
#include "support/mini_league.h"

namespace tipoff::operate::test {

class MiniHome {
public:
    /// Two seasons; the second one is long enough for four weeks to be a measure.
    static constexpr int kGameDays = 24;

    /// A copy of the one that was made of the engine.
    explicit MiniHome(support::Engine engine = support::Engine::kDuckDb)
        : place_(made(engine).place), last_day_(made(engine).last_day) {
        home_ = open(place_, clock_);
        ledger_ = std::make_unique<ledger::Ledger>(database(), clock_);
    }

    struct Made {
        support::HomePlace place;
        GameDate last_day{};

        explicit Made(support::Engine engine) : place(engine) { fill(*this); }
    };

    /// A home with everything in it, which nobody has open. Made once.
    static const Made& made(support::Engine engine) {
        static std::map<support::Engine, Made> homes;
        return homes.try_emplace(engine, engine).first->second;
    }

    [[nodiscard]] store::Database& database() { return home_->database(); }
    [[nodiscard]] ledger::Ledger& ledger() { return *ledger_; }
    [[nodiscard]] ManualClock& clock() { return clock_; }
    [[nodiscard]] const std::filesystem::path& folder() const { return place_.path(); }

    /// Moves the clock there, also back.
    void go_to(Instant instant) { clock_.advance(instant - clock_.league_now()); }

    /// A game date late in the second season, everything of which is there.
    [[nodiscard]] GameDate last_day() const { return last_day_; }

    /// A statement in which $1 is `last_day`.
    std::int64_t change(std::string_view sql) {
        return support::execute(database(), sql, {last_day()});
    }

    [[nodiscard]] StatusReport status_of(GameDate date) {
        return support::value_of(status(database(), date));
    }
    [[nodiscard]] StatusLights lights(std::string_view table) {
        for (StatusLights& lights : status_of(last_day()).lights) {
            if (lights.table == table) return lights;
        }
        ADD_FAILURE() << "no lights of " << table;
        return {};
    }

private:
    static std::unique_ptr<store::Home> open(const support::HomePlace& place, const Clock& clock) {
        return support::value_of(store::open_home(place.path(), catalogue(),
                                                  {.access = store::Access::kReadWrite,
                                                   .wait = std::chrono::milliseconds{0},
                                                   .command = "test",
                                                   .database_url = place.database_url(),
                                                   .engine = {}},
                                                  clock));
    }

    static void fill(Made& made) {
        const ManualClock clock(made_at());
        const auto home = open(made.place, clock);
        store::Database& database = home->database();
        ledger::Ledger ledger(database, clock);
        const auto league = tipoff::test::mini_league({.seed = 5, .game_days = kGameDays});
        support::merge_rows(database, collect::kSchedule, league.schedule);
        support::merge_rows(database, collect::kPlayerBox, league.player_boxes);
        support::merge_rows(database, collect::kTeamBox, league.team_boxes);
        support::merge_rows(database, collect::kGameLine, league.game_lines);
        support::merge_rows(database, collect::kPropLine, league.prop_lines);
        support::merge_rows(database, collect::kPlayer, players_of(league.player_boxes));
        const Facts facts(league);
        const auto& games = facts.summaries().games;
        Backfill backfill(database, ledger, clock, facts);
        support::value_of(backfill.run(
            {.dates = {games.front().game_date, games.back().game_date}, .threads = 1}));
        // The last date of the regular season on which every game was played.
        made.last_day = store::ColumnCodec<GameDate>::get(
            support::value_of(
                database.read("SELECT max(game_date) FROM (SELECT game_date FROM analytics.game "
                              "GROUP BY game_date HAVING bool_and(status = 'final' AND player_rows "
                              "> 0 AND season_type = 'regular')) AS days",
                              {}))
                .data[0],
            0);
    }

    static std::vector<collect::Player> players_of(const std::vector<collect::PlayerBox>& boxes) {
        std::map<PlayerId, collect::Player> players;
        for (const collect::PlayerBox& box : boxes) {
            collect::Player& player =
                players
                    .try_emplace(box.player_id,
                                 collect::Player{.player_id = box.player_id,
                                                 .player_name = box.player_name,
                                                 .folded_name = fold_name(box.player_name),
                                                 .first_seen = box.game_date,
                                                 .last_seen = box.game_date})
                    .first->second;
            player.last_seen = std::max(player.last_seen, box.game_date);
        }
        std::vector<collect::Player> all;
        for (auto& [id, player] : players)
            all.push_back(std::move(player));
        return all;
    }

    static Instant made_at() { return support::value_of(parse_instant("2023-07-01T12:00:00Z")); }

    support::HomePlace place_;
    ManualClock clock_{made_at()};
    std::unique_ptr<store::Home> home_;
    std::unique_ptr<ledger::Ledger> ledger_;
    GameDate last_day_;
};

/// "red: 1 of 187 players", as people see it.
[[nodiscard]] inline std::string told(const LightReading& reading) {
    return std::string(to_string(reading.light)) + ": " + reading.says;
}

/// The tables of a date whose lights are not all green, each with what it says.
[[nodiscard]] inline std::string not_green(const StatusReport& report) {
    std::string all;
    for (const StatusLights& lights : report.lights) {
        for (const LightReading* reading :
             {&lights.job, &lights.age, &lights.completeness, &lights.sanity}) {
            if (reading->light != Light::kGreen) all += lights.table + " " + told(*reading) + "\n";
        }
    }
    return all;
}

}  // namespace tipoff::operate::test
