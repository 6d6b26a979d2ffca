#include <gtest/gtest.h>

#include "collect/import_home.h"

namespace tipoff::collect {
namespace {

using test::csv;
using test::file_named;
using test::ImportHome;

class InjuryTransactions : public testing::Test {
protected:
    FileReport import(const std::vector<std::string>& rows) {
        const std::string boxes =
            csv(test::kPlayerBoxHeader, {test::boston_row(201143, "Al Horford", 6),
                                         test::boston_row(1630202, "Payton Pritchard", 4),
                                         test::philadelphia_row(203954, "Joel Embiid", 26),
                                         test::philadelphia_row(1626149, "Montrezl Harrell Jr.", 2),
                                         test::philadelphia_row(200782, "P.J. Tucker", 6)});
        const auto report = home_.import({{"schedule.csv", test::schedule()},
                                          {"box.csv", boxes},
                                          {"injuries.csv", csv(test::kInjuryHeader, rows)}});
        return file_named(report, "injuries.csv");
    }

    [[nodiscard]] std::vector<InjuryTransaction> transactions() {
        return home_.rows(kInjuryTransaction, "ORDER BY transaction_date, team_id, ordinal");
    }

    ImportHome home_;
};

TEST_F(InjuryTransactions, AreKnownTheDayAfterAtMidnight) {
    import({"2022-10-20,Celtics,,Al Horford,back (DTD)",
            "2022-10-25,Celtics,Al Horford,,returned to lineup"});
    const auto rows = transactions();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].player_id, PlayerId{201143});
    EXPECT_FALSE(rows[0].returned);
    EXPECT_EQ(to_string(rows[0].known_at.at), "2022-10-21T04:00:00Z");
    EXPECT_TRUE(rows[1].returned);
}

TEST_F(InjuryTransactions, FindPlayersByAnyOfTheirNames) {
    import({"2022-10-20,Celtics,,Alfred Horford / Al Horford,back",
            "2022-10-21,Celtics,,Alfred Horford,back",
            "2022-10-20,76ers,,(Joel) Joel Embiid (Hans),foot",
            "2022-10-21,76ers,,Montrezl Harrell,knee", "2022-10-22,76ers,,Pj Tucker,hip"});
    for (const auto& row : transactions())
        EXPECT_TRUE(row.player_id.has_value()) << row.player_name;
    const auto aliases = home_.rows(kPlayerAlias, "WHERE folded_name = 'montrezl harrell'");
    ASSERT_EQ(aliases.size(), 1U);
    EXPECT_EQ(aliases[0].basis, "suffix");
    EXPECT_EQ(home_.rows(kPlayerAlias, "WHERE folded_name = 'alfred horford'").at(0).basis,
              "alias");
}

TEST_F(InjuryTransactions, AnUnknownNameIsKeptWithoutAPlayer) {
    const FileReport file = import(
        {"2022-10-20,Celtics,,Danilo Gallinari,knee", "2022-10-21,Celtics,,Danilo Gallinari,knee"});
    EXPECT_EQ(file.rows_rejected, 0);
    EXPECT_EQ(file.unresolved_names, 2);
    ASSERT_EQ(transactions().size(), 2U);
    EXPECT_EQ(transactions()[0].player_id, std::nullopt);
    const auto names = home_.rows(kUnresolvedName);
    ASSERT_EQ(names.size(), 1U);
    EXPECT_EQ(names[0].occurrences, 2);
    EXPECT_EQ(to_string(names[0].last_seen), "2022-10-21");
}

TEST_F(InjuryTransactions, ANameThatIsFoundLaterIsFilledIn) {
    import({"2022-10-20,Celtics,,Danilo Gallinari,knee", "2022-10-20,Celtics,,Al Horford,back"});
    const std::string before = transactions()[1].player_name;
    home_.import(
        {{"more.csv",
          csv(test::kPlayerBoxHeader, {test::boston_row(201568, "Danilo Gallinari", 3)})},
         {"injuries.csv", csv(test::kInjuryHeader, {"2022-10-20,Celtics,,Danilo Gallinari,knee",
                                                    "2022-10-20,Celtics,,Al Horford,back"})}});
    ASSERT_EQ(transactions().size(), 2U);
    EXPECT_EQ(transactions()[1].player_name, before) << "numbers stay";
    EXPECT_EQ(transactions()[1].player_id, PlayerId{201568});
    EXPECT_TRUE(home_.rows(kUnresolvedName).empty());
}

TEST_F(InjuryTransactions, AFileThatOverlapsAnotherAddsOnlyWhatIsNew) {
    import({"2022-10-20,Celtics,,Al Horford,back", "2022-10-20,Celtics,,Payton Pritchard,ankle"});
    home_.import(
        {{"newer.csv", csv(test::kInjuryHeader, {"2022-10-20,Celtics,Al Horford,,returned",
                                                 "2022-10-20,Celtics,,Al Horford,back",
                                                 "2022-10-20,Celtics,,Payton Pritchard,ankle"})}});
    const auto rows = transactions();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].player_name, "Al Horford");
    EXPECT_FALSE(rows[0].returned);
    EXPECT_TRUE(rows[2].returned) << "behind those that were there";
}

TEST_F(InjuryTransactions, RowsThatNameNobodyOrNoTeamAreRejected) {
    std::vector<std::string> rows;
    for (int day = 1; day <= 28; ++day) {
        for (int i = 0; i < 20; ++i) {
            rows.push_back("2022-11-" + std::string(day < 10 ? "0" : "") + std::to_string(day) +
                           ",Celtics,,Al Horford,note " + std::to_string(i));
        }
    }
    rows.insert(rows.begin(), {"2022-10-20,Celtics,,,knee", "2022-10-20,Bullets,,Al Horford,knee",
                               "2022-10-20,Celtics,Al Horford,Al Horford,knee",
                               "2022-10-20,Celtics,placed on IL with bruised hip,,activated",
                               "2022-10-20,Celtics,11/25/2019,,activated"});
    const FileReport file = import(rows);
    EXPECT_EQ(file.outcome, FileOutcome::kKept);
    ASSERT_EQ(file.rows_rejected, 5);
    EXPECT_EQ(file.examples[0].reason, "neither Acquired nor Relinquished names a player");
    EXPECT_EQ(file.examples[1].reason, "not a known team");
    EXPECT_EQ(file.examples[2].reason, "the same player both acquired and relinquished");
    EXPECT_EQ(file.examples[3].reason, "not a player's name");
    EXPECT_EQ(file.examples[4].reason, "not a player's name");
}

TEST_F(InjuryTransactions, OneRowMayNameOneWhoComesAndOneWhoGoes) {
    import({"2022-10-20,Celtics,Al Horford,Payton Pritchard,swap"});
    const auto rows = transactions();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_TRUE(rows[0].returned);
    EXPECT_EQ(rows[0].player_name, "Al Horford");
    EXPECT_EQ(rows[1].player_name, "Payton Pritchard");
}

}  // namespace
}  // namespace tipoff::collect
