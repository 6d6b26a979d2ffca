// A day as it is lived: forecasts in the morning, what arrives in the afternoon, the backfill and
// the grades of the days after. What was said before a game stays as it was said.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "grade/grade_tables.h"
#include "grade/report.h"
#include "operate/board.h"
#include "operate/live.h"
#include "scenario/engine.h"
#include "support/database.h"

namespace tipoff::operate {
namespace {

using support::count_rows;
using support::merge_rows;
using support::told;

constexpr TimeOfDay kMorning{.hour = 15, .minute = 0, .second = 0};
constexpr TimeOfDay kAfternoon{.hour = 16, .minute = 0, .second = 0};
constexpr TimeOfDay kEvening{.hour = 17, .minute = 0, .second = 0};
/// By the keys of forecasts, and of picks.
constexpr std::string_view kLiveRows = "WHERE origin = 'live' ORDER BY 1, 2, 3, 4, 5, 6, 7, 8";

/// The tenth date of the second season: both its games are lined from before `kMorning` on, and
/// nothing becomes known from then until 19:00.
GameDate tonight() {
    static const GameDate date = [] {
        std::set<GameDate> dates;
        for (const collect::Schedule& game : league().schedule)
            dates.insert(game.game_date);
        return *std::next(dates.begin(), 14 + 9);
    }();
    return date;
}

const std::vector<collect::Schedule>& games() {
    static const std::vector<collect::Schedule> of_tonight = [] {
        std::vector<collect::Schedule> games = league().schedule;
        std::erase_if(games, [](const auto& game) { return game.game_date != tonight(); });
        return games;
    }();
    return of_tonight;
}

/// Someone of the home team of the first game who played it.
const collect::PlayerBox& someone() {
    static const collect::PlayerBox box = [] {
        const auto raw = league();
        return *std::ranges::find_if(raw.player_boxes, [](const auto& one) {
            return one.game_id == games()[0].game_id && one.team_id == games()[0].home_team_id &&
                   one.minutes >= 30;
        });
    }();
    return box;
}

Instant at(TimeOfDay time) { return eastern_instant(tonight(), time); }

class LiveDay : public support::HomeOnEachEngine {
protected:
    /// What a process that starts now with these facts says of tonight.
    Expected<LiveReport> try_look(conform::RawFacts raw, Instant now) {
        Engine engine(place_, std::move(raw), now);
        LiveRequest request;
        request.date = tonight();
        return forecast_live(*engine.backfill, engine.home->database(), engine.clock, request);
    }
    LiveReport look(conform::RawFacts raw, TimeOfDay time) {
        return value_of(try_look(std::move(raw), at(time)));
    }

    template <class Row>
    std::vector<Row> rows(const store::Table<Row>& table, std::string_view tail) {
        return value_of(
            store::read_rows(Engine(place_).home->database(), table, std::string(tail)));
    }

    /// How many instants each of tonight's games is forecast from.
    std::map<GameId, std::set<AsOf>> instants() {
        std::map<GameId, std::set<AsOf>> instants;
        for (const auto& row : rows(forecast::kPrediction, kLiveRows))
            instants[row.game_id].insert(row.as_of);
        return instants;
    }

