#include "league/upstreams/faults.h"

#include <gtest/gtest.h>

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "league/upstreams/identities.h"
#include "league/upstreams/served.h"

namespace tipoff::league::test {
namespace {

using collect::OutcomeKind;
using collect::Reading;

UpstreamRequest question(std::string_view url) {
    const std::size_t slash = url.find('/');
    UpstreamRequest request = request_of_target(url.substr(0, slash), url.substr(slash));
    request.headers = {{"Authorization", "key"}, {"x-api-key", "key"}};
    return request;
}

/// What a reading states, one text a fact, whatever its order.
std::multiset<std::string> facts_of(const Reading& reading) {
    std::multiset<std::string> facts;
    collect::for_each_kind(reading.records, [&](const auto& table, const auto& rows) {
        const store::Columns columns = table.to_columns(std::span(rows));
        for (std::size_t row = 0; row < columns.rows(); ++row) {
            std::string fact = table.spec().name;
            for (const store::Column& column : columns.data) {
                fact += '|';
                if (column.is_null(row)) continue;
                const auto type = column.type();
                if (type == store::ColumnType::kText) {
                    fact += column.text(row);
                } else if (type == store::ColumnType::kDouble || type == store::ColumnType::kReal) {
                    fact += fmt::format("{}", column.number(row));
                } else {
                    fact += fmt::format("{}", column.integer(row));
                }
            }
            facts.insert(std::move(fact));
        }
    });
    return facts;
}

/// A question to each upstream about 3 December, that evening or the next noon.
struct Asked {
    std::string_view source;
    std::string url;
    Instant now;
    collect::Ask ask = {};
};

std::vector<Asked> everything() {
    const Sample game = some_game();
    const Instant noon = eastern("2025-12-04", "15:00");
    const Instant evening = game.tip_off - std::chrono::minutes{3};
    const GameDate date = day("2025-12-03");
    const collect::Ask that_day{.date = date, .season = Season::starting_in(2025)};
    const collect::Ask this_season{.season = Season::starting_in(2025)};
    const std::string event = odds_api_event(upstreams().almanac(), game.game);
    return {
        {"nbac_schedule", "stats.nba.com/stats/scheduleleaguev2int?LeagueID=00&Season=2025-26",
         noon, this_season},
        {"nbac_player_boxscore",
         "stats.nba.com/stats/leaguegamelog?DateFrom=12/03/2025&DateTo=12/03/2025"
         "&PlayerOrTeam=P&Season=2025-26&SeasonType=Regular+Season",
         noon, that_day},
        {"nbac_team_boxscore",
         "stats.nba.com/stats/boxscoretraditionalv2?GameID=" + game.id,
         noon,
         {.source_game_id = game.id}},
        {"nbac_player_list", "stats.nba.com/stats/playerindex?LeagueID=00&Season=2025-26", noon,
         this_season},
        {"nbac_play_by_play",
         fmt::format("cdn.nba.com/static/json/liveData/playbyplay/playbyplay_{}.json", game.id),
         noon,
         {.source_game_id = game.id}},
        {"bdl_games", "api.balldontlie.io/v1/games?dates[]=2025-12-03&per_page=100", noon,
         that_day},
        {"bdl_box_scores", "api.balldontlie.io/v1/box_scores?date=2025-12-03", noon, that_day},
        {"bdl_standings", "api.balldontlie.io/v1/standings?season=2025", noon, this_season},
        {"bdl_active_players", "api.balldontlie.io/v1/players/active?per_page=100", noon, {}},
        {"bdl_injuries", "api.balldontlie.io/v1/player_injuries?per_page=100", evening, {}},
        {"espn_scoreboard",
         "site.api.espn.com/apis/site/v2/sports/basketball/nba/scoreboard?dates=20251203", noon,
         that_day},
        {"espn_rosters",
         "site.api.espn.com/apis/site/v2/sports/basketball/nba/teams/2?enable=roster",
         noon,
         {}},
        {"oddsapi_events",
         "api.the-odds-api.com/v4/sports/basketball_nba/events?apiKey=k"
         "&commenceTimeFrom=2025-12-03T05:00:00Z&commenceTimeTo=2025-12-04T04:59:59Z",
         evening, that_day},
        {"oddsapi_player_props",
         fmt::format("api.the-odds-api.com/v4/sports/basketball_nba/events/{}/odds?apiKey=k"
                     "&regions=us&markets=player_points,player_assists&oddsFormat=american",
                     event),
         evening, that_day},
        {"oddsapi_game_lines",
         fmt::format("api.the-odds-api.com/v4/sports/basketball_nba/events/{}/odds?apiKey=k"
                     "&regions=us&markets=h2h,spreads,totals&oddsFormat=american",
                     event),
         evening, that_day},
        {"bettingpros_events", "api.bettingpros.com/v3/events?sport=NBA&date=2025-12-03", noon,
         that_day},
        {"bettingpros_player_props",
         fmt::format("api.bettingpros.com/v3/offers?sport=NBA&market_id=156&event_id={}&limit=100",
                     kBettingProsEvents.of(game.game)),
         evening,
         {}},
    };
}

Reading read_of(const Asked& asked, const UpstreamAnswer& answer) {
    return collect::find_source(asked.source)->read(answer.body, asked.ask);
}

Reading struck(const Asked& asked, FaultKind kind, std::chrono::minutes later = {}) {
    return read_of(asked, with_fault(kind, upstreams(), question(asked.url), asked.now + later));
}

bool is_part_of(const std::multiset<std::string>& some, const std::multiset<std::string>& all) {
    return std::ranges::includes(all, some);
}

TEST(DocumentFaults, EverySourceIsFreshWithoutThem) {
    for (const Asked& asked : everything()) {
        const Reading reading = read_of(asked, upstreams().answer(question(asked.url), asked.now));
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kFresh)
            << asked.source << ": " << reading.outcome.detail;
        EXPECT_FALSE(facts_of(reading).empty()) << asked.source;
    }
}

TEST(DocumentFaults, RowsTwiceAreMalformed) {
    for (const Asked& asked : everything()) {
        const Reading reading = struck(asked, FaultKind::kDuplicatedRows);
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed) << asked.source;
        EXPECT_TRUE(facts_of(reading).empty()) << asked.source;
    }
}

