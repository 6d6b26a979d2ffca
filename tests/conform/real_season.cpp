#include "real_season.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <tuple>

#include "base/names.h"
#include "base/parse.h"
#include "collect/csv.h"
#include "collect/teams.h"
#include "hand_made.h"

namespace tipoff::conform::test {
namespace {

const std::filesystem::path kFolder = TIPOFF_SHARED_DATA;

/// One row, its fields by column name.
class CsvRow {
public:
    CsvRow(const std::map<std::string, std::size_t>& columns,
           std::span<const std::string_view> fields)
        : columns_(columns), fields_(fields) {}

    [[nodiscard]] std::string_view operator[](const std::string& name) const {
        return fields_[columns_.at(name)];
    }
    [[nodiscard]] std::int32_t number(const std::string& name) const {
        return static_cast<std::int32_t>(parse_number((*this)[name]).value());
    }
    [[nodiscard]] std::int64_t id(const std::string& name) const {
        return parse_integer((*this)[name]).value();
    }

private:
    const std::map<std::string, std::size_t>& columns_;
    std::span<const std::string_view> fields_;
};

void read_csv(const std::string& name, const std::function<void(const CsvRow&)>& visit) {
    std::ifstream file(kFolder / name, std::ios::binary);
    const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), {});
    collect::CsvReader reader(collect::open_bytes(bytes));
    std::map<std::string, std::size_t> columns;
    while (reader.next().value()) {
        if (columns.empty()) {
            for (const std::string_view field : reader.fields()) {
                const std::size_t place = columns.size();
                columns[std::string(field)] = place;
            }
            continue;
        }
        visit(CsvRow(columns, reader.fields()));
    }
}

bool is_of_season(std::string_view game_id) { return game_id.substr(3, 2) == "22"; }

std::int32_t stat(const CsvRow& row, const char* name) { return row.number(name); }

collect::PlayerBox player_box(const CsvRow& row, std::string_view source) {
    collect::PlayerBox box;
    box.source = source;
    box.game_id = game(row["GAME_ID"]);
    box.player_id = {row.id("PLAYER_ID")};
    box.game_date = day(row["GAME_DATE"]);
    box.team_id = {row.id("TEAM_ID")};
    box.player_name = row["PLAYER_NAME"];
    box.minutes = stat(row, "MIN");
    box.points = stat(row, "PTS");
    box.field_goals_made = stat(row, "FGM");
    box.field_goals_attempted = stat(row, "FGA");
    box.three_pointers_made = stat(row, "FG3M");
    box.three_pointers_attempted = stat(row, "FG3A");
    box.free_throws_made = stat(row, "FTM");
    box.free_throws_attempted = stat(row, "FTA");
    box.offensive_rebounds = stat(row, "OREB");
    box.defensive_rebounds = stat(row, "DREB");
    box.rebounds = stat(row, "REB");
    box.assists = stat(row, "AST");
    box.steals = stat(row, "STL");
    box.blocks = stat(row, "BLK");
    box.turnovers = stat(row, "TOV");
    box.personal_fouls = stat(row, "PF");
    box.known_at = morning_after(box.game_date);
    return box;
}

void read_schedule(RawFacts& facts) {
    read_csv("schedule_2015-16_2022-23.csv.gz", [&](const CsvRow& row) {
        if (!is_of_season(row["gid"])) return;
        auto game = result(row["gid"], row["etdate"], {row.id("h.tid")}, row.number("h.s"),
                           {row.id("v.tid")}, row.number("v.s"));
        game.tip_off = eastern(row["etdate"], row["ettime"]);
        game.arena = row["an"];
        game.city = row["ac"];
        facts.schedule.push_back(game);
    });
}

