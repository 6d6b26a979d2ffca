#include "forecast/model_registry.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <stdexcept>

#include "support/child_process.h"
#include "support/database.h"
#include "support/files.h"

namespace tipoff::forecast {
namespace {

namespace fs = std::filesystem;
using support::Channel;
using support::ChildProcess;
using support::outcome_of;
using support::told;
using support::value_of;

GameDate day(std::string_view text) { return value_of(parse_date(text)); }
Instant noon(std::string_view date) {
    return value_of(parse_instant(std::string(date) + "T12:00:00Z"));
}

const std::string kPayload("boosted trees\n\0 and more", 24);

ModelKind kind() {
    return {.name = "boosted",
            .market = "points",
            .format_version = 3,
            .feature_list_hash = "0123456789abcdef"};
}

Training training(std::string_view through = "2022-04-10") {
    return {.kind = kind(),
            .from = day("2016-10-25"),
            .through = day(through),
            .rows = 150'000,
            .seed = 7,
            .metrics = R"({"mae": 4.51, "crps": 3.3})"};
}

std::vector<Gate> passed_gates() {
    return model_gates({.candidate = {.games = 900, .bias = 0.1, .crps = 3, .coverage_80 = 0.8},
                        .tiers = {},
                        .in_service = std::nullopt});
}

std::unique_ptr<store::Database> open_home(const fs::path& home) {
    return support::open_with_tables(home / "tipoff.duckdb", {&kModel.spec()});
}

class AModelRegistry : public testing::Test {
protected:
    ModelRecord save(const Training& made = training(), std::string_view payload = kPayload) {
        const auto transaction = value_of(database().begin());
        auto record = value_of(save_model(home_.path(), *transaction, made, payload, "run1"));
        value_of(transaction->commit());
        return record;
    }

    ModelRecord promote(const ModelRecord& model, Instant at = noon("2022-04-11")) {
        const auto transaction = value_of(database().begin());
        auto record =
            value_of(promote_model(home_.path(), *transaction, model, passed_gates(), at, "run2"));
        value_of(transaction->commit());
        return record;
    }

    std::vector<ModelRecord> rows() {
        return value_of(read_rows(database(), kModel, "ORDER BY model_id"));
    }

    Expected<LoadedModel> load(const ModelRecord& model, const ModelKind& wanted = kind()) {
        return load_model(home_.path(), model, wanted);
    }

    [[nodiscard]] fs::path path_of(const ModelRecord& model) const {
        return home_ / "models" / model.file_name;
    }

    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(home_ / "models"), fs::directory_iterator()));
    }

    store::Database& database() {
        if (!database_) database_ = open_home(home_.path());
        return *database_;
    }

    support::TempFolder home_;

private:
    std::unique_ptr<store::Database> database_;  ///< opened late: a test may fork before
};

// --- saving ---