TEST(DocumentFaults, RowsInAnotherOrderStateTheSameOrAreMalformed) {
    std::size_t same = 0;
    for (const Asked& asked : everything()) {
        const auto facts =
            facts_of(read_of(asked, upstreams().answer(question(asked.url), asked.now)));
        const Reading reading = struck(asked, FaultKind::kReorderedRows);
        if (reading.outcome.kind == OutcomeKind::kMalformed) continue;
        EXPECT_EQ(facts_of(reading), facts) << asked.source;
        ++same;
    }
    EXPECT_GT(same, 10U);
}

/// Of every field that has another name: what is read is as it was, but for what may be unknown.
TEST(DocumentFaults, ARenamedFieldIsNeverReadAsAnotherNumber) {
    std::size_t malformed = 0;
    for (const Asked& asked : everything()) {
        const auto facts =
            facts_of(read_of(asked, upstreams().answer(question(asked.url), asked.now)));
        // The choice of the field follows from the quarter of an hour.
        for (int quarter = 0; quarter < 4; ++quarter) {
            const std::chrono::minutes later{asked.now == everything()[0].now ? 15 * quarter : 0};
            const Reading reading = struck(asked, FaultKind::kRenamedField, later);
            if (reading.outcome.kind == OutcomeKind::kMalformed) {
                ++malformed;
                EXPECT_TRUE(facts_of(reading).empty()) << asked.source;
                continue;
            }
            EXPECT_EQ(facts_of(reading).size(), facts.size())
                << asked.source << ": " << reading.outcome.detail;
        }
    }
    EXPECT_GT(malformed, 20U);
}

TEST(DocumentFaults, AListWithoutRowsOrATeamIsSmallerAndNotWrong) {
    std::size_t noticed = 0;
    for (const Asked& asked : everything()) {
        const auto facts =
            facts_of(read_of(asked, upstreams().answer(question(asked.url), asked.now)));
        for (const FaultKind kind : {FaultKind::kEmptyList, FaultKind::kTeamShort}) {
            const Reading reading = struck(asked, kind);
            EXPECT_TRUE(is_part_of(facts_of(reading), facts))
                << asked.source << " " << to_string(kind);
            noticed += reading.outcome.kind != OutcomeKind::kFresh ? 1 : 0;
        }
    }
    EXPECT_GT(noticed, 20U);
}

