#include "collect/roster_spells.h"

#include <gtest/gtest.h>

#include <fmt/core.h>

#include "collect/settled_home.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using namespace test;

struct Listed {
    std::string name;
    std::string jersey = "1";
};

/// A list that counts its answers, so that each is another document.
class Rosters : public testing::Test {
protected:
    using Names = std::vector<Listed>;

    static ReadAnswer list(TeamId team, Instant at, const Names& names) {
        StatedRecords records;
        for (const Listed& one : names) {
            StatedRosterPlayer& player = records.roster.emplace_back();
            player.season = Season::starting_in(2025);
            player.team_id = team;
            player.player_name = one.name;
            player.jersey_number = one.jersey;
        }
        const std::string& tricode = find_team(team)->tricode;
        ReadAnswer read =
            answer_of("br_rosters", at, tricode + " " + tipoff::to_string(at), std::move(records));
        read.answer.url = "https://www.basketball-reference.com/teams/" + tricode + "/2026.html";
        return read;
    }
    Settled settle(TeamId team, Instant at, const Names& names) {
        return home_.settle("br_rosters", {list(team, at, names)});
    }

    /// "Name #jersey revision", and "until ..." once closed.
    [[nodiscard]] std::vector<std::string> spells(TeamId team = kBoston) {
        std::vector<std::string> lines;
        for (const RosterSpell& spell : home_.rows(kBrRoster, "ORDER BY folded_name, revision")) {
            if (spell.team_id != team) continue;
            std::string line = fmt::format("{} #{} r{} {}", spell.player_name, spell.jersey_number,
                                           spell.revision, to_eastern_string(spell.known_at.at));
            if (spell.closed_at) line += " until " + to_eastern_string(*spell.closed_at);
            lines.push_back(std::move(line));
        }
        return lines;
    }

    /// How many stand on the list.
    [[nodiscard]] std::size_t open(TeamId team = kBoston) {
        return static_cast<std::size_t>(std::ranges::count_if(
            home_.rows(kBrRoster),
            [&](const RosterSpell& spell) { return spell.team_id == team && !spell.closed_at; }));
    }

    static Names players(int count) {
        Names names;
        for (int i = 0; i < count; ++i)
            names.push_back({fmt::format("Player {}", static_cast<char>('A' + i))});
        return names;
    }

    SettledHome home_;
};

using Lines = std::vector<std::string>;

TEST_F(Rosters, OpenChangeLeaveAndComeBack) {
    settle(kBoston, eastern("2025-10-20", "08:00"), {{"Ann"}, {"Bob"}});
    EXPECT_EQ(spells(), (Lines{"Ann #1 r0 2025-10-20 08:00 ET", "Bob #1 r0 2025-10-20 08:00 ET"}));

    settle(kBoston, eastern("2025-10-21", "08:00"), {{"Ann"}, {"Bob"}});
    EXPECT_EQ(spells().size(), 2U) << "the same list says nothing new";

    settle(kBoston, eastern("2025-10-22", "08:00"), {{"Ann", "7"}, {"Bob"}});
    EXPECT_EQ(spells(), (Lines{"Ann #1 r0 2025-10-20 08:00 ET until 2025-10-22 08:00 ET",
                               "Ann #7 r1 2025-10-22 08:00 ET", "Bob #1 r0 2025-10-20 08:00 ET"}));

    settle(kBoston, eastern("2025-10-23", "08:00"), {{"Ann", "7"}});
    EXPECT_EQ(spells().back(), "Bob #1 r0 2025-10-20 08:00 ET until 2025-10-23 08:00 ET");

    settle(kBoston, eastern("2025-10-24", "08:00"), {{"Ann", "7"}, {"Bob"}});
    const Lines lines = spells();
    ASSERT_EQ(lines.size(), 4U);
    EXPECT_EQ(lines[2], "Bob #1 r0 2025-10-20 08:00 ET until 2025-10-23 08:00 ET");
    EXPECT_EQ(lines[3], "Bob #1 r1 2025-10-24 08:00 ET");
}

TEST_F(Rosters, OfSeveralAnswersAtOnceAreAsOneAfterTheOther) {
    const auto lists = [] {
        return std::vector{list(kBoston, eastern("2025-10-20", "08:00"), {{"Ann"}, {"Bob"}}),
                           list(kBoston, eastern("2025-10-21", "08:00"), {{"Ann", "7"}}),
                           list(kBoston, eastern("2025-10-22", "08:00"), {{"Ann", "7"}, {"Bob"}})};
    };
    home_.settle("br_rosters", lists());
    SettledHome other;
    for (ReadAnswer& one : lists())
        other.settle("br_rosters", {std::move(one)});
    EXPECT_EQ(spells().size(), 4U);
    EXPECT_EQ(home_.digest(), other.digest());
}