TEST_F(AModelRegistry, GivesBackWhatWasSaved) {
    const ModelRecord saved = save();
    ASSERT_EQ(rows(), std::vector{saved});
    const LoadedModel loaded = value_of(load(rows().at(0)));
    EXPECT_EQ(loaded.payload, kPayload);
    EXPECT_EQ(loaded.record, saved);
    EXPECT_EQ(saved.model_id.size(), 12U);
    EXPECT_EQ(saved.file_name, "boosted-points-2022-04-10-" + saved.model_id + ".model");
    EXPECT_EQ(saved.trained_through, day("2022-04-10"));
    EXPECT_EQ(saved.training_rows, 150'000);
    EXPECT_EQ(saved.seed, 7);
    EXPECT_EQ(saved.metrics, R"({"mae":4.51,"crps":3.3})");
    EXPECT_EQ(saved.run_id, "run1");
    EXPECT_FALSE(saved.promoted);
    EXPECT_EQ(saved.size_bytes, static_cast<std::int64_t>(fs::file_size(path_of(saved))));
}

TEST_F(AModelRegistry, KeepsAnEmptyPayload) {
    EXPECT_EQ(value_of(load(save(training(), ""))).payload, "");
}

TEST_F(AModelRegistry, TakesTheSameTrainingForTheSameModel) {
    const ModelRecord first = save();
    Training again = training();
    again.metrics = R"({"mae": 4.6})";
    const ModelRecord second = save(again);
    EXPECT_EQ(second, first) << "the metrics of the first save stand as well";
    EXPECT_EQ(rows(), std::vector{first});
    EXPECT_EQ(files(), 1U);
}

TEST_F(AModelRegistry, TellsTrainingsApart) {
    save();
    save(training(), kPayload + "x");
    save(training("2022-04-09"));
    Training other = training();
    other.seed = 8;
    save(other);
    other = training();
    other.kind.feature_list_hash = "fedcba9876543210";
    save(other);
    EXPECT_EQ(rows().size(), 5U);
    EXPECT_EQ(files(), 5U);
}

TEST_F(AModelRegistry, ShowsNothingOfASaveThatWasNotCommitted) {
    {
        const auto transaction = value_of(database().begin());
        value_of(save_model(home_.path(), *transaction, training(), kPayload, "run1"));
    }
    EXPECT_TRUE(rows().empty());
    const ModelRecord saved = save();
    EXPECT_EQ(files(), 1U);
    EXPECT_EQ(value_of(load(saved)).payload, kPayload);
}

TEST_F(AModelRegistry, SurvivesAKillBetweenFileAndRow) {
    ChildProcess writer([&](Channel& parent) {
        const auto own = open_home(home_.path());
        const auto transaction = value_of(own->begin());
        value_of(save_model(home_.path(), *transaction, training(), kPayload, "run1"));
        parent.tell("merged");
        (void)parent.hear();
        return 0;
    });
    ASSERT_EQ(writer.channel().hear(), "merged");
    EXPECT_EQ(writer.kill().signal, SIGKILL);
    EXPECT_TRUE(rows().empty());
    EXPECT_EQ(value_of(load(save())).payload, kPayload);
    EXPECT_EQ(files(), 1U);
}

TEST_F(AModelRegistry, ReplacesAFileThatIsNotWhole) {
    const ModelRecord saved = save();
    const std::string whole = support::read_file(path_of(saved));
    support::write_file(path_of(saved), whole.substr(0, whole.size() / 2));
    support::write_file(path_of(saved).string() + ".unfinished", whole.substr(0, 10));
    EXPECT_EQ(save(), saved);
    EXPECT_EQ(support::read_file(path_of(saved)), whole);
    EXPECT_EQ(files(), 1U);
}

TEST_F(AModelRegistry, SaysThatTheDiskIsFullAndLeavesNoFile) {
    ChildProcess writer([&](Channel& parent) {
        const auto own = open_home(home_.path());
        const auto transaction = value_of(own->begin());
        ::signal(SIGXFSZ, SIG_IGN);
        rlimit limit{};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = 20'000;
        ::setrlimit(RLIMIT_FSIZE, &limit);
        parent.tell(outcome_of(
            save_model(home_.path(), *transaction, training(), std::string(50'000, 'x'), "run1")));
        return 0;
    });
    EXPECT_EQ(writer.channel().hear(), "input/output");
    EXPECT_EQ(writer.wait().code, 0);
    EXPECT_EQ(files(), 0U);
    EXPECT_TRUE(rows().empty());
}

TEST_F(AModelRegistry, TakesNoRecordThatMakesNoSense) {
    const auto transaction = value_of(database().begin());
    const auto attempt = [&](const Training& made) {
        (void)save_model(home_.path(), *transaction, made, kPayload, "run1");
    };
    Training made = training();
    made.kind.name = "../boosted";
    EXPECT_THROW(attempt(made), InvariantBroken);
    made = training();
    made.metrics = "4.51";
    EXPECT_THROW(attempt(made), InvariantBroken);
    made = training();
    made.from = made.through.plus_days(1);
    EXPECT_THROW(attempt(made), InvariantBroken);
}

// --- loading ---

/// What a user is told when the file of `saved` has these bytes.
std::string told_of(const fs::path& home, const ModelRecord& saved, std::string_view bytes) {
    support::write_file(home / "models" / saved.file_name, bytes);
    const auto loaded = load_model(home, saved, kind());
    return outcome_of(loaded) + ": " + told(loaded);
}

void expect_told(const std::string& text, std::initializer_list<std::string_view> parts) {
    for (const auto part : parts)
        EXPECT_NE(text.find(part), std::string::npos) << "'" << part << "' in: " << text;
}

TEST_F(AModelRegistry, RefusesAFileThatIsNotTheOneSaved) {
    const ModelRecord saved = save();
    const std::string whole = support::read_file(path_of(saved));
    const std::string bytes = std::to_string(whole.size()) + " bytes";
    const auto told_with = [&](std::string_view content) {
        return told_of(home_.path(), saved, content);
    };
    const std::string train = "tipoff train --through 2022-04-10 --market points";

    expect_told(told_with(whole.substr(0, whole.size() - 1)),
                {"refused", path_of(saved).string(), "expected " + bytes,
                 "found " + std::to_string(whole.size() - 1), train});
    expect_told(told_with(""), {"refused", "expected " + bytes, "found 0 bytes", train});
    expect_told(told_with(whole + "x"), {"refused", "expected " + bytes, train});
    expect_told(told_with(std::string(whole.size(), 'x')),
                {"refused", "not a model of this tipoff", "tipoff model 1", train});
    expect_told(told_with("tipoff model 2\n" + whole.substr(15)),
                {"refused", "not a model of this tipoff", "tipoff model 1", train});
    std::string flipped = whole;
    flipped.back() ^= 1;
    expect_told(told_with(flipped), {"refused", "damaged", "checksum " + saved.checksum, train});

    fs::remove(path_of(saved));
    const auto missing = load(saved);
    EXPECT_EQ(outcome_of(missing), "refused");
    expect_told(told(missing), {path_of(saved).string(), "missing", saved.model_id, train});

    support::write_file(path_of(saved), whole);
    EXPECT_EQ(outcome_of(load(saved)), "ok");
}

TEST_F(AModelRegistry, RefusesEveryFlippedBitAndEveryCut) {
    const ModelRecord saved = save();
    const std::string whole = support::read_file(path_of(saved));
    for (std::size_t i = 0; i < whole.size(); ++i) {
        std::string damaged = whole;
        damaged[i] = static_cast<char>(damaged[i] ^ (1 << (i % 8)));
        support::write_file(path_of(saved), damaged);
        ASSERT_EQ(outcome_of(load(saved)), "refused") << "byte " << i;
        ASSERT_EQ(outcome_of(scan_models(home_.path())), "refused") << "byte " << i;
        support::write_file(path_of(saved), whole.substr(0, i));
        ASSERT_EQ(outcome_of(load(saved)), "refused") << "cut at " << i;
        ASSERT_EQ(outcome_of(scan_models(home_.path())), "refused") << "cut at " << i;
    }
}

TEST_F(AModelRegistry, RefusesAnotherModelsFileInItsPlace) {
    const ModelRecord saved = save();
    std::string other_payload = kPayload;
    other_payload.back() = 'x';
    const ModelRecord other = save(training(), other_payload);
    ASSERT_EQ(other.size_bytes, saved.size_bytes);
    expect_told(told_of(home_.path(), saved, support::read_file(path_of(other))),
                {"refused", "not the file that was registered", saved.checksum, other.checksum});
}

TEST_F(AModelRegistry, RefusesARowThatSaysOtherThanItsFile) {
    ModelRecord changed = save();
    changed.trained_through = day("2021-04-10");
    const auto loaded = load(changed);
    EXPECT_EQ(outcome_of(loaded), "refused");
    expect_told(told(loaded), {"its row was changed"});
}

TEST_F(AModelRegistry, RefusesAModelOfAnotherKind) {
    const ModelRecord saved = save();
    const auto told_with = [&](auto change) {
        ModelKind wanted = kind();
        change(wanted);
        const auto loaded = load(saved, wanted);
        EXPECT_EQ(outcome_of(loaded), "refused");
        return told(loaded);
    };
    expect_told(told_with([](ModelKind& wanted) { wanted.feature_list_hash = "cafe"; }),
                {path_of(saved).string(), "another feature list", "expected cafe",
                 "found 0123456789abcdef", "tipoff train --through 2022-04-10 --market points"});
    expect_told(told_with([](ModelKind& wanted) { wanted.market = "assists"; }),
                {"another market", "expected assists", "found points", "--market assists"});
    expect_told(told_with([](ModelKind& wanted) { wanted.name = "minutes"; }),
                {"another bundle", "expected minutes", "found boosted"});
    expect_told(told_with([](ModelKind& wanted) { wanted.format_version = 4; }),
                {"another format", "expected 4", "found 3"});
}

// --- promotion ---

TEST_F(AModelRegistry, PromotesThroughTheGatesOnly) {
    const ModelRecord saved = save();
    auto gates =
        model_gates({.candidate = {.games = 900, .bias = 0.4, .crps = 3, .coverage_80 = 0.8},
                     .tiers = {},
                     .in_service = std::nullopt});
    {
        const auto transaction = value_of(database().begin());
        const auto at = noon("2022-04-11");
        const auto biased = promote_model(home_.path(), *transaction, saved, gates, at, "run2");
        EXPECT_EQ(outcome_of(biased), "refused");
        expect_told(told(biased), {saved.model_id, "bias is 0.4000, to be within 0.2"});
        EXPECT_EQ(outcome_of(promote_model(home_.path(), *transaction, saved, {}, at, "run2")),
                  "refused");
        value_of(transaction->commit());
    }
    EXPECT_FALSE(rows().at(0).promoted);
    EXPECT_FALSE(value_of(scan_models(home_.path())).at(0).promoted);

    const ModelRecord promoted = promote(saved);
    EXPECT_TRUE(promoted.promoted);
    EXPECT_EQ(promoted.promoted_at, noon("2022-04-11"));
    EXPECT_EQ(rows(), std::vector{promoted});
    EXPECT_EQ(value_of(load(promoted)).payload, kPayload);
}

TEST_F(AModelRegistry, KeepsAPromotionWhenTheModelIsSavedOrPromotedAgain) {
    const ModelRecord promoted = promote(save());
    EXPECT_TRUE(save().promoted);
    EXPECT_EQ(promote(promoted, noon("2022-05-01")).promoted_at, noon("2022-04-11"));
    EXPECT_EQ(rows(), std::vector{promoted});
}

TEST_F(AModelRegistry, PromotesNoDamagedFile) {
    const ModelRecord saved = save();
    fs::remove(path_of(saved));
    const auto transaction = value_of(database().begin());
    EXPECT_EQ(outcome_of(promote_model(home_.path(), *transaction, saved, passed_gates(),
                                       noon("2022-04-11"), "run2")),
              "refused");
    EXPECT_EQ(files(), 0U);
}

// --- the table made again from the files ---

TEST_F(AModelRegistry, IsMadeAgainFromTheFiles) {
    promote(save());
    save(training("2022-12-31"));
    support::write_file(home_ / "models" / "notes.txt", "not a model");
    auto scanned = value_of(scan_models(home_.path()));
    auto stored = rows();
    for (ModelRecord& row : stored)
        row.run_id.clear();
    EXPECT_EQ(scanned, stored);
}

TEST_F(AModelRegistry, RefusesToScanACopyOrADamagedPromotion) {
    const ModelRecord saved = promote(save());
    const fs::path copy = home_ / "models" / "copy.model";
    fs::copy_file(path_of(saved), copy);
    const auto scanned = scan_models(home_.path());
    EXPECT_EQ(outcome_of(scanned), "refused");
    expect_told(told(scanned), {copy.string(), saved.file_name});
    fs::remove(copy);

    const fs::path promotion = home_ / "models" / (saved.model_id + ".promotion");
    for (const std::string_view text :
         {"", "{}", "[1]", R"({"model_id": "other"})", R"({"promoted_at": 5})"}) {
        support::write_file(promotion, text);
        const auto damaged = scan_models(home_.path());
        EXPECT_EQ(outcome_of(damaged), "refused") << text;
        expect_told(told(damaged), {promotion.string(), saved.model_id});
    }
}

TEST_F(AModelRegistry, IsEmptyInAHomeWithoutModels) {
    EXPECT_TRUE(value_of(scan_models(home_.path())).empty());
}

// --- who forecasts a date ---

/// A row as `model_in_service` looks at it.
ModelRecord row(std::string id, std::string_view through, bool promoted = true) {
    ModelRecord record;
    record.model_id = std::move(id);
    record.name = kind().name;
    record.market = kind().market;
    record.format_version = kind().format_version;
    record.feature_list_hash = kind().feature_list_hash;
    record.trained_through = day(through);
    record.file_name = record.model_id + ".model";
    record.promoted = promoted;
    if (promoted) record.promoted_at = noon("2023-06-01");
    return record;
}

/// The id of the model in service, "none", or the kind of error.
std::string serving(const std::vector<ModelRecord>& models, std::string_view date) {
    const auto result = model_in_service(models, kind(), day(date));
    if (!result) return outcome_of(result);
    return result->model ? result->model->model_id : "none";
}

TEST(ModelInService, IsTheLatestThatHasNotSeenTheDate) {
    const std::vector models{row("b", "2022-12-31"), row("a", "2022-04-10"),
                             row("c", "2023-04-09")};
    EXPECT_EQ(serving(models, "2022-04-10"), "none") << "it has seen that day";
    EXPECT_EQ(serving(models, "2022-04-11"), "a");
    EXPECT_EQ(serving(models, "2022-12-31"), "a");
    EXPECT_EQ(serving(models, "2023-01-01"), "b");
    EXPECT_EQ(serving(models, "2024-01-01"), "c");
    EXPECT_EQ(serving({}, "2024-01-01"), "none");
}

TEST(ModelInService, IsPromotedAndOfTheSameBundleAndMarket) {
    std::vector models{row("a", "2022-04-10"), row("b", "2022-05-10", false),
                       row("c", "2022-06-10"), row("d", "2022-07-10")};
    models[2].market = "assists";
    models[3].name = "minutes";
    EXPECT_EQ(serving(models, "2023-01-01"), "a");
    const auto result = value_of(model_in_service(models, kind(), day("2023-01-01")));
    ASSERT_EQ(result.others.size(), 1U);
    EXPECT_EQ(result.others[0].model_id, "b");
}

TEST(ModelInService, OfTwoThroughOneDateIsTheOnePromotedLast) {
    std::vector models{row("a", "2022-04-10"), row("b", "2022-04-10"), row("c", "2022-04-10")};
    EXPECT_EQ(serving(models, "2022-05-01"), "c");
    models[0].promoted_at = noon("2023-07-01");
    EXPECT_EQ(serving(models, "2022-05-01"), "a");
    std::swap(models[0], models[2]);
    EXPECT_EQ(serving(models, "2022-05-01"), "a") << "in whatever order they are given";
}

TEST(ModelInService, IsRefusedWhereOnlyAModelOfAnotherFeatureListWouldServe) {
    std::vector models{row("a", "2022-04-10")};
    models[0].feature_list_hash = "another";
    const auto result = model_in_service(models, kind(), day("2022-05-01"));
    EXPECT_EQ(outcome_of(result), "refused");
    expect_told(told(result), {"a.model", "another feature list", "expected 0123456789abcdef",
                               "found another", "tipoff train --through 2022-04-30"});
    EXPECT_EQ(serving(models, "2022-01-01"), "refused") << "it is all that was promoted";

    models.push_back(row("b", "2022-06-10"));
    EXPECT_EQ(serving(models, "2022-05-01"), "refused") << "it would have served then";
    EXPECT_EQ(serving(models, "2022-07-01"), "b");
    EXPECT_EQ(serving(models, "2022-01-01"), "none") << "neither would have";

    models = {row("a", "2022-04-10", false)};
    models[0].feature_list_hash = "another";
    EXPECT_EQ(serving(models, "2022-05-01"), "none") << "it was never promoted";
    models = {row("a", "2022-04-10")};
    models[0].format_version = 2;
    EXPECT_EQ(serving(models, "2022-05-01"), "refused");
}

TEST(ModelInService, WhatThereIsInsteadIsTold) {
    const std::vector models{row("a", "2023-04-09"), row("b", "2022-04-10", false)};
    const GameDate date = day("2022-10-18");
    const auto result = value_of(model_in_service(models, kind(), date));
    EXPECT_FALSE(result.model);
    const Error error = no_model_for(kind(), date, result.others);
    EXPECT_EQ(error.code(), ErrorCode::kRefused);
    EXPECT_EQ(error.message(),
              "no model 'boosted' of points for 2022-10-18: a is trained through 2023-04-09, not "
              "before that date; b is trained through 2022-04-10, not promoted");
    EXPECT_EQ(error.hint(), "tipoff train --through 2022-10-17 --market points trains one");
    expect_told(no_model_for(kind(), date, {}).message(), {"none was trained"});
}

}  // namespace
}  // namespace tipoff::forecast
