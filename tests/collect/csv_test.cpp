#include "collect/csv.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "support/files.h"

namespace tipoff::collect {
namespace {

using Table = std::vector<std::vector<std::string>>;

struct ReadTable {
    Table rows;
    std::vector<std::int64_t> lines;
    std::string error;
};

/// The fields as one line, all of them quoted.
std::string csv_line(const std::vector<std::string>& fields) {
    std::string line;
    for (const auto& field : fields) {
        line += line.empty() ? "\"" : ",\"";
        for (const char c : field)
            line += c == '"' ? "\"\"" : std::string(1, c);
        line += '"';
    }
    return line + "\n";
}

ReadTable read_all(std::span<const char> bytes) {
    ReadTable table;
    CsvReader reader(open_bytes(bytes));
    while (true) {
        const auto more = reader.next();
        if (!more) {
            table.error = more.error().message();
            return table;
        }
        if (!*more) return table;
        table.rows.emplace_back(reader.fields().begin(), reader.fields().end());
        table.lines.push_back(reader.line());
    }
}

TEST(Csv, ReadsPlainAndQuotedFields) {
    const auto table =
        read_all(std::string_view("name,notes\n\"Smith, \"\"J.R.\"\"\",\"two\nlines\"\nx,\n"));
    EXPECT_EQ(table.error, "");
    EXPECT_EQ(table.rows, (Table{{"name", "notes"}, {"Smith, \"J.R.\"", "two\nlines"}, {"x", ""}}));
    EXPECT_EQ(table.lines, (std::vector<std::int64_t>{1, 2, 4})) << "physical lines, not records";
}

TEST(Csv, TakesWindowsLineEndsAByteOrderMarkAndNoLastLineEnd) {
    const auto table =
        read_all(std::string_view("\xEF\xBB\xBF"
                                  "a,b\r\n\"1\",\"2\"\r\n\r\n3,4"));
    EXPECT_EQ(table.error, "");
    EXPECT_EQ(table.rows, (Table{{"a", "b"}, {"1", "2"}, {"3", "4"}}));
    EXPECT_EQ(table.lines.back(), 4);
}

TEST(Csv, CountsTheFieldsOfEveryRow) {
    EXPECT_EQ(read_all(std::string_view("a,b\n1,2\n3\n")).error,
              "line 3 has 1 fields, the header has 2");
    EXPECT_EQ(read_all(std::string_view("a,b\n1,2,3\n")).error,
              "line 2 has 3 fields, the header has 2");
}

TEST(Csv, RefusesBrokenQuotes) {
    EXPECT_EQ(read_all(std::string_view("a,b\n1,\"2\n3,4\n")).error,
              "line 2 opens a quote that is never closed");
    EXPECT_EQ(read_all(std::string_view("a,b\n1,x\"y\n")).error,
              "line 2 has a quote inside a field without quotes");
    EXPECT_EQ(read_all(std::string_view("a,b\n\"1\"x,2\n")).error,
              "line 2 has text behind a closing quote");
    const std::string endless = "a\n\"" + std::string(2 * kMaxCsvRowBytes, 'x');
    EXPECT_NE(read_all(endless).error.find("line 2 begins a row of more than"), std::string::npos);
}

TEST(Csv, ReadsMembersOfGzipOneAfterAnother) {
    const std::string both = support::gzipped("a,b\n1,") + support::gzipped("2\n3,4\n");
    EXPECT_EQ(read_all(both).rows, (Table{{"a", "b"}, {"1", "2"}, {"3", "4"}}));
}

TEST(Csv, RefusesGzipThatIsFollowedBySomethingElse) {
    EXPECT_NE(
        read_all(support::gzipped("a,b\n1,2\n") + "trash").error.find("is followed by something"),
        std::string::npos);
}

TEST(Csv, RefusesGzipWhoseChecksumOrSizeIsWrong) {
    const std::string whole = support::gzipped("a,b\n1,2\n");
    for (const std::size_t from_end : {8U, 4U}) {
        std::string damaged = whole;
        damaged[damaged.size() - from_end] ^= 1;
        EXPECT_NE(read_all(damaged).error.find("damaged: incorrect"), std::string::npos);
    }
}

RC_GTEST_PROP(Csv, ReadsBackWhatWasWritten, ()) {
    const auto width = *rc::gen::inRange<std::size_t>(1, 6);
    const auto text = rc::gen::container<std::string>(rc::gen::oneOf(
        rc::gen::element(',', '"', '\n', '\r', ' '), rc::gen::inRange<char>('a', 'f')));
    const auto rows = *rc::gen::nonEmpty(
        rc::gen::container<Table>(rc::gen::container<std::vector<std::string>>(width, text)));
    std::string csv;
    for (const auto& row : rows)
        csv += csv_line(row);
    const bool compressed = *rc::gen::arbitrary<bool>();
    const auto table = read_all(compressed ? support::gzipped(csv) : csv);
    RC_ASSERT(table.error.empty());
    RC_ASSERT(table.rows == rows);
}

RC_GTEST_PROP(Csv, LongRowsCrossTheBuffersEdge, ()) {
    // Rows of a size that does not divide the buffer's, so that each place in a row meets its edge.
    const auto length = *rc::gen::inRange<std::size_t>(1000, 3000);
    Table rows;
    for (int i = 0; i < 400; ++i) {
        rows.push_back({std::string(length, 'x') + "\"" + std::to_string(i), "\n,", ""});
    }
    std::string csv;
    for (const auto& row : rows)
        csv += csv_line(row);
    RC_ASSERT(read_all(csv).rows == rows);
}

TEST(Csv, RefusesEveryTruncationOfAGzip) {
    std::string csv = "player,points\n";
    for (int i = 0; i < 200; ++i)
        csv += "p" + std::to_string(i * 7919) + "," + std::to_string(i) + "\n";
    const std::string whole = support::gzipped(csv);
    ASSERT_EQ(read_all(whole).error, "");
    // From two bytes on it is known to be gzip.
    for (std::size_t size = 2; size < whole.size(); ++size) {
        ASSERT_NE(read_all(std::string_view(whole).substr(0, size)).error, "")
            << "cut at byte " << size;
    }
}

}  // namespace
}  // namespace tipoff::collect
