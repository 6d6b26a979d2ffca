#include "operate/train.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "forecast/model_registry.h"
#include "operate/catalogue.h"
#include "store/home.h"
#include "support/database.h"
#include "support/expected.h"
#include "support/files.h"
#include "support/mini_league.h"

namespace tipoff::operate {
namespace {

using support::value_of;

/// A home of its own, open, with a clock that stands.
class Home {
public:
    Home() {
        home_ = value_of(store::open_home(folder_.path(), catalogue(),
                                          {.access = store::Access::kReadWrite,
                                           .wait = std::chrono::milliseconds{0},
                                           .command = "train",
                                           .engine = {}},
                                          clock_));
        ledger_ = std::make_unique<ledger::Ledger>(home_->database(), clock_);
    }

    /// Trains and promotes what passes.
    std::vector<TrainedModel> train(const conform::RawFacts& raw, TrainRequest request) {
        const Facts facts(raw);
        request.promote = true;
        return value_of(
            operate::train(folder_.path(), home_->database(), *ledger_, clock_, facts, request));
    }

    [[nodiscard]] store::Database& database() { return home_->database(); }
    [[nodiscard]] ManualClock& clock() { return clock_; }

    /// The same, to its error.
    std::string outcome_of_training(const conform::RawFacts& raw, const TrainRequest& request,
                                    const TrainProgress& progress) {
        const Facts facts(raw);
        return support::outcome_of(operate::train(folder_.path(), home_->database(), *ledger_,
                                                  clock_, facts, request, progress));
    }

    /// What stands in the folder of models, by name.
    [[nodiscard]] std::map<std::string, std::string> model_files() const {
        std::map<std::string, std::string> files;
        for (const auto& entry : std::filesystem::directory_iterator(folder_ / "models"))
            files[entry.path().filename()] = support::read_file(entry.path());
        return files;
    }

    [[nodiscard]] forecast::ModelsInService models() {
        return value_of(forecast::ModelsInService::open(folder_.path(), home_->database()));
    }

private:
    support::TempFolder folder_;
    ManualClock clock_{value_of(parse_instant("2026-07-01T12:00:00Z"))};
    std::unique_ptr<store::Home> home_;
    std::unique_ptr<ledger::Ledger> ledger_;
};

TrainRequest request_through(GameDate through) {
    TrainRequest request;
    request.through = through;
    request.walk.fewest_games = 300;
    request.walk.threads = 1;
    request.walk.trees.most_rounds = 30;
    request.walk.trees.min_child_weight = 20;
    return request;
}

/// The league's game dates, in order.
std::vector<GameDate> dates_of(const conform::RawFacts& facts) {
    std::vector<GameDate> dates;
    for (const collect::Schedule& game : facts.schedule)
        dates.push_back(game.game_date);
    std::ranges::sort(dates);
    dates.erase(std::ranges::unique(dates).begin(), dates.end());
    return dates;
}

TEST(Train, EndsWhenItsRunIsAnothers) {
    const conform::RawFacts facts = test::mini_league({.seed = 3, .game_days = 25});
    Home home;
    int days = 0;
    const std::string outcome =
        home.outcome_of_training(facts, request_through(dates_of(facts).back()), [&](GameDate) {
            if (++days > 1) return;
            support::execute(home.database(),
                             "UPDATE ops.run SET fencing_token = fencing_token + 1000 WHERE step = "
                             "'train'");
            home.clock().advance(ledger::kBeat);
        });
    EXPECT_EQ(outcome, "fenced");
    EXPECT_EQ(days, 1) << "nothing more is fitted";
}

TEST(Train, TheSameFactsGiveTheSameBytesInAnyHomeOnAnyNumberOfThreads) {
    conform::RawFacts facts = test::mini_league({.seed = 3, .game_days = 25});
    TrainRequest request = request_through(dates_of(facts).back());
    Home first;
    first.train(facts, request);
    const auto files = first.model_files();
    ASSERT_GE(files.size(), kCounts);  // a promotion is a file beside its model

    Home second;
    second.train(facts, request);
    EXPECT_EQ(second.model_files(), files);
    // The same a second time in one home is no other model.
    first.train(facts, request);
    EXPECT_EQ(first.model_files(), files);

    request.walk.threads = 2;
    std::ranges::reverse(facts.player_boxes);
    std::ranges::reverse(facts.schedule);
    std::ranges::reverse(facts.prop_lines);
    Home third;
    third.train(facts, request);
    EXPECT_EQ(third.model_files(), files);

    // Another seed is another model, so that files can differ at all.
    request.walk.trees.seed += 1;
    Home fourth;
    fourth.train(facts, request);
    EXPECT_NE(fourth.model_files(), files);
}

/// Everybody makes six free throws more a game from the date on.
conform::RawFacts with_more_free_throws(conform::RawFacts facts, GameDate from) {
    constexpr int kMore = 6;
    std::map<std::pair<GameId, TeamId>, int> players;
    for (collect::PlayerBox& box : facts.player_boxes) {
        if (box.game_date < from) continue;
        box.points += kMore;
        *box.free_throws_made += kMore;
        *box.free_throws_attempted += kMore;
        if (box.revision == 0) ++players[{box.game_id, box.team_id}];
    }
    for (collect::TeamBox& box : facts.team_boxes) {
        const int more = kMore * players[{box.game_id, box.team_id}];
        box.points += more;
        box.free_throws_made += more;
        box.free_throws_attempted += more;
    }
    return facts;
}

const forecast::Gate& gate(const TrainedModel& model, std::string_view name) {
    return *std::ranges::find(model.gates, name, &forecast::Gate::name);
}

/// Four seasons of points, and a model of the first three in service.
class Gates : public testing::Test {
protected:
    void SetUp() override {
        TrainRequest request = request_through(third_season_ends());
        request.counts = {Market::kPoints};
        const TrainedModel model = home_.train(facts_, request).front();
        ASSERT_EQ(model.refusal, "");
        ASSERT_TRUE(model.record.promoted);
        in_service_ = model.record.model_id;
    }

