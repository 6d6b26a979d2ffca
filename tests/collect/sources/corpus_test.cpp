// The documents that the fuzz targets begin with (tests/fuzz/corpus), and those that once broke a
// reader: each is read as its name says, and keeps every rule.

#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

#include "collect/source.h"
#include "support/files.h"
#include "support/reading_rules.h"

namespace tipoff::collect {
namespace {

std::set<std::filesystem::path> corpus_of(std::string_view target) {
    const auto folder = std::filesystem::path(TIPOFF_SOURCE_DIR) / "tests/fuzz/corpus" / target;
    std::set<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        files.insert(entry.path());
    return files;
}

TEST(Corpus, EveryDocumentHasTheOutcomeOfItsNameAndKeepsTheRules) {
    for (const Source& source : sources()) {
        const auto files = corpus_of(source.name);
        EXPECT_FALSE(files.empty()) << source.name;
        for (const auto& file : files) {
            SCOPED_TRACE(file);
            const std::string document = support::read_file(file);
            const Outcome outcome = source.read(document, {}).outcome;
            EXPECT_TRUE(file.filename().string().starts_with(to_string(outcome.kind)))
                << to_string(outcome.kind) << ' ' << outcome.detail;
            EXPECT_EQ(support::rule_broken_by(document, source), "");
        }
    }
}

TEST(Corpus, PackedBytesKeepTheRules) {
    const auto files = corpus_of("packed_document");
    EXPECT_FALSE(files.empty());
    for (const auto& file : files)
        EXPECT_EQ(support::rule_of_unpacking_broken_by(support::read_file(file)), "") << file;
}

/// The rules themselves: a reading that breaks one is told.
Reading read_nothing_as_something(std::span<const char>, const Ask&) { return {}; }
Reading read_bytes_as_time(std::span<const char>, const Ask&) {
    static std::size_t calls = 0;
    return malformed(std::to_string(++calls));
}

TEST(Corpus, ABrokenRuleIsTold) {
    Source source{.name = "bdl_games", .also_called = {}, .what = "", .read = nullptr};
    source.read = &read_nothing_as_something;
    EXPECT_EQ(support::rule_broken_by({}, source), "nothing in what is told as something (fresh)");
    source.read = &read_bytes_as_time;
    EXPECT_EQ(support::rule_broken_by({}, source), "two readings that differ");
    source.read = [](std::span<const char>, const Ask&) {
        Reading reading;
        reading.records.players.push_back({.player_name = "Al Horford"});
        return reading;
    };
    EXPECT_EQ(support::rule_broken_by({}, source), "records of the kind player (fresh)");
}

}  // namespace
}  // namespace tipoff::collect
