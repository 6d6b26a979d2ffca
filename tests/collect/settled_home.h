#pragma once
/// A database into which answers are settled as a collection does it.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collect/made_games.h"
#include "collect/raw_tables.h"
#include "collect/settlement.h"
#include "store/database.h"
#include "support/database.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::collect::test {

class SettledHome {
public:
    SettledHome() : database_(support::open_with_tables(folder_ / "tipoff.duckdb", raw_tables())) {}

    /// Settles the answers and writes what came of them, in one transaction.
    Settled settle(std::string_view source, std::vector<ReadAnswer> answers) {
        Settled settled = support::value_of(
            settle_answers(*database_, folder_.path(), *find_source(source), std::move(answers)));
        const auto transaction = support::value_of(database_->begin());
        support::value_of(write_settled(settled, *transaction));
        support::value_of(transaction->commit());
        return settled;
    }

    template <class Row>
    [[nodiscard]] std::vector<Row> rows(const store::Table<Row>& table,
                                        std::string_view tail = "ORDER BY ALL") {
        return support::value_of(store::read_rows(*database_, table, tail));
    }

    /// Of all raw and reference tables.
    [[nodiscard]] std::string digest() {
        return to_string(support::value_of(store::digest(*database_, raw_tables())));
    }

    /// The league's list of players, answered at `at`: name, id and team.
    void list_players(Instant at, std::initializer_list<StatedPlayer> players) {
        StatedRecords records;
        records.players = players;
        settle("nbac_player_list",
               {answer_of("nbac_player_list", at, "list of " + tipoff::to_string(at), records)});
    }

    /// What NBA.com's schedule says at `at`, as rows that are known then.
    void know(const std::vector<Schedule>& games) {
        support::merge_rows(*database_, kSchedule, games);
    }

    [[nodiscard]] store::Database& database() { return *database_; }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

private:
    support::TempFolder folder_;
    std::unique_ptr<store::Database> database_;
};

[[nodiscard]] inline StatedPlayer listed(std::string id, std::string name, TeamId team) {
    StatedPlayer player;
    player.source_player_id = std::move(id);
    player.player_name = std::move(name);
    player.team_id = team;
    return player;
}

}  // namespace tipoff::collect::test
