#pragma once
/// A small league under a controller, for tests of what its passes do.

#include <gtest/gtest.h>

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/input_changes.h"
#include "operate/controller.h"
#include "operate/live.h"
#include "operate/mini_home.h"

namespace tipoff::operate::test {

class ControlledHome : public testing::Test {
protected:
    [[nodiscard]] store::Database& database() { return home_.database(); }
    [[nodiscard]] GameDate date() const { return home_.last_day(); }
    void go_to(GameDate day, int hour, int minute = 0) {
        home_.go_to(eastern_instant(day, {.hour = hour, .minute = minute, .second = 0}));
    }

    /// A collection that changed rows of a date, as the collector notes it.
    void note_change(const std::string& table, GameDate day) {
        const auto run = support::value_of(home_.ledger().start(
            {.step = "collect", .scope = "by test " + std::to_string(++changes_)}));
        const auto transaction = support::value_of(database().begin());
        support::value_of(ledger::note_input_changes(*transaction, run, std::vector{table},
                                                     std::vector{day}, home_.clock()));
        support::value_of(home_.ledger().finish(*transaction, run, {}));
        support::value_of(transaction->commit());
    }

    /// "step scope state" of the runs that were planned after this many.
    std::vector<std::string> runs_after(std::int64_t token, std::string_view job = "") {
        std::vector<std::string> told;
        for (const ledger::RunRow& run : support::value_of(store::read_rows(
                 database(), ledger::kRun,
                 "WHERE fencing_token > $1 AND job <> '' ORDER BY fencing_token", {token}))) {
            EXPECT_TRUE(job.empty() || run.job == job) << run.job << " " << run.step;
            told.push_back(run.step + " " + run.scope + ": " + run.state);
        }
        return told;
    }
    std::int64_t newest_token() {
        return support::value_of(
                   database().read("SELECT CAST(max(fencing_token) AS BIGINT) FROM ops.run", {}))
            .data[0]
            .integer(0);
    }
    ledger::RunRow newest(std::string_view step) {
        return support::value_of(
                   store::read_rows(database(), ledger::kRun,
                                    "WHERE step = $1 ORDER BY fencing_token DESC LIMIT 1",
                                    {std::string(step)}))
            .at(0);
    }
    std::set<std::string> texts(const std::string& sql) {
        const auto rows = support::value_of(database().read(sql, {date()}));
        std::set<std::string> texts;
        for (std::size_t i = 0; i < rows.rows(); ++i)
            texts.emplace(rows.data[0].text(i));
        return texts;
    }
    /// Of live forecasts of the date.
    std::set<std::string> markets_at_newest_instant() {
        return texts(
            "SELECT DISTINCT market FROM predictions.player_prop_prediction WHERE game_date = $1 "
            "AND as_of = (SELECT max(as_of) FROM predictions.player_prop_prediction WHERE "
            "game_date = $1 AND origin = 'live')");
    }
    std::set<std::string> expected_markets() {
        return texts("SELECT DISTINCT market FROM ops.expectation WHERE game_date = $1");
    }
    void forecast_live_in(std::span<const Market> markets) {
        LiveRequest request;
        request.date = date();
        request.markets.assign(markets.begin(), markets.end());
        request.threads = 1;
        support::value_of(forecast_live(*support::value_of(engine_.backfill()), database(),
                                        home_.clock(), request));
    }
    /// The date's only lines: of two players, both from one book.
    std::vector<collect::PropLine> two_lines() {
        const auto all = support::value_of(store::read_rows(
            database(), collect::kPropLine,
            "WHERE game_date = $1 AND market = 'points' AND NOT in_play ORDER BY player_id",
            {date()}));
        std::vector<collect::PropLine> two{all.front(), all.back()};
        EXPECT_NE(two[0].player_id, two[1].player_id);
        support::execute(database(), "DELETE FROM raw.prop_line WHERE game_date = $1", {date()});
        for (collect::PropLine& line : two)
            move_line(line, 0);
        return two;
    }
    /// A later word of the book.
    void move_line(collect::PropLine line, double by) {
        line.book = "draftkings";
        line.line_value += by;
        line.snapshot = home_.clock().league_now();
        line.known_at = KnownAt{line.snapshot};
        line.known_at_basis = "observed";
        support::merge_rows(database(), collect::kPropLine, std::vector{line});
        note_change("raw.prop_line", date());
    }
    /// As bettors are told of him.
    static std::string name_of(const collect::PropLine& line) {
        return "Player " + std::to_string(line.player_id.value) + ",";
    }
    std::set<std::string> board_alerts() {
        return texts("SELECT body FROM ops.alert WHERE game_date = $1 AND signature LIKE 'board%'");
    }
    /// All that bettors were told.
    std::string board_moves_told() {
        std::string told;
        for (const std::string& body : board_alerts())
            told += body;
        return told;
    }
    /// A starter of the date is out from now on; whose game it is.
    GameId injure_someone() {
        const auto one =
            support::value_of(
                store::read_rows(database(), collect::kPlayerBox,
                                 "WHERE game_date = $1 AND minutes >= 30 ORDER BY player_id "
                                 "LIMIT 1",
                                 {date()}))
                .at(0);
        collect::InjuryTransaction injury;
        injury.transaction_date = date();
        injury.team_id = one.team_id;
        injury.player_id = one.player_id;
        injury.player_name = one.player_name;
        injury.known_at = KnownAt{home_.clock().league_now()};
        injury.known_at_basis = "observed";
        support::merge_rows(database(), collect::kInjuryTransaction,
                            std::vector<collect::InjuryTransaction>{injury});
        return one.game_id;
    }
    [[nodiscard]] std::string scope(std::string_view live = "") const {
        const std::string day = to_string(date());
        return "2022-23 " + day + ".." + day + std::string(live);
    }
    using Told = std::vector<std::string>;

    MiniHome home_;
    Workflows workflows_ =
        support::value_of(read_workflows(default_workflows_text(), "workflows.yaml"));
    Alerts alerts_{{}, home_.clock()};
    std::vector<AlertChannel> channels_;
    SharedFacts facts_{database()};
    WarmEngine engine_{facts_, database(), home_.ledger(), home_.clock(), home_.folder()};
    Executor executor_{database(), home_.ledger(), home_.clock(), engine_,
                       {},         alerts_,        {.threads = 1}};
    Controller controller_{database(), home_.clock(), workflows_, executor_, alerts_, channels_};
    int changes_ = 0;
};

}  // namespace tipoff::operate::test
