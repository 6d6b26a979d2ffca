// Pages: everything exactly once, whatever their size.

#include "serve/paging.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "serve/cursor.h"
#include "serve/served_home.h"

namespace tipoff::serve::test {
namespace {

/// All rows of a list, page by page.
std::vector<json> walk(const Served& served, const std::string& target, const std::string& name,
                       int limit) {
    std::vector<json> rows;
    std::string cursor;
    do {
        const json page = served.document(target + (target.contains('?') ? "&" : "?") +
                                          "limit=" + std::to_string(limit) +
                                          (cursor.empty() ? "" : "&cursor=" + cursor));
        EXPECT_LE(page[name].size(), static_cast<std::size_t>(limit));
        rows.insert(rows.end(), page[name].begin(), page[name].end());
        cursor = page["next_cursor"].is_null() ? "" : page["next_cursor"].get<std::string>();
        EXPECT_TRUE(cursor.empty() || page[name].size() == static_cast<std::size_t>(limit));
    } while (!cursor.empty());
    return rows;
}

TEST(Paging, WalksEverythingOnceInAnySize) {
    Served served;
    const std::string day = to_string(mini_home().last_day());
    struct List {
        std::string target, name, table;
    };
    const std::vector<List> lists{
        {"/v1/games?from=2000-01-01&to=2100-01-01", "games", "analytics.game"},
        {"/v1/runs", "runs", "ops.run"},
        {"/v1/alerts", "alerts", "ops.alert"},
        {"/v1/forecasts?date=" + day, "forecasts", ""},
        {"/v1/players?name=a", "players", ""}};
    for (const List& list : lists) {
        const auto whole = walk(served, list.target, list.name, 1'000);
        if (!list.table.empty()) {
            EXPECT_EQ(static_cast<std::int64_t>(whole.size()),
                      support::count_rows(mini_home().database(), list.table))
                << list.target;
        }
        const std::set<std::string> distinct = [&] {
            std::set<std::string> rows;
            for (const json& row : whole)
                rows.insert(row.dump());
            return rows;
        }();
        EXPECT_EQ(distinct.size(), whole.size()) << list.target;
        for (const int limit : {1, 7, static_cast<int>(whole.size())}) {
            if (limit == 0 || (limit == 1 && whole.size() > 200)) continue;
            EXPECT_EQ(walk(served, list.target, list.name, limit), whole);
        }
    }
}

TEST(Paging, ACursorIsGoodForItsListAlone) {
    Served served;
    const json page = served.document("/v1/games?from=2000-01-01&to=2100-01-01&limit=1");
    const auto cursor = page["next_cursor"].get<std::string>();
    EXPECT_EQ(served.get("/v1/runs?cursor=" + cursor).status, 400);
    EXPECT_EQ(served.get("/v1/games?from=2000-01-01&to=2099-01-01&cursor=" + cursor).status, 400);
    EXPECT_EQ(served.get("/v1/games?from=2000-01-01&to=2100-01-01&limit=5&cursor=" + cursor).status,
              200);
}

TEST(Paging, ACursorKeepsEveryKindOfValue) {
    const store::Values key{true,
                            std::int64_t{-7},
                            0.1,
                            std::string("é\"\\"),
                            Instant{std::chrono::microseconds{1'234'567'890'123'456}},
                            GameDate{std::chrono::sys_days{std::chrono::days{19'000}}}};
    const std::string text = cursor_text("q", key);
    const auto back = support::value_of(read_cursor("q", text));
    EXPECT_TRUE(back == key);
    EXPECT_EQ(support::outcome_of(read_cursor("other", text)), "invalid input");
    EXPECT_EQ(support::outcome_of(read_cursor("q", text.substr(0, text.size() - 3))),
              "invalid input");
    EXPECT_EQ(support::outcome_of(read_cursor("q", "")), "invalid input");
}

}  // namespace
}  // namespace tipoff::serve::test
