#include "collect/answer_archive.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "support/expected.h"
#include "support/files.h"

namespace tipoff::collect {
namespace {

using namespace std::chrono_literals;
using support::value_of;

constexpr Instant kNoon{std::chrono::seconds{1'768'928'400}};  // 2026-01-20 12:00 Eastern

class AnswerArchive : public testing::Test {
protected:
    ArchivedAnswer archive(Instant at, std::string body, int status = 200,
                           std::string_view source = "bdl_standings",
                           std::string_view run = "251020-00007") {
        return value_of(archive_answer(home_.path(), source, "https://example.com/" + body, {},
                                       {.status = status,
                                        .headers = {},
                                        .body = body,
                                        .asked_at = at,
                                        .answered_at = at + 200ms},
                                       run));
    }
    [[nodiscard]] std::vector<std::string> unread(const Names& known,
                                                  const Names& lost_runs = {}) const {
        std::vector<std::string> urls;
        for (const ArchivedAnswer& answer :
             value_of(unread_answers(home_.path(), "bdl_standings", known, lost_runs)))
            urls.push_back(answer.url);
        return urls;
    }
    [[nodiscard]] std::vector<std::filesystem::path> records() const {
        std::vector<std::filesystem::path> files;
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(home_ / "archive" / "answers")) {
            if (entry.is_regular_file()) files.push_back(entry.path());
        }
        return files;
    }

    support::TempFolder home_;
};

TEST_F(AnswerArchive, KnowsWhatNobodyHasReadHoweverLongAgo) {
    const auto old = archive(kNoon - std::chrono::days{200}, "old");
    const auto read = archive(kNoon - std::chrono::days{4}, "read");
    archive(kNoon, "new");
    EXPECT_EQ(unread({read.content_hash}),
              (std::vector<std::string>{"https://example.com/old", "https://example.com/new"}));
    EXPECT_EQ(unread({read.content_hash, old.content_hash}),
              std::vector<std::string>{"https://example.com/new"});
}

TEST_F(AnswerArchive, OpensNoRecordWhoseNameSaysEnough) {
    const auto read = archive(kNoon, "read");
    for (const int status : {204, 304, 403, 500})
        archive(kNoon, "status", status);
    ASSERT_EQ(records().size(), 5U);
    for (const auto& file : records())
        std::ofstream(file) << "no record";
    EXPECT_TRUE(unread({read.content_hash}).empty());
    EXPECT_FALSE(unread_answers(home_.path(), "bdl_standings", {}, {}).has_value());
}

TEST_F(AnswerArchive, KnowsWhatALostRunWasGivenThoughItsBytesWereKnown) {
    const auto same = archive(kNoon - 3h, "same", 200, "bdl_standings", "251020-00008");
    archive(kNoon - 2h, "same", 200, "bdl_standings", "251020-00009");
    archive(kNoon - 1h, "same", 304, "bdl_standings", "251020-00009");
    EXPECT_TRUE(unread({same.content_hash}).empty());
    EXPECT_EQ(unread({same.content_hash}, {"251020-00009"}).size(), 1U);
}

TEST_F(AnswerArchive, ARecordOfBeforeNamesHadAStatusIsNoDocumentEither) {
    archive(kNoon, "gone", 404);
    const auto file = records().at(0);
    std::string name = file.filename().string();
    name.erase(name.find("_251020-00007_404"), std::string_view("_251020-00007_404").size());
    std::filesystem::rename(file, file.parent_path() / name);
    EXPECT_TRUE(unread({}).empty());
    EXPECT_EQ(value_of(archived_answers(home_.path(), "bdl_standings")).size(), 1U);
}

TEST_F(AnswerArchive, KnowsWhatAllSourcesWereAskedLately) {
    archive(kNoon - 61s, "long ago");
    archive(kNoon - 59s, "one", 200, "nbac_schedule");
    archive(kNoon - 1500ms, "other", 503, "nbac_player_list");
    archive(kNoon - 500ms, "last");
    EXPECT_EQ(value_of(answers_since(home_.path(), kNoon - 60s, kNoon)).size(), 3U);
    EXPECT_EQ(value_of(answers_since(home_.path(), kNoon - 1s, kNoon)).size(), 1U);
    // Over midnight, Eastern.
    archive(kNoon + 12h - 1s, "before");
    archive(kNoon + 12h + 1s, "after");
    EXPECT_EQ(value_of(answers_since(home_.path(), kNoon + 12h - 5s, kNoon + 12h + 5s)).size(), 2U);
}

}  // namespace
}  // namespace tipoff::collect
