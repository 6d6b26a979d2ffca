#include "collect/import_home.h"

#include <fmt/core.h>

#include <algorithm>
#include <stdexcept>

#include "base/hash.h"
#include "support/database.h"
#include "support/expected.h"

namespace tipoff::collect::test {
namespace {

using support::value_of;

std::string box_row(int player_id, std::string_view name, int points, std::string_view team_id,
                    std::string_view tricode, std::string_view matchup) {
    const int made = points / 2;
    const int free_throws = points % 2;
    return fmt::format(
        "22022,{},{},{},{},Team,0022200001,2022-10-18,{},W,30,{},{},{},0.5,0,2,0.0,{},2,0.5,1,4,5,"
        "3,1,0,2,3,8,"
        "2022-23",
        player_id, name, team_id, tricode, matchup, points, made, made + 5, free_throws);
}

}  // namespace

ImportHome::ImportHome()
    : clock_(*parse_instant("2023-07-01T12:00:00Z")),
      database_(support::open_with_tables(folder_ / "tipoff.duckdb", raw_tables())) {}

ImportReport ImportHome::import(const Files& files, int threads) {
    const auto folder = folder_ / fmt::format("files-{}", imports_++);
    std::filesystem::create_directories(folder);
    for (const auto& [name, text] : files) {
        support::write_file(folder / name, name.ends_with(".gz") ? support::gzipped(text) : text);
    }
    return import_paths({folder}, threads);
}

ImportReport ImportHome::import_paths(const std::vector<std::filesystem::path>& paths,
                                      int threads) {
    ImportOptions options;
    options.home = folder_.path();
    options.paths = paths;
    options.threads = threads;
    auto staged = value_of(stage_import(*database_, clock_, options));
    const auto transaction = value_of(database_->begin());
    auto report = value_of(write_import(std::move(staged), *transaction, clock_));
    value_of(transaction->commit());
    return report;
}

std::string ImportHome::digest() {
    return to_string(value_of(store::digest(*database_, raw_tables())));
}

std::string ImportHome::digest_of_facts() {
    auto tables = raw_tables();
    std::erase(tables, &kRejectedRow.spec());
    return to_string(value_of(store::digest(*database_, tables)));
}

const FileReport& file_named(const ImportReport& report, std::string_view name) {
    const auto found = std::ranges::find_if(
        report.files, [&](const FileReport& file) { return file.path.filename() == name; });
    if (found == report.files.end()) throw std::runtime_error("no such file in the report");
    return *found;
}

std::string first_rejection(const FileReport& file) {
    for (const RejectedLine& rejected : file.examples) {
        if (rejected.line > 0) return rejected.column + ": " + rejected.reason;
    }
    return {};
}

std::string csv(std::string_view header, const std::vector<std::string>& rows) {
    std::string text(header);
    text += '\n';
    for (const auto& row : rows)
        text += row + "\n";
    return text;
}

std::string schedule() {
    return csv(
        kScheduleHeader,
        {"0022200001,20221018/PHIBOS,2022-10-18,19:30:00,,TD Garden,Boston,3,Final,1610612738,"
         "1610612755,BOS,PHI,126.0,117.0,22-23",
         "0022200002,20221018/LALGSW,2022-10-18,22:00:00,,Chase Center,San Francisco,3,Final,"
         "1610612744,1610612747,GSW,LAL,123.0,109.0,22-23"});
}

std::string schedule_before_first_game() {
    return csv(
        kScheduleHeader,
        {"0022200001,20221018/PHIBOS,2022-10-18,19:30:00,,TD Garden,Boston,1,7:30 pm ET,"
         "1610612738,1610612755,BOS,PHI,,,22-23",
         "0022200002,20221018/LALGSW,2022-10-18,22:00:00,,Chase Center,San Francisco,3,Final,"
         "1610612744,1610612747,GSW,LAL,123.0,109.0,22-23"});
}

std::string boston_row(int player_id, std::string_view name, int points) {
    return box_row(player_id, name, points, "1610612738", "BOS", "BOS vs. PHI");
}

std::string philadelphia_row(int player_id, std::string_view name, int points) {
    return box_row(player_id, name, points, "1610612755", "PHI", "PHI @ BOS");
}

std::string player_box() {
    return csv(kPlayerBoxHeader,
               {boston_row(1628369, "Jayson Tatum", 35), boston_row(1627759, "Jaylen Brown", 34),
                boston_row(201143, "Al Horford", 6), boston_row(1628401, "Derrick White", 2)});
}

}  // namespace tipoff::collect::test
