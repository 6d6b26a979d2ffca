#include "league/absence.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "league/schedule.h"

namespace tipoff::league {
namespace {

constexpr Season kSeason = Season::starting_in(2025);
constexpr DayContext kOrdinaryDay{.back_to_back = false, .last_week = false, .role_minutes = 30.0};

struct Book {
    Rosters rosters = rosters_on_opening_night(kSeason, 7);
    AbsenceBook absences{7, kSeason};
    GameDate first = season_days(kSeason).opening_night;
    GameDate last = season_days(kSeason).last_day;

    Book() { absences.begin_season(rosters); }

    Availability decide(PlayerIndex player, GameDate date, const DayContext& context) {
        return absences.decide(rosters.players[player], player, 0, date, context);
    }

    /// Share of the days on which the first team's players are out.
    double share_out(const DayContext& context) {
        int out = 0;
        int days = 0;
        for (GameDate date = first; date <= last; date = date.plus_days(2)) {
            for (std::size_t team = 0; team < kTeams; ++team) {
                for (const PlayerIndex player : rosters.teams[team]) {
                    out += decide(player, date, context) == Availability::kPlays ? 0 : 1;
                    ++days;
                }
            }
        }
        return static_cast<double>(out) / days;
    }
};

TEST(Absences, ComeAboutAsOftenAsOnRealRosters) {
    const double share = Book().share_out(kOrdinaryDay);
    EXPECT_GT(share, 0.05);
    EXPECT_LT(share, 0.16);
}

TEST(Absences, AreMoreOnBackToBacksAndAtTheEnd) {
    const double usual = Book().share_out(kOrdinaryDay);
    EXPECT_GT(Book().share_out({true, false, 30.0}), usual + 0.01);
    EXPECT_GT(Book().share_out({false, true, 30.0}), usual + 0.05);
    EXPECT_NEAR(Book().share_out({true, true, 10.0}), usual, 0.01) << "the bench is not rested";
}

TEST(Absences, AreWordedAsRealListsWordThem) {
    Book book;
    book.share_out(kOrdinaryDay);
    int day_to_day = 0;
    int indefinite = 0;
    int on_il = 0;
    int returns = 0;
    for (const InjuryTransaction& line : book.absences.transactions_through(book.last)) {
        EXPECT_EQ(line.notes.find('%'), std::string::npos) << line.notes;
        if (line.is_return) {
            ++returns;
            EXPECT_TRUE(line.notes == "activated from IL" || line.notes == "returned to lineup");
            continue;
        }
        day_to_day += line.notes.ends_with("(DTD)") ? 1 : 0;
        indefinite += line.notes.ends_with("(out indefinitely)") ? 1 : 0;
        on_il += line.notes.starts_with("placed on IL with ") ? 1 : 0;
    }
    EXPECT_GT(day_to_day, 500);
    EXPECT_GT(indefinite, 5);
    EXPECT_GT(on_il, 50);
    EXPECT_GT(returns, 200);
}

TEST(Absences, ReturnOnlyWhoWasListed) {
    Book book;
    book.share_out(kOrdinaryDay);
    std::map<PlayerIndex, int> listed;
    for (const InjuryTransaction& line : book.absences.transactions_through(book.last)) {
        if (!line.is_return) {
            ++listed[line.player];
        } else {
            EXPECT_GT(listed[line.player], 0);
        }
    }
}

TEST(Absences, AnInjuryInAGameCostsTheNextDays) {
    Book book;
    int hurt = 0;
    for (std::size_t team = 0; team < kTeams; ++team) {
        for (const PlayerIndex player : book.rosters.teams[team]) {
            for (GameDate date = book.first; date <= book.last; date = date.plus_days(3)) {
                if (book.decide(player, date, kOrdinaryDay) != Availability::kPlays) continue;
                const auto when = book.absences.hurt_tonight(book.rosters.players[player], player,
                                                             team, date, 30.0);
                if (!when) continue;
                ++hurt;
                EXPECT_GT(*when, 0);
                EXPECT_LE(*when, 48 * 600);
                EXPECT_EQ(book.decide(player, date.plus_days(1), kOrdinaryDay), Availability::kOut);
            }
        }
    }
    EXPECT_GT(hurt, 100);
}

TEST(Absences, AreListedOnlyThroughTheDateAskedFor) {
    Book book;
    book.share_out(kOrdinaryDay);
    const GameDate cut = book.first.plus_days(40);
    const auto all = book.absences.transactions_through(book.last);
    const auto some = book.absences.transactions_through(cut);
    ASSERT_LT(some.size(), all.size());
    for (std::size_t i = 0; i < some.size(); ++i) {
        EXPECT_LE(some[i].date, cut);
        EXPECT_EQ(some[i].notes, all[i].notes);
        EXPECT_EQ(some[i].player, all[i].player);
    }
}

}  // namespace
}  // namespace tipoff::league
