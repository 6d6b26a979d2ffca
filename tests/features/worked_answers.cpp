#include "worked_answers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <tuple>

#include "base/clock.h"
#include "collect/import.h"
#include "collect/raw_tables.h"
#include "collect/teams.h"
#include "conform/context.h"
#include "conform/raw_facts.h"
#include "conform/summaries.h"
#include "features/fold.h"
#include "features/timeline.h"
#include "support/database.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::features::test {
namespace {

using support::value_of;

const std::filesystem::path kFolder = TIPOFF_SHARED_DATA;

constexpr std::array kFiles{
    "schedule_2015-16_2022-23.csv.gz",
    "player_box_2021-22.csv.gz",
    "player_box_playoffs_2021-22.csv.gz",
    "player_box_2022-23.csv.gz",
    "player_box_playoffs_2022-23.csv.gz",
    "team_box_2015-16_2022-23.csv.gz",
    "shots_2022-23.csv.gz",
    "game_lines_2015-16_2022-23.csv.gz",
    "game_lines_2022-23_draftkings.csv.gz",
    "player_prop_lines_2022-23_draftkings.csv.gz",
    "injury_transactions_2014-07_2023-06.csv.gz",
    "player_positions_2021-22.csv.gz",
    "player_positions_2022-23.csv.gz",
};

conform::RawFacts import_files() {
    const support::TempFolder home;
    const auto database = support::open_with_tables(home / "tipoff.duckdb", collect::raw_tables());
    const ManualClock clock(value_of(parse_instant("2023-07-01T12:00:00Z")));
    collect::ImportOptions options;
    options.home = home.path();
    for (const char* file : kFiles)
        options.paths.push_back(kFolder / file);
    auto staged = value_of(collect::stage_import(*database, clock, options));
    const auto transaction = value_of(database->begin());
    value_of(collect::write_import(std::move(staged), *transaction, clock));
    value_of(transaction->commit());
    return value_of(conform::read_raw(*database));
}

TeamId team_id(std::string_view name) { return collect::find_team(name)->team_id; }

template <class Row, class IsMeant>
const Row& only(const std::vector<Row>& rows, IsMeant is_meant) {
    const auto found = std::ranges::find_if(rows, is_meant);
    if (found == rows.end()) throw std::out_of_range("no such row");
    return *found;
}

}  // namespace

struct WorkedAnswers::Season {
    conform::RawFacts facts = import_files();
    conform::Summaries summaries = conform::summarize(facts);
    Timeline timeline{summaries, facts.positions};
    FeatureFold fold{timeline};
    conform::ContextFold contexts{summaries, facts, {}};
    std::map<GameDate, DayRows> days;

    conform::Contexts contexts_of(GameDate date) {
        conform::Contexts day;
        for (const conform::Game& game : summaries.games) {
            if (game.game_date == date) contexts.emit(game, day);
        }
        return day;
    }

    const DayRows& day_of(GameDate date) {
        if (const auto known = days.find(date); known != days.end()) return known->second;
        conform::Contexts day = contexts_of(date);
        std::ranges::sort(day.players, {}, [](const conform::PlayerContext& player) {
            return std::tie(player.game_id, player.team_id, player.player_id);
        });
        return days.emplace(date, fold.emit_day(date, day.teams, day.players)).first->second;
    }
};

std::unique_ptr<WorkedAnswers::Season> WorkedAnswers::season_;

void WorkedAnswers::SetUpTestSuite() {
    for (const char* file : kFiles) {
        if (!std::filesystem::exists(kFolder / file)) return;
    }
    season_ = std::make_unique<Season>();
}

void WorkedAnswers::TearDownTestSuite() { season_.reset(); }

void WorkedAnswers::SetUp() {
    if (!season_) GTEST_SKIP() << "no real data in " << kFolder;
}

const conform::PlayerGame& WorkedAnswers::player_game(std::string_view game, std::int64_t player) {
    const GameId id = value_of(parse_game_id(game));
    return only(season_->summaries.player_games, [&](const conform::PlayerGame& row) {
        return row.game_id == id && row.player_id.value == player;
    });
}

const conform::TeamOffense& WorkedAnswers::offense(std::string_view game, std::string_view team) {
    const GameId id = value_of(parse_game_id(game));
    return only(season_->summaries.team_offense, [&](const conform::TeamOffense& row) {
        return row.game_id == id && row.team_id == team_id(team);
    });
}

const conform::TeamDefense& WorkedAnswers::defense(std::string_view game, std::string_view team) {
    const GameId id = value_of(parse_game_id(game));
    return only(season_->summaries.team_defense, [&](const conform::TeamDefense& row) {
        return row.game_id == id && row.team_id == team_id(team);
    });
}

conform::TeamContext WorkedAnswers::team_before(std::string_view date, std::string_view team) {
    const conform::Contexts day = season_->contexts_of(value_of(parse_date(date)));
    return only(day.teams,
                [&](const conform::TeamContext& row) { return row.team_id == team_id(team); });
}

FeatureStoreRow WorkedAnswers::features_of(std::string_view date, std::int64_t player) {
    const DayRows& day = season_->day_of(value_of(parse_date(date)));
    return only(day.players,
                [&](const FeatureStoreRow& row) { return row.player_id.value == player; });
}

void WorkedAnswers::expect_features(std::string_view date, std::int64_t player,
                                    const std::vector<Answer>& answers) {
    const FeatureStoreRow row = features_of(date, player);
    for (const Answer& answer : answers) {
        const std::size_t place = find_feature(answer.feature);
        ASSERT_LT(place, kFeatureCount) << answer.feature;
        const double value = row.features[place];
        if (std::isnan(answer.value)) {
            EXPECT_TRUE(std::isnan(value)) << answer.feature << " is " << value;
        } else {
            EXPECT_NEAR(value, answer.value, answer.tolerance) << answer.feature;
        }
    }
}

}  // namespace tipoff::features::test