TEST_F(Rosters, FourMayLeaveAtOnce) {
    settle(kBoston, eastern("2025-10-20", "08:00"), players(15));
    EXPECT_TRUE(settle(kBoston, eastern("2025-10-21", "08:00"), players(11)).held.empty());
    EXPECT_EQ(open(), 11U);
}

TEST_F(Rosters, AListThatIsNotWholeClosesNothing) {
    settle(kBoston, eastern("2025-10-20", "08:00"), players(15));
    const auto settle_partial = [&](Instant at, int count) {
        Names names = players(count);
        names.push_back({"Zoe"});
        ReadAnswer read = list(kBoston, at, names);
        read.reading.outcome = {OutcomeKind::kPartial, "to be at least 13"};
        return home_.settle("br_rosters", {std::move(read)});
    };
    EXPECT_TRUE(settle_partial(eastern("2025-10-21", "08:00"), 11).held.empty());
    EXPECT_EQ(open(), 16U) << "who is new is there, nobody has left";
    settle_partial(eastern("2025-10-21", "10:00"), 7);
    settle_partial(eastern("2025-10-21", "12:00"), 7);
    EXPECT_EQ(open(), 16U) << "however often it is said";
    settle(kBoston, eastern("2025-10-22", "08:00"), players(14));
    EXPECT_EQ(open(), 14U);
}

TEST_F(Rosters, AListThatForgetsFiveIsHeldBackUntilAnotherSaysTheSame) {
    settle(kBoston, eastern("2025-10-20", "08:00"), players(15));
    const Settled held = settle(kBoston, eastern("2025-10-21", "08:00"), players(10));
    ASSERT_EQ(held.held.size(), 1U);
    EXPECT_EQ(held.held[0],
              "BOS has 10 players where 15 stood: held back until another answer says the same");
    EXPECT_EQ(open(), 15U);

    EXPECT_EQ(settle(kBoston, eastern("2025-10-21", "08:10"), players(10)).held.size(), 1U)
        << "ten minutes later it is the same mistake";
    EXPECT_EQ(open(), 15U);

    EXPECT_TRUE(settle(kBoston, eastern("2025-10-21", "09:00"), players(10)).held.empty())
        << "an hour after the first";
    EXPECT_EQ(open(), 10U);
}

TEST_F(Rosters, AListThatWasWholeInBetweenIsNotConfirmed) {
    settle(kBoston, eastern("2025-10-20", "08:00"), players(15));
    settle(kBoston, eastern("2025-10-21", "08:00"), players(10));
    settle(kBoston, eastern("2025-10-21", "08:30"), players(15));
    EXPECT_EQ(settle(kBoston, eastern("2025-10-21", "12:00"), players(10)).held.size(), 1U);
    EXPECT_EQ(open(), 15U);
}

TEST_F(Rosters, AnOldDoubtConfirmsNothing) {
    settle(kBoston, eastern("2025-10-20", "08:00"), players(15));
    settle(kBoston, eastern("2025-10-21", "08:00"), players(10));
    EXPECT_EQ(settle(kBoston, eastern("2025-10-24", "08:01"), players(10)).held.size(), 1U);
    EXPECT_EQ(open(), 15U);
}

TEST_F(Rosters, ATeamThatIsInNoAnswerStaysAsItWas) {
    home_.settle("br_rosters", {list(kBoston, eastern("2025-10-20", "08:00"), players(14)),
                                list(kMiami, eastern("2025-10-20", "08:01"), players(13))});
    EXPECT_EQ(open(kBoston), 14U);
    EXPECT_EQ(open(kMiami), 13U);
    const Settled settled = settle(kMiami, eastern("2025-10-21", "08:00"), players(12));
    EXPECT_EQ(open(kBoston), 14U);
    EXPECT_EQ(open(kMiami), 12U);
    EXPECT_EQ(settled.rosters.size(), 1U) << "he who left, and nobody else, is written";
}

TEST_F(Rosters, OneTeamHeldBackDoesNotHoldAnother) {
    home_.settle("br_rosters", {list(kBoston, eastern("2025-10-20", "08:00"), players(15)),
                                list(kMiami, eastern("2025-10-20", "08:01"), players(15))});
    const Settled settled =
        home_.settle("br_rosters", {list(kBoston, eastern("2025-10-21", "08:00"), players(3)),
                                    list(kMiami, eastern("2025-10-21", "08:01"), players(14))});
    EXPECT_EQ(settled.held.size(), 1U);
    EXPECT_EQ(open(kBoston), 15U);
    EXPECT_EQ(open(kMiami), 14U);
}

}  // namespace
}  // namespace tipoff::collect