    [[nodiscard]] GameDate third_season_ends() const { return dates_[3 * dates_.size() / 4 - 1]; }

    [[nodiscard]] std::string in_service_after_all() {
        const auto in_service = value_of(forecast::model_in_service(
            home_.models().models(), forecast::model_kind(Market::kPoints),
            dates_.back().plus_days(1)));
        return in_service.model ? in_service.model->model_id : "";
    }

    /// Of all four seasons.
    TrainedModel train_another(const conform::RawFacts& facts) {
        TrainRequest request = request_through(dates_.back());
        request.counts = {Market::kPoints};
        return home_.train(facts, request).front();
    }

    conform::RawFacts facts_ = test::mini_league({.seed = 21, .seasons = 4, .game_days = 80});
    std::vector<GameDate> dates_ = dates_of(facts_);
    Home home_;
    std::string in_service_;
};

TEST_F(Gates, AModelThatIsBiasedOnUnseenGamesIsNotPromoted) {
    const GameDate trial_begins = dates_[dates_.size() - 40];
    const TrainedModel model = train_another(with_more_free_throws(facts_, trial_begins));
    EXPECT_EQ(model.trial.from, trial_begins);
    EXPECT_FALSE(gate(model, "bias").passed);
    EXPECT_LT(gate(model, "bias").measured, -1);
    EXPECT_FALSE(model.record.promoted);
    EXPECT_NE(model.refusal.find("bias"), std::string::npos) << model.refusal;
    // It is kept, and the one in service stays.
    EXPECT_EQ(home_.models().models().size(), 2U);
    EXPECT_EQ(in_service_after_all(), in_service_);
}

TEST_F(Gates, TheSameWithoutTheBiasPassesThatGate) {
    const TrainedModel model = train_another(facts_);
    EXPECT_TRUE(gate(model, "bias").passed) << gate(model, "bias").measured;
    EXPECT_EQ(in_service_after_all(),
              all_passed(model.gates) ? model.record.model_id : in_service_);
}

}  // namespace
}  // namespace tipoff::operate