TEST(DocumentFaults, GamesOfAnotherDayAreMalformed) {
    std::set<std::string_view> malformed;
    for (const Asked& asked : everything()) {
        const auto facts =
            facts_of(read_of(asked, upstreams().answer(question(asked.url), asked.now)));
        for (const FaultKind kind : {FaultKind::kWrongDate, FaultKind::kDayBefore}) {
            const Reading reading = struck(asked, kind);
            if (reading.outcome.kind == OutcomeKind::kMalformed) {
                malformed.insert(asked.source);
            } else if (kind == FaultKind::kWrongDate) {
                EXPECT_EQ(facts_of(reading), facts) << asked.source;
            }
        }
    }
    for (const std::string_view source :
         {"nbac_schedule", "nbac_player_boxscore", "bdl_games", "bdl_box_scores", "espn_scoreboard",
          "oddsapi_events", "oddsapi_game_lines", "bettingpros_events"})
        EXPECT_TRUE(malformed.contains(source)) << source;
}

/// An answer that was right a day ago.
TEST(DocumentFaults, TheDayBeforeIsWhatWasTrueThen) {
    for (const Asked& asked : everything()) {
        if (asked.ask.date) continue;  // the question's day is told
        const Reading reading = struck(asked, FaultKind::kDayBefore);
        const UpstreamAnswer then =
            upstreams().answer(question(asked.url), asked.now - std::chrono::hours{24});
        EXPECT_EQ(facts_of(reading), facts_of(read_of(asked, then))) << asked.source;
    }
}

TEST(DocumentFaults, OddsStampedInPlayAreToldOf) {
    std::size_t told = 0;
    for (const Asked& asked : everything()) {
        if (!can_strike(FaultKind::kStampedInPlay, question(asked.url))) continue;
        const Reading reading = struck(asked, FaultKind::kStampedInPlay);
        ASSERT_EQ(reading.notes.size(), 1U) << asked.source;
        EXPECT_TRUE(reading.notes[0].contains("after the start"));
        ++told;
    }
    EXPECT_EQ(told, 2U);
}

TEST(FaultPlan, StrikesItsShareTheSameWayEachTime) {
    constexpr std::string_view kUrl = "api.balldontlie.io/v1/box_scores?date=2025-12-03";
    const Instant start = eastern("2025-12-03", "12:00");
    FaultPlan plan({.seed = 5, .share = 0.25}), same({.seed = 5, .share = 0.25}),
        other({.seed = 6, .share = 0.25});
    constexpr int kQuarters = 2000;
    std::set<FaultKind> kinds;
    int struck = 0, differs = 0;
    for (int quarter = 0; quarter < kQuarters; ++quarter) {
        const Instant now = start + std::chrono::minutes{15 * quarter};
        const auto kind = plan.strike(question(kUrl), now);
        EXPECT_EQ(kind, same.strike(question(kUrl), now));
        differs += kind != other.strike(question(kUrl), now) ? 1 : 0;
        if (!kind) continue;
        ++struck;
        kinds.insert(*kind);
        int tries = 1;
        while (plan.strike(question(kUrl), now))
            ++tries;
        EXPECT_LE(tries, 3);
        EXPECT_FALSE(plan.strike(question(kUrl), now + std::chrono::minutes{1}))
            << "answered well for the rest of the quarter";
    }
    EXPECT_NEAR(struck, kQuarters / 4, kQuarters / 20);
    EXPECT_GT(differs, struck / 2);
    EXPECT_EQ(kinds.size(), kFaultKinds - 1) << "all but those of odds, and never a hang";
    EXPECT_FALSE(kinds.contains(FaultKind::kHang));
}

TEST(FaultPlan, NeverIsForEverAndAKeyIsNotTold) {
    constexpr std::string_view kUrl =
        "api.the-odds-api.com/v4/sports/basketball_nba/events?apiKey=secret";
    FaultPlan plan({.share = 0.0, .never = {"basketball_nba/events"}});
    for (int tries = 0; tries < 10; ++tries)
        EXPECT_TRUE(plan.strike(question(kUrl), some_game().tip_off));
    EXPECT_FALSE(plan.strike(question("api.balldontlie.io/v1/games"), some_game().tip_off));
    ASSERT_EQ(plan.struck().size(), 10U);
    EXPECT_EQ(plan.struck()[0].path, "/v4/sports/basketball_nba/events");
    EXPECT_EQ(plan.struck()[0].when, some_game().tip_off);
}

}  // namespace
}  // namespace tipoff::league::test
