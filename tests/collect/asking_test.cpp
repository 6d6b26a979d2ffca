#include "collect/asking.h"

#include <gtest/gtest.h>

#include <set>

#include "collect/made_games.h"
#include "collect/source.h"
#include "collect/teams.h"

namespace tipoff::collect {
namespace {

using namespace test;
using Urls = std::vector<std::string>;

TEST(Sources, AreFoundByTheNamesThatRecordingsGoBy) {
    for (const auto& [name, source] :
         {std::pair{"odds_api_historical_game_lines", "oddsapi_game_lines"},
          std::pair{"oddsa_game_lines", "oddsapi_game_lines"},
          std::pair{"oddsa_game_lines_his", "oddsapi_game_lines"},
          std::pair{"oddsa_events", "oddsapi_events"},
          std::pair{"oddsa_events_his", "oddsapi_events"},
          std::pair{"oddsa_player_props", "oddsapi_player_props"},
          std::pair{"oddsa_player_props_his", "oddsapi_player_props"},
          std::pair{"nbac_gamebook_pdf", "nbac_gamebook"},
          std::pair{"espn_roster_api", "espn_rosters"},
          std::pair{"nbac_schedule_cdn", "nbac_schedule"},
          std::pair{"espn_rosters", "espn_rosters"}}) {
        const Source* found = find_source(name);
        ASSERT_NE(found, nullptr) << name;
        EXPECT_EQ(found->name, source);
    }
    EXPECT_EQ(find_source(""), nullptr);
    EXPECT_EQ(find_source("oddsa"), nullptr);
}

/// Two games of one evening, and a day without games before it.
class Plans : public testing::Test {
protected:
    Plans()
        : games_{{.game_id = game("0022500601"),
                  .date = day("2026-01-20"),
                  .tip_off = eastern("2026-01-20", "19:30"),
                  .home = kBoston,
                  .away = kPhiladelphia,
                  .source_game_id = "0022500601"},
                 {.game_id = game("0022500602"),
                  .date = day("2026-01-20"),
                  .tip_off = eastern("2026-01-20", "22:00"),
                  .home = kGoldenState,
                  .away = kLakers,
                  .source_game_id = "0022500602"}} {
        scope_.dates = {day("2026-01-19"), day("2026-01-20")};
        scope_.season = Season::starting_in(2025);
        scope_.teams = {kBoston};
        scope_.now = eastern("2026-01-20", "12:07");
    }

    [[nodiscard]] std::vector<PlannedRequest> plan(std::string_view source) {
        scope_.games = games_;
        return find_source(source)->asking.plan(scope_);
    }
    [[nodiscard]] Urls urls(std::string_view source) {
        Urls all;
        for (const PlannedRequest& request : plan(source))
            all.push_back(request.url);
        return all;
    }