void read_team_boxes(RawFacts& facts) {
    read_csv("team_box_2015-16_2022-23.csv.gz", [&](const CsvRow& row) {
        if (!is_of_season(row["GAME_ID"])) return;
        collect::TeamBox box;
        box.source = "team_box";
        box.game_id = game(row["GAME_ID"]);
        box.team_id = {row.id("TEAM_ID")};
        box.game_date = day(row["GAME_DATE"]);
        box.minutes = stat(row, "MIN");
        box.points = stat(row, "PTS");
        box.field_goals_made = stat(row, "FGM");
        box.field_goals_attempted = stat(row, "FGA");
        box.three_pointers_made = stat(row, "FG3M");
        box.three_pointers_attempted = stat(row, "FG3A");
        box.free_throws_made = stat(row, "FTM");
        box.free_throws_attempted = stat(row, "FTA");
        box.offensive_rebounds = stat(row, "OREB");
        box.defensive_rebounds = stat(row, "DREB");
        box.rebounds = stat(row, "REB");
        box.assists = stat(row, "AST");
        box.steals = stat(row, "STL");
        box.blocks = stat(row, "BLK");
        box.turnovers = stat(row, "TOV");
        box.personal_fouls = stat(row, "PF");
        box.known_at = morning_after(box.game_date);
        facts.team_boxes.push_back(box);
    });
}

void read_shots(RawFacts& facts) {
    constexpr std::array<std::string_view, collect::kShotZones> kUpstreamZones{
        "Restricted Area", "In The Paint (Non-RA)", "Mid-Range", "Left Corner 3",
        "Right Corner 3",  "Above the Break 3",     "Backcourt"};
    std::map<std::pair<GameId, PlayerId>, ShotCount> counts;
    read_csv("shots_2022-23.csv.gz", [&](const CsvRow& row) {
        const GameId id = game(row["GAME_ID"]);
        const PlayerId player{row.id("PLAYER_ID")};
        ShotCount& count = counts[{id, player}];
        count.source = "shots";
        count.game_id = id;
        count.player_id = player;
        count.known_at = morning_after(day(row["GAME_DATE"]));
        const auto zone = static_cast<std::size_t>(
            std::ranges::find(kUpstreamZones, row["BASIC_ZONE"]) - kUpstreamZones.begin());
        ++count.counts.attempts.at(zone);
        if (row["SHOT_MADE"] == "TRUE") ++count.counts.makes[zone];
    });
    for (const auto& [key, count] : counts)
        facts.shots.push_back(count);
}

void read_points_lines(RawFacts& facts) {
    std::map<GameId, const collect::Schedule*> games;
    for (const auto& game : facts.schedule)
        games[game.game_id] = &game;
    read_csv("player_prop_lines_2022-23_draftkings.csv.gz", [&](const CsvRow& row) {
        if (row["market"] != "points" || row["suspect_in_play"] == "1") return;
        if (row["nba_game_id"].empty() || row["nba_player_id"].empty()) return;
        const collect::Schedule& of = *games.at(game(row["nba_game_id"]));
        auto line = points_line(of, row.id("nba_player_id"), parse_number(row["line"]).value(),
                                row["bookmaker"]);
        line.over_price = row.number("over_price");
        line.under_price = row.number("under_price");
        facts.prop_lines.push_back(line);
    });
}

void read_injuries(RawFacts& facts) {
    std::map<std::string, std::int64_t> players;
    for (const auto& box : facts.player_boxes) {
        players[fold_name(box.player_name)] = box.player_id.value;
    }
    std::int32_t ordinal = 0;
    read_csv("injury_transactions_2014-07_2023-06.csv.gz", [&](const CsvRow& row) {
        ++ordinal;
        const bool returned = row["Relinquished"].empty();
        const auto found = players.find(fold_name(row[returned ? "Acquired" : "Relinquished"]));
        const auto* team = collect::find_team(row["Team"]);
        if (found == players.end() || !team || row["Date"] < "2022-07-01") return;
        facts.injuries.push_back(injury(row["Date"], team->team_id, found->second, returned));
        facts.injuries.back().ordinal = ordinal;
    });
}

}  // namespace

std::optional<RawFacts> read_real_season() {
    if (!std::filesystem::exists(kFolder / "SOURCES.md")) return std::nullopt;
    RawFacts facts;
    read_schedule(facts);
    read_csv("player_box_2022-23.csv.gz", [&](const CsvRow& row) {
        facts.player_boxes.push_back(player_box(row, "player_box"));
    });
    read_csv("player_box_playoffs_2022-23.csv.gz", [&](const CsvRow& row) {
        facts.player_boxes.push_back(player_box(row, "player_box_playoffs"));
    });
    read_team_boxes(facts);
    read_shots(facts);
    read_points_lines(facts);
    read_injuries(facts);
    return facts;
}

}  // namespace tipoff::conform::test
