#pragma once
/// A home with a small import: PHI @ BOS of 18 October 2022, two players of Boston, and an injury
/// of one who is written otherwise.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "collect/raw_tables.h"
#include "ledger/ledger.h"
#include "operate/catalogue.h"
#include "operate/importing.h"
#include "store/home.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::operate::test {

inline constexpr TeamId kBoston{1610612738};
inline constexpr PlayerId kTatum{1628369};

class CollectedHome {
public:
    CollectedHome() {
        home_ = support::value_of(store::open_home(folder_.path(), catalogue(),
                                                   {.access = store::Access::kReadWrite,
                                                    .wait = std::chrono::milliseconds{0},
                                                    .command = "test",
                                                    .engine = {}},
                                                   clock_));
        ledger_ = std::make_unique<ledger::Ledger>(home_->database(), clock_);
    }

    /// Imports the three files, each as named.
    void import_files() {
        support::write_file(
            files_ / "schedule.csv",
            "gid,gcode,etdate,ettime,seri,an,ac,st,stt,h.tid,v.tid,h.ta,v.ta,h.s,v.s,seas\n"
            "0022200001,20221018/PHIBOS,2022-10-18,19:30:00,,TD Garden,Boston,3,Final,1610612738,"
            "1610612755,BOS,PHI,126.0,117.0,22-23\n");
        support::write_file(
            files_ / "boxes.csv",
            "SEASON_ID,PLAYER_ID,PLAYER_NAME,TEAM_ID,TEAM_ABBREVIATION,TEAM_NAME,GAME_ID,GAME_DATE,"
            "MATCHUP,WL,MIN,PTS,FGM,FGA,FG_PCT,FG3M,FG3A,FG3_PCT,FTM,FTA,FT_PCT,OREB,DREB,REB,AST,"
            "STL,BLK,TOV,PF,PLUS_MINUS,SEASON_LABEL\n" +
                box_row(kTatum.value, "Jayson Tatum") + box_row(1627759, "Jaylen Brown"));
        support::write_file(files_ / "injuries.csv",
                            "Date,Team,Acquired,Relinquished,Notes\n"
                            "2022-10-20,Celtics,,Big Deuce,placed on IL with a sore knee\n");
        collect::ImportOptions options;
        options.home = folder_.path();
        options.paths = {files_.path()};
        options.threads = 1;
        support::value_of(run_import(database(), ledger(), clock_, options));
    }

    template <class Row>
    [[nodiscard]] std::vector<Row> rows(const store::Table<Row>& table,
                                        std::string_view tail = "ORDER BY ALL") {
        return support::value_of(store::read_rows(database(), table, tail));
    }
    /// Of `raw` and `ref`.
    [[nodiscard]] std::string digest() {
        return to_string(support::value_of(store::digest(database(), collect::raw_tables())));
    }

    [[nodiscard]] store::Database& database() { return home_->database(); }
    [[nodiscard]] ledger::Ledger& ledger() { return *ledger_; }
    [[nodiscard]] ManualClock& clock() { return clock_; }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

private:
    static std::string box_row(std::int64_t id, std::string_view name) {
        return "22022," + std::to_string(id) + "," + std::string(name) +
               ",1610612738,BOS,Team,0022200001,2022-10-18,BOS vs. PHI,W,30,20,10,15,0.5,0,2,0.0,0,"
               "2,0.5,1,4,5,3,1,0,2,3,8,2022-23\n";
    }

    support::TempFolder folder_;
    support::TempFolder files_;
    ManualClock clock_{support::value_of(parse_instant("2022-11-01T12:00:00Z"))};
    std::unique_ptr<store::Home> home_;
    std::unique_ptr<ledger::Ledger> ledger_;
};

}  // namespace tipoff::operate::test