    std::vector<AskedGame> games_;
    Scope scope_;
};

TEST_F(Plans, BoxScoresOfADateAreOneRequestAndADayWithoutGamesIsNone) {
    EXPECT_EQ(urls("bdl_box_scores"),
              Urls{"https://api.balldontlie.io/v1/box_scores?date=2026-01-20"});
    EXPECT_EQ(urls("nbac_player_boxscore"),
              Urls{"https://stats.nba.com/stats/leaguegamelog?Counter=1000&DateFrom=01%2F20%2F2026&"
                   "DateTo=01%2F20%2F2026&Direction=DESC&LeagueID=00&PlayerOrTeam=P&"
                   "Season=2025-26&SeasonType=Regular%20Season&Sorter=DATE"});
    const auto planned = plan("bdl_box_scores");
    ASSERT_EQ(planned.size(), 1U);
    EXPECT_EQ(planned[0].ask.date, day("2026-01-20"));
    EXPECT_EQ(planned[0].not_before, eastern("2026-01-20", "21:30")) << "two hours after the first";
    EXPECT_EQ(planned[0].settled_at, eastern("2026-01-22", "14:00")) << "forty after the last";
    scope_.dates = {day("2026-01-19")};
    for (const std::string_view source :
         {"bdl_box_scores", "nbac_player_boxscore", "nbac_injury_report"})
        EXPECT_EQ(urls(source), Urls{}) << source;
}

TEST_F(Plans, ADateOfTwoSeasonTypesIsAskedForTwice) {
    games_[1].game_id = game("0052500101");
    const Urls asked = urls("nbac_player_boxscore");
    ASSERT_EQ(asked.size(), 2U);
    EXPECT_NE(asked[0].find("SeasonType=Regular%20Season"), std::string::npos);
    EXPECT_NE(asked[1].find("SeasonType=PlayIn"), std::string::npos);
}

TEST_F(Plans, EverySeasonTypeThatCountsHasItsLog) {
    games_.pop_back();
    for (const auto& [id, name] :
         {std::pair{"0022500601", "Regular%20Season"}, std::pair{"0042500101", "Playoffs"},
          std::pair{"0052500101", "PlayIn"}, std::pair{"0062500001", "IST"}}) {
        games_[0].game_id = game(id);
        const Urls asked = urls("nbac_player_boxscore");
        ASSERT_EQ(asked.size(), 1U) << id;
        EXPECT_NE(asked[0].find(std::string("&SeasonType=") + name + "&"), std::string::npos)
            << asked[0];
    }
}

TEST_F(Plans, GamesAreAskedForOneByOne) {
    EXPECT_EQ(urls("nbac_play_by_play"),
              (Urls{"https://cdn.nba.com/static/json/liveData/playbyplay/"
                    "playbyplay_0022500601.json",
                    "https://cdn.nba.com/static/json/liveData/playbyplay/"
                    "playbyplay_0022500602.json"}));
    EXPECT_EQ(urls("nbac_gamebook"),
              (Urls{"https://statsdmz.nba.com/pdfs/20260120/20260120_PHIBOS.pdf",
                    "https://statsdmz.nba.com/pdfs/20260120/20260120_LALGSW.pdf"}));
    games_.pop_back();
    EXPECT_EQ(urls("nbac_team_boxscore"),
              Urls{"https://stats.nba.com/stats/boxscoretraditionalv2?GameID=0022500601&"
                   "StartPeriod=0&EndPeriod=10&StartRange=0&EndRange=28800&RangeType=0"});
    games_[0].source_game_id = "401810500";
    EXPECT_EQ(urls("espn_boxscore"), Urls{"https://www.espn.com/nba/boxscore?gameId=401810500"});
    const auto planned = plan("espn_boxscore");
    EXPECT_EQ(planned.at(0).ask.source_game_id, "401810500");
    EXPECT_EQ(planned.at(0).not_before, eastern("2026-01-20", "21:30"));
}

TEST_F(Plans, AGameThatTheSourceHasNotNamedIsNotAskedFor) {
    for (AskedGame& one : games_)
        one.source_game_id.clear();
    for (const std::string_view source : {"espn_boxscore", "oddsapi_game_lines",
                                          "oddsapi_player_props", "bettingpros_player_props"})
        EXPECT_EQ(urls(source), Urls{}) << source;
}

TEST_F(Plans, ListsOfADateAreAskedForWithoutASchedule) {
    games_.clear();
    EXPECT_EQ(urls("espn_scoreboard"),
              (Urls{"https://site.api.espn.com/apis/site/v2/sports/basketball/nba/"
                    "scoreboard?dates=20260119",
                    "https://site.api.espn.com/apis/site/v2/sports/basketball/nba/"
                    "scoreboard?dates=20260120"}));
    EXPECT_EQ(urls("bdl_games"),
              (Urls{"https://api.balldontlie.io/v1/games?dates%5B%5D=2026-01-19&per_page=100",
                    "https://api.balldontlie.io/v1/games?dates%5B%5D=2026-01-20&per_page=100"}));
}

TEST_F(Plans, BooksAreAskedForEventsOfDaysWithGamesAlone) {
    EXPECT_EQ(urls("bettingpros_events"),
              Urls{"https://api.bettingpros.com/v3/events?sport=NBA&date=2026-01-20"});
    games_.clear();
    EXPECT_EQ(urls("bettingpros_events"), Urls{});
    EXPECT_EQ(urls("oddsapi_events"), Urls{});
}

TEST_F(Plans, WholeListsAreOneRequest) {
    EXPECT_EQ(urls("bdl_active_players"),
              Urls{"https://api.balldontlie.io/v1/players/active?per_page=100"});
    EXPECT_EQ(urls("bdl_injuries"),
              Urls{"https://api.balldontlie.io/v1/player_injuries?per_page=100"});
    EXPECT_EQ(urls("bdl_standings"),
              Urls{"https://api.balldontlie.io/v1/standings?season=2025&per_page=100"});
    EXPECT_EQ(urls("nbac_player_list"),
              Urls{"https://stats.nba.com/stats/playerindex?LeagueID=00&Season=2025-26&"
                   "Historical=0"});
    EXPECT_EQ(urls("nbac_schedule"),
              Urls{"https://stats.nba.com/stats/scheduleleaguev2int?GameSubType=&LeagueID=00&"
                   "Season=2025-26"});
}

TEST_F(Plans, OnlyTheSeasonOfNowHasAnotherPlaceForItsSchedule) {
    EXPECT_EQ(plan("nbac_schedule").at(0).other_url,
              "https://cdn.nba.com/static/json/staticData/scheduleLeagueV2_1.json");
    scope_.season = Season::starting_in(2024);
    EXPECT_EQ(plan("nbac_schedule").at(0).other_url, "");
    EXPECT_EQ(plan("nbac_schedule").at(0).ask.season, Season::starting_in(2024));
}

TEST_F(Plans, BasketballReferenceHasItsOwnCodesAndNamesASeasonByItsEnd) {
    scope_.teams = {kBoston, find_team("BKN")->team_id, find_team("CHA")->team_id,
                    find_team("PHX")->team_id};
    EXPECT_EQ(urls("br_rosters"),
              (Urls{"https://www.basketball-reference.com/teams/BOS/2026.html",
                    "https://www.basketball-reference.com/teams/BRK/2026.html",
                    "https://www.basketball-reference.com/teams/CHO/2026.html",
                    "https://www.basketball-reference.com/teams/PHO/2026.html"}));
    EXPECT_EQ(plan("br_rosters").at(1).ask.team, find_team("BKN")->team_id);
}

TEST_F(Plans, EspnHasANumberOfItsOwnForEachOfTheThirty) {
    scope_.teams = {kBoston, find_team("NOP")->team_id, find_team("CHA")->team_id};
    const std::string base = "https://site.api.espn.com/apis/site/v2/sports/basketball/nba/teams/";
    EXPECT_EQ(urls("espn_rosters"), (Urls{base + "2?enable=roster", base + "3?enable=roster",
                                          base + "30?enable=roster"}));
    scope_.teams.clear();
    std::set<std::string> wanted;
    for (const Team& team : teams()) {
        scope_.teams.push_back(team.team_id);
        wanted.insert(base + std::to_string(wanted.size() + 1) + "?enable=roster");
    }
    const Urls asked = urls("espn_rosters");
    EXPECT_EQ(std::set<std::string>(asked.begin(), asked.end()), wanted);
}

TEST_F(Plans, OddsOfAGameThatIsOverAreTheSnapshotBeforeItsTipOff) {
    games_[0].source_game_id = "a1b2";
    games_[1].source_game_id = "c3d4";
    scope_.now = eastern("2026-01-20", "20:00");
    const std::string today = "https://api.the-odds-api.com/v4/sports/basketball_nba/events/";
    const std::string past =
        "https://api.the-odds-api.com/v4/historical/sports/basketball_nba/events/";
    EXPECT_EQ(urls("oddsapi_game_lines"),
              (Urls{past + "a1b2/odds?regions=us&markets=h2h%2Cspreads%2Ctotals&"
                           "oddsFormat=american&date=2026-01-21T00%3A25%3A00Z",
                    today + "c3d4/odds?regions=us&markets=h2h%2Cspreads%2Ctotals&"
                            "oddsFormat=american"}));
    const std::string markets =
        "player_points%2Cplayer_rebounds%2Cplayer_assists%2Cplayer_threes%2C"
        "player_points_rebounds_assists";
    EXPECT_EQ(urls("oddsapi_player_props").at(1),
              today + "c3d4/odds?regions=us&markets=" + markets + "&oddsFormat=american");
    const auto planned = plan("oddsapi_player_props");
    EXPECT_EQ(planned[0].settled_at, games_[0].tip_off) << "the past does not change";
    EXPECT_FALSE(planned[1].settled_at);
}

TEST_F(Plans, LaddersAreAskedForWhereTheConfigurationSaysSo) {
    const auto asked = [&](std::string_view source) {
        scope_.games = games_;
        return with_ladders(*find_source(source)).asking.plan(scope_).at(1).url;
    };
    for (const char* market : {"player_points", "player_rebounds", "player_assists",
                               "player_threes", "player_points_rebounds_assists"}) {
        const std::string ladder = std::string(market) + "_alternate";
        EXPECT_NE(asked("oddsapi_player_props").find(ladder), std::string::npos) << ladder;
        EXPECT_EQ(urls("oddsapi_player_props").at(1).find(ladder), std::string::npos) << ladder;
    }
    EXPECT_NE(asked("oddsapi_game_lines")
                  .find("markets=h2h%2Cspreads%2Ctotals%2Calternate_spreads%2Calternate_totals&"),
              std::string::npos);
    EXPECT_EQ(asked("bdl_games"), urls("bdl_games").at(1)) << "a source without ladders";
}

TEST_F(Plans, EventsOfDaysGoneByAreThoseOfNoon) {
    const std::string host = "https://api.the-odds-api.com/v4/";
    games_[0].date = day("2026-01-19");
    EXPECT_EQ(urls("oddsapi_events"),
              (Urls{host + "historical/sports/basketball_nba/events?date=2026-01-19T17%3A00%3A00Z",
                    host + "sports/basketball_nba/events?"
                           "commenceTimeFrom=2026-01-20T05%3A00%3A00Z&"
                           "commenceTimeTo=2026-01-21T04%3A59%3A59Z"}));
}

TEST_F(Plans, BettingProsIsAskedForTheEventsToComeInOneList) {
    games_[0].source_game_id = "101";
    games_[1].source_game_id = "102";
    const auto asked = urls("bettingpros_player_props");
    ASSERT_EQ(asked.size(), 4U) << "one a market";
    EXPECT_EQ(asked[0],
              "https://api.bettingpros.com/v3/offers?sport=NBA&market_id=156&event_id=101%3A102&"
              "book_id=null&limit=10&page=1");
    scope_.now = eastern("2026-01-20", "20:00");
    EXPECT_EQ(urls("bettingpros_player_props").at(0),
              "https://api.bettingpros.com/v3/offers?sport=NBA&market_id=156&event_id=102&"
              "book_id=null&limit=10&page=1");
    scope_.now = eastern("2026-01-20", "23:00");
    EXPECT_EQ(urls("bettingpros_player_props"), Urls{});
}

TEST_F(Plans, InjuryReportsAreNamedByTheHourAndLaterByTheQuarter) {
    games_.pop_back();
    const std::string base = "https://ak-static.cms.nba.com/referee/injury/Injury-Report_";
    scope_.now = eastern("2026-01-20", "12:07");
    EXPECT_EQ(urls("nbac_injury_report"),
              (Urls{base + "2026-01-20_11_00AM.pdf", base + "2026-01-20_12_00PM.pdf",
                    base + "2026-01-20_01_30PM.pdf", base + "2026-01-20_05_30PM.pdf",
                    base + "2026-01-20_07_15PM.pdf"}));
    EXPECT_EQ(plan("nbac_injury_report").at(0).not_before, eastern("2026-01-20", "11:05"));

    for (const auto& [date, names] :
         {std::pair{"2025-12-22", Urls{base + "2025-12-22_11AM.pdf", base + "2025-12-22_01PM.pdf",
                                       base + "2025-12-22_05PM.pdf", base + "2025-12-22_07PM.pdf"}},
          std::pair{"2025-12-23",
                    Urls{base + "2025-12-23_11_00AM.pdf", base + "2025-12-23_01_30PM.pdf",
                         base + "2025-12-23_05_30PM.pdf", base + "2025-12-23_07_15PM.pdf"}}}) {
        scope_.dates = {day(date)};
        games_[0].date = day(date);
        games_[0].tip_off = eastern(date, "19:30");
        EXPECT_EQ(urls("nbac_injury_report"), names);
    }
}

TEST_F(Plans, NoUrlHasAKey) {
    games_[0].source_game_id = games_[1].source_game_id = "77";
    int asked = 0;
    for (const Source& source : sources()) {
        for (const std::string& url : urls(source.name)) {
            ++asked;
            EXPECT_EQ(url.rfind("https://", 0), 0U) << url;
            for (const std::string_view word : {"apiKey", "api_key", "x-api-key", "Bearer"})
                EXPECT_EQ(url.find(word), std::string::npos) << url;
        }
    }
    EXPECT_GT(asked, 25);
}

TEST(UrlOfPage, KeepsTheOtherParametersAndReplacesAnEarlierPage) {
    EXPECT_EQ(url_of_page("https://a/b", Paging::kCursor, "17"), "https://a/b?cursor=17");
    EXPECT_EQ(url_of_page("https://a/b?dates%5B%5D=2026-01-20&per_page=100", Paging::kCursor, "17"),
              "https://a/b?dates%5B%5D=2026-01-20&per_page=100&cursor=17");
    EXPECT_EQ(url_of_page("https://a/b?x=1&cursor=17&per_page=100", Paging::kCursor, "a b"),
              "https://a/b?x=1&per_page=100&cursor=a%20b");
    EXPECT_EQ(url_of_page("https://a/b?per_page=5&page=1", Paging::kPageNumber, "2"),
              "https://a/b?per_page=5&page=2");
}

TEST(Urls, AreEscaped) {
    EXPECT_EQ(url_escaped("a-Z_0.9~/ é&"), "a-Z_0.9~%2F%20%C3%A9%26");
    EXPECT_EQ(url_with("https://a", {}), "https://a");
    EXPECT_EQ(url_with("https://a", {{"q[]", "1&2"}, {"r", ""}}), "https://a?q%5B%5D=1%262&r=");
    EXPECT_EQ(instant_to_second(*parse_instant("2026-01-20T23:00:00.75Z")), "2026-01-20T23:00:00Z");
}

}  // namespace
}  // namespace tipoff::collect