    [[nodiscard]] static collect::Note note(std::string_view kind, std::optional<double> minutes,
                                            Instant known_at, std::int32_t revision = 0) {
        return {.player_id = someone().player_id,
                .game_date = tonight(),
                .revision = revision,
                .kind = std::string(kind),
                .minutes = minutes,
                .player_name = someone().player_name,
                .known_at = KnownAt{known_at},
                .known_at_basis = std::string(collect::kBasisManual),
                .document_hash = "a note"};
    }
};

TEST_P(LiveDay, TheFirstLookForecastsEveryGameToCome) {
    const LiveReport report = look(league(), kMorning);
    EXPECT_EQ(report.changes.changed.size(), 2U);
    EXPECT_EQ(report.changes.unchanged, 0);
    EXPECT_TRUE(report.changes.moved.empty()) << "there was nothing before it";
    const auto said = instants();
    ASSERT_EQ(said.size(), 2U);
    for (const auto& [game, as_ofs] : said)
        EXPECT_EQ(as_ofs, std::set{report.as_of});
    EXPECT_GT(report.as_of.at, at(kMorning)) << "what is known by now counts";
}

TEST_P(LiveDay, NothingArrivedIsFoundWithoutComputing) {
    look(league(), kMorning);
    const LiveReport again = look(league(), kAfternoon);
    EXPECT_EQ(again.steps.size(), 3U);
    for (const StepReport& step : again.steps)
        EXPECT_TRUE(step.passed_over) << step.step;
    EXPECT_EQ(again.rows, 0);
    EXPECT_EQ(again.merges, 0);
    EXPECT_TRUE(again.changes.changed.empty());
}

TEST_P(LiveDay, WhatChangesNoForecastWritesNoneAndSaysSo) {
    look(league(), kMorning);
    const auto before = rows(forecast::kPrediction, kLiveRows).size();
    // The formulas do not look at a game's total.
    conform::RawFacts raw = league();
    collect::GameLine total =
        *std::ranges::find(raw.game_lines, games()[0].game_id, &collect::GameLine::game_id);
    total.line_value += 4;
    total.snapshot = at(kMorning) + std::chrono::minutes{20};
    total.known_at = KnownAt{total.snapshot};
    raw.game_lines.push_back(total);
    const LiveReport again = look(raw, kAfternoon);
    EXPECT_FALSE(again.steps.front().passed_over);
    EXPECT_TRUE(again.changes.changed.empty());
    EXPECT_EQ(again.changes.unchanged, 2);
    const StepReport& forecasts = again.steps.back();
    EXPECT_EQ(forecasts.step, "forecasts");
    EXPECT_TRUE(forecasts.passed_over);
    EXPECT_EQ(forecasts.rows, 0);
    EXPECT_EQ(rows(forecast::kPrediction, kLiveRows).size(), before);
}

TEST_P(LiveDay, AnInjuryForecastsBothTeamsOfItsGameAgainAndNoOther) {
    look(league(), kMorning);
    conform::RawFacts raw = league();
    collect::InjuryTransaction injury = raw.injuries.front();
    injury.transaction_date = tonight();
    injury.team_id = someone().team_id;
    injury.ordinal = 1'000'000;
    injury.player_id = someone().player_id;
    injury.returned = false;
    injury.known_at = KnownAt{at(kMorning) + std::chrono::minutes{20}};
    raw.injuries.push_back(injury);
    const LiveReport report = look(raw, kAfternoon);

    const GameId his = someone().game_id;
    ASSERT_EQ(report.changes.changed.size(), 1U);
    EXPECT_EQ(report.changes.changed.begin()->first, his);
    for (const auto& [game, as_ofs] : instants())
        EXPECT_EQ(as_ofs.size(), game == his ? 2U : 1U);
    std::set<TeamId> teams;
    for (const auto& row : rows(forecast::kPrediction, kLiveRows)) {
        if (row.as_of == report.as_of) teams.insert(row.team_id);
    }
    EXPECT_EQ(teams.size(), 2U) << "the whole game has the new instant";
    const auto moved = std::ranges::find_if(report.changes.moved, [](const MovedForecast& one) {
        return one.after.player_id == someone().player_id;
    });
    ASSERT_NE(moved, report.changes.moved.end());
    EXPECT_EQ(moved->before.player_id, moved->after.player_id);
    EXPECT_NE(moved->before.sd, moved->after.sd) << "whether he plays is in doubt";
}

TEST_P(LiveDay, ALateLineChangesPicksOnlyWhereItStands) {
    look(league(), kMorning);
    const auto before = rows(forecast::kPick, kLiveRows);
    conform::RawFacts raw = league();
    const auto line = std::ranges::find_if(raw.prop_lines, [](const collect::PropLine& one) {
        return one.game_id == someone().game_id && one.known_at.at < at(kMorning);
    });
    ASSERT_NE(line, raw.prop_lines.end());
    collect::PropLine late = *line;
    late.line_value += 6;
    late.snapshot = at(kMorning) + std::chrono::minutes{20};
    late.known_at = KnownAt{late.snapshot};
    raw.prop_lines.push_back(late);
    const LiveReport report = look(raw, kAfternoon);

    ASSERT_EQ(report.changes.changed.size(), 1U);
    EXPECT_EQ(report.changes.changed.begin()->first, late.game_id);
    std::set<PlayerId> changed;
    for (const forecast::Pick& pick : rows(forecast::kPick, kLiveRows)) {
        if (pick.as_of != report.as_of) continue;
        const bool stood = std::ranges::any_of(before, [&](const forecast::Pick& old) {
            return old.player_id == pick.player_id && old.system_id == pick.system_id &&
                   old.book == pick.book && old.line_value == pick.line_value &&
                   old.p_over == pick.p_over && old.edge == pick.edge;
        });
        if (!stood) changed.insert(pick.player_id);
    }
    EXPECT_EQ(changed, std::set{late.player_id});
    for (const MovedForecast& moved : report.changes.moved) {
        EXPECT_EQ(moved.after.player_id, late.player_id);
        EXPECT_GT(moved.picks_flipped, 0);
    }
}

TEST_P(LiveDay, ANoteRulesOutAndAnotherTakesItBack) {
    look(league(), kMorning);
    conform::RawFacts raw = league();
    raw.notes.push_back(note(collect::kNoteOut, std::nullopt, at(kAfternoon)));
    const LiveReport out = look(raw, kAfternoon);
    const auto of_him = [](const MovedForecast& one) {
        return one.after.player_id == someone().player_id;
    };
    ASSERT_EQ(out.changes.changed.size(), 1U);
    auto moved = std::ranges::find_if(out.changes.moved, of_him);
    ASSERT_NE(moved, out.changes.moved.end());
    EXPECT_GT(moved->before.p_plays, 0.5);
    EXPECT_EQ(moved->after.p_plays, 0);

    raw.notes.push_back(note(collect::kNoteClear, std::nullopt, at(kEvening), 1));
    const LiveReport clear = look(raw, kEvening);
    moved = std::ranges::find_if(clear.changes.moved, of_him);
    ASSERT_NE(moved, clear.changes.moved.end());
    EXPECT_EQ(moved->before.p_plays, 0);
    EXPECT_GT(moved->after.p_plays, 0.5);
}

TEST_P(LiveDay, NotedMinutesAreTheMinutesOfEverySystem) {
    look(league(), kMorning);
    conform::RawFacts raw = league();
    raw.notes.push_back(note(collect::kNoteMinutes, 12.0, at(kAfternoon)));
    const LiveReport report = look(raw, kAfternoon);
    ASSERT_EQ(report.changes.moved.size(), 2U) << "he alone, by both formulas";
    for (const MovedForecast& moved : report.changes.moved) {
        EXPECT_EQ(moved.after.player_id, someone().player_id);
        EXPECT_EQ(moved.after.minutes, 12);
        EXPECT_NEAR(moved.after.mean, moved.before.mean * 12 / moved.before.minutes, 1e-9);
        EXPECT_LT(moved.after.sd, moved.before.sd);
    }
}

TEST_P(LiveDay, AGameThatHasTippedOffIsLeftAsItWas) {
    look(league(), kMorning);
    const auto before = rows(forecast::kPrediction, kLiveRows);
    const Instant first_tip = std::ranges::min(games(), {}, &collect::Schedule::tip_off).tip_off;
    conform::RawFacts raw = league();
    raw.notes.push_back(note(collect::kNoteOut, std::nullopt, first_tip));
    // Whatever arrives at tip-off or later: only a game that is still to come has new rows.
    const LiveReport report = value_of(try_look(raw, first_tip));
    for (const auto& [game, market] : report.changes.changed) {
        EXPECT_GT(std::ranges::find(games(), game, &collect::Schedule::game_id)->tip_off, first_tip)
            << to_string(game);
    }
    const auto still = rows(forecast::kPrediction,
                            "WHERE origin = 'live' AND as_of = (SELECT min(as_of) FROM "
                            "predictions.player_prop_prediction WHERE origin = 'live') ORDER BY "
                            "1, 2, 3, 4, 5, 6, 7, 8");
    const auto prints = [](const std::vector<forecast::Prediction>& of) {
        return store::row_fingerprints(forecast::kPrediction.spec(),
                                       forecast::kPrediction.to_columns(of));
    };
    EXPECT_EQ(prints(still), prints(before));
    // The day after nobody is forecast live, whatever instant is asked for.
    Engine late(place_, raw, at(kMorning) + std::chrono::hours{24});
    LiveRequest request;
    request.date = tonight();
    request.as_of = AsOf{at(kMorning)};
    const LiveReport after =
        value_of(forecast_live(*late.backfill, late.home->database(), late.clock, request));
    EXPECT_TRUE(after.changes.changed.empty());
}

TEST_P(LiveDay, AGameThatTipsOffWhileItIsForecastIsNotWritten) {
    const Instant first_tip = std::ranges::min(games(), {}, &collect::Schedule::tip_off).tip_off;
    Engine engine(place_, league(), first_tip - std::chrono::seconds{1});
    BackfillRequest request{.dates = {tonight(), tonight()}};
    request.origin = forecast::kOriginLive;
    request.steps = {Step::kConform, Step::kFeatures, Step::kForecasts};
    // Forecasts are made before the first step is written.
    const auto refused =
        engine.backfill->run(request, [&](const StepReport&, std::size_t, std::size_t) {
            engine.clock.advance(std::chrono::seconds{2});
        });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::kRefused);
    EXPECT_EQ(count_rows(engine.home->database(), "predictions.player_prop_prediction"), 0);
    // What is still to come is forecast by the next look.
    request.as_of.reset();
    const BackfillReport next = value_of(engine.backfill->run(request));
    for (const auto& [game, market] : next.changes.changed)
        EXPECT_GT(std::ranges::find(games(), game, &collect::Schedule::game_id)->tip_off,
                  first_tip);
}

TEST_P(LiveDay, ABackfillLeavesLiveForecastsAndGradesTakeThem) {
    look(league(), kMorning);
    const auto said = rows(forecast::kPrediction, kLiveRows);
    const auto picks = rows(forecast::kPick, kLiveRows);
    {
        Engine engine(place_);
        value_of(engine.backfill->run({.dates = {tonight(), tonight()}}));
    }
    const auto same = [](const auto& a, const auto& b, const auto& table) {
        return store::row_fingerprints(table.spec(), table.to_columns(a)) ==
               store::row_fingerprints(table.spec(), table.to_columns(b));
    };
    EXPECT_TRUE(same(said, rows(forecast::kPrediction, kLiveRows), forecast::kPrediction));
    EXPECT_TRUE(same(picks, rows(forecast::kPick, kLiveRows), forecast::kPick));

    // A corrected box score makes further revisions.
    EXPECT_EQ(rows(grade::kAccuracy, "WHERE origin = 'live' AND revision = 0").size(), said.size());
    Engine engine(place_);
    engine.write_box_scores();
    const auto report = value_of(
        grade::grade_report(engine.home->database(), {.dates = {tonight(), tonight()},
                                                      .market = Market::kPoints,
                                                      .population = grade::Population::kAll}));
    ASSERT_FALSE(report.systems.empty());
    for (const auto& system : report.systems) {
        EXPECT_GT(system.live, 0);
        EXPECT_EQ(system.backfill, 0);
    }
    // Each player game counts once, by its live forecast.
    EXPECT_EQ(engine.count("SELECT sum(n) FROM predictions.system_performance WHERE population = "
                           "'all' AND system_id = 'moving_average_v1'"),
              engine.count("SELECT count(DISTINCT player_id) FROM predictions.prediction_accuracy "
                           "WHERE outcome = 'graded'"));
}

TEST_P(LiveDay, GradesAreOfWhatIsStoredAndNotOfWhatWouldBeSaidNow) {
    Engine engine(place_);
    BackfillRequest request{.dates = {tonight(), tonight()}};
    request.steps = {Step::kConform, Step::kFeatures, Step::kForecasts};
    value_of(engine.backfill->run(request));
    support::execute(engine.home->database(),
                     "UPDATE predictions.player_prop_prediction SET mean = mean + 1");
    request.steps = {Step::kGrades};
    value_of(engine.backfill->run(request));
    EXPECT_GT(engine.count("SELECT count(*) FROM predictions.prediction_accuracy"), 0);
    EXPECT_EQ(engine.count("SELECT count(*) FROM predictions.prediction_accuracy a JOIN "
                           "predictions.player_prop_prediction p USING (game_id, player_id, "
                           "market, system_id, as_of, origin) WHERE a.mean = p.mean"),
              engine.count("SELECT count(*) FROM predictions.prediction_accuracy"));

    // A forecast that is made again leaves the grade of the one before: that is found.
    auto& database = engine.home->database();
    EXPECT_EQ(value_of(grade::stale_grades(database, request.dates)), 0);
    request.steps = {Step::kForecasts};
    request.force = true;
    value_of(engine.backfill->run(request));
    EXPECT_GT(value_of(grade::stale_grades(database, request.dates)), 0);
    request.steps = {Step::kGrades};
    value_of(engine.backfill->run(request));
    EXPECT_EQ(value_of(grade::stale_grades(database, request.dates)), 0);
}

TEST_P(LiveDay, TheBoardMarksWhatMoved) {
    const LiveReport first = look(league(), kMorning);
    conform::RawFacts raw = league();
    raw.notes.push_back(note(collect::kNoteMinutes, 12.0, at(kAfternoon)));
    look(raw, kAfternoon);
    // A third look that says the same of him again, for something else moved in his game.
    collect::Note other = note(collect::kNoteOut, std::nullopt, at(kEvening));
    other.player_id =
        std::ranges::find_if(raw.player_boxes, [](const collect::PlayerBox& box) {
            return box.game_id == someone().game_id && box.team_id != someone().team_id;
        })->player_id;
    raw.notes.push_back(other);
    const LiveReport third = look(raw, kEvening);

    Engine engine(place_);
    BoardRequest request;
    request.date = tonight();
    const Board now = value_of(board(engine.home->database(), request));
    EXPECT_EQ(now.as_of, third.as_of);
    int of_him = 0;
    for (const BoardRow& row : now.rows) {
        if (row.player_id == other.player_id) {
            ASSERT_TRUE(row.before);
            EXPECT_EQ(row.p_plays, 0);
            EXPECT_GT(row.before->p_plays, 0.5);
        }
        if (row.player_id != someone().player_id) continue;
        ++of_him;
        ASSERT_TRUE(row.before) << "marked until tip-off";
        EXPECT_EQ(row.before->as_of, first.as_of) << "the last time that he was said otherwise";
        EXPECT_GT(row.before->mean, row.mean);
    }
    EXPECT_GT(of_him, 0);
    const auto unmoved = std::ranges::count_if(now.rows, [](const BoardRow& row) {
        return row.game_id != someone().game_id && row.before;
    });
    EXPECT_EQ(unmoved, 0);

    request.as_of = first.as_of;
    for (const BoardRow& row : value_of(board(engine.home->database(), request)).rows)
        EXPECT_FALSE(row.before) << "the board as it was in the morning";
}

TEST_P(LiveDay, WarmEnginesSayWhatFreshOnesSay) {
    // One process looks twice; another, in another home, only once.
    const support::HomePlace other(GetParam());
    Engine warm(other, league(), at(kMorning));
    LiveRequest request;
    request.date = tonight();
    value_of(forecast_live(*warm.backfill, warm.home->database(), warm.clock, request));
    warm.clock.advance(std::chrono::hours{1});
    value_of(forecast_live(*warm.backfill, warm.home->database(), warm.clock, request));
    look(league(), kMorning);
    const auto of_warm =
        value_of(store::read_rows(warm.home->database(), forecast::kPrediction, kLiveRows));
    const auto of_fresh = rows(forecast::kPrediction, kLiveRows);
    EXPECT_EQ(store::row_fingerprints(forecast::kPrediction.spec(),
                                      forecast::kPrediction.to_columns(of_warm)),
              store::row_fingerprints(forecast::kPrediction.spec(),
                                      forecast::kPrediction.to_columns(of_fresh)));
}

INSTANTIATE_TEST_SUITE_P(Engines, LiveDay, support::kEngines, support::engine_name);

}  // namespace
}  // namespace tipoff::operate
