#pragma once
/// A home to import into, and small hand-made files: two games of October 2022.
///
///     0022200001  2022-10-18 19:30 ET  PHI @ BOS  117-126
///     0022200002  2022-10-18 22:00 ET  LAL @ GSW  109-123

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "collect/import.h"
#include "collect/raw_tables.h"
#include "store/database.h"
#include "support/files.h"

namespace tipoff::collect::test {

/// File names and what they hold; a name in .gz is compressed.
using Files = std::map<std::string, std::string>;

class ImportHome {
public:
    ImportHome();

    /// Imports files with these contents, in one call and one transaction.
    ImportReport import(const Files& files, int threads = 1);

    /// Imports what lies there already.
    ImportReport import_paths(const std::vector<std::filesystem::path>& paths, int threads = 1);

    [[nodiscard]] store::Database& database() { return *database_; }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
    [[nodiscard]] ManualClock& clock() { return clock_; }

    /// Of all raw and reference tables.
    [[nodiscard]] std::string digest();
    /// The same without raw.rejected_row, whose reasons name files.
    [[nodiscard]] std::string digest_of_facts();

    template <class Row>
    [[nodiscard]] std::vector<Row> rows(const store::Table<Row>& table,
                                        std::string_view tail = "ORDER BY ALL") {
        return rows_or_throw(store::read_rows(*database_, table, tail));
    }

private:
    template <class Row>
    static std::vector<Row> rows_or_throw(Expected<std::vector<Row>> rows) {
        if (!rows) throw std::runtime_error(rows.error().message());
        return *std::move(rows);
    }

    support::TempFolder folder_;
    ManualClock clock_;
    std::unique_ptr<store::Database> database_;
    int imports_ = 0;
};

/// The report of the file with this name.
[[nodiscard]] const FileReport& file_named(const ImportReport& report, std::string_view name);

/// "column: reason" of its first rejected row; empty when there is none.
[[nodiscard]] std::string first_rejection(const FileReport& file);

/// A header and rows to one text.
[[nodiscard]] std::string csv(std::string_view header, const std::vector<std::string>& rows);

inline constexpr std::string_view kScheduleHeader =
    "gid,gcode,etdate,ettime,seri,an,ac,st,stt,h.tid,v.tid,h.ta,v.ta,h.s,v.s,seas";
inline constexpr std::string_view kPlayerBoxHeader =
    "SEASON_ID,PLAYER_ID,PLAYER_NAME,TEAM_ID,TEAM_ABBREVIATION,TEAM_NAME,GAME_ID,GAME_DATE,MATCHUP,"
    "WL,MIN,PTS,FGM,"
    "FGA,FG_PCT,FG3M,FG3A,FG3_PCT,FTM,FTA,FT_PCT,OREB,DREB,REB,AST,STL,BLK,TOV,PF,PLUS_MINUS,"
    "SEASON_LABEL";
inline constexpr std::string_view kGameLinesHeader =
    "season,Date,game_date,Home,Away,home,away,OU,Spread,ML_Home,ML_Away,Points,Win_Margin,Days_"
    "Rest_Home,"
    "Days_Rest_Away,nba_game_id,home_away_swapped";
inline constexpr std::string_view kPropLinesHeader =
    "source,game_date,commence_time,away,home,player,market,bookmaker,line,over_price,under_price,"
    "captured_at,"
    "nba_game_id,nba_player_id,suspect_in_play";
inline constexpr std::string_view kInjuryHeader = "Date,Team,Acquired,Relinquished,Notes";

/// Both games, played.
[[nodiscard]] std::string schedule();
/// The first game before it is played, and the second as it was.
[[nodiscard]] std::string schedule_before_first_game();

/// A row of PHI @ BOS: with the points given, in two-pointers and one free throw at most.
[[nodiscard]] std::string boston_row(int player_id, std::string_view name, int points);
[[nodiscard]] std::string philadelphia_row(int player_id, std::string_view name, int points);

/// Four players of the first game: Tatum 35, Brown 34, Horford 6, White 2.
[[nodiscard]] std::string player_box();

}  // namespace tipoff::collect::test
