#pragma once
/// An open home with its ledger, the facts of a small league and a warm engine.

#include <memory>
#include <string>

#include "base/clock.h"
#include "collect/raw_tables.h"
#include "ledger/ledger.h"
#include "operate/backfill.h"
#include "operate/catalogue.h"
#include "operate/facts.h"
#include "store/home.h"
#include "support/database.h"
#include "support/engines.h"
#include "support/expected.h"
#include "support/mini_league.h"

namespace tipoff::operate {

using support::value_of;

inline const Instant kNow = value_of(parse_instant("2024-07-01T12:00:00Z"));

inline conform::RawFacts league() { return test::mini_league({.seed = 11}); }

/// The whole of both seasons, with days without games around them.
inline store::DateScope all_dates() {
    return {value_of(parse_date("2021-10-01")), value_of(parse_date("2023-06-30"))};
}

struct Engine {
    ManualClock clock;
    std::unique_ptr<store::Home> home;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<Facts> facts;
    std::unique_ptr<Backfill> backfill;

    explicit Engine(const support::HomePlace& place, conform::RawFacts raw = league(),
                    Instant now = kNow)
        : clock(now) {
        home = value_of(store::open_home(place.path(), catalogue(),
                                         {.access = store::Access::kReadWrite,
                                          .wait = std::chrono::milliseconds{0},
                                          .command = "backfill",
                                          .database_url = place.database_url(),
                                          .engine = {}},
                                         clock));
        ledger = std::make_unique<ledger::Ledger>(home->database(), clock);
        value_of(ledger->abandon_expired(true));
        facts = std::make_unique<Facts>(std::move(raw));
        backfill = std::make_unique<Backfill>(home->database(), *ledger, clock, *facts);
    }

    BackfillReport run(const store::DateScope& dates, std::size_t threads = 1,
                       const BackfillProgress& progress = {}) {
        return value_of(backfill->run({.dates = dates, .threads = threads}, progress));
    }
    /// Writes the league's games and box scores, which are given to the engine in memory, for
    /// whoever reads what sources stated.
    void write_box_scores() {
        const conform::RawFacts stated = league();
        support::merge_rows(home->database(), collect::kSchedule, stated.schedule);
        support::merge_rows(home->database(), collect::kPlayerBox, stated.player_boxes);
    }
    [[nodiscard]] std::string digest() {
        return to_string(value_of(store::digest(home->database(), derived_tables())));
    }
    [[nodiscard]] std::int64_t count(const std::string& sql) {
        return value_of(home->database().read("SELECT CAST((" + sql + ") AS BIGINT)", {}))
            .data[0]
            .integer(0);
    }
};

}  // namespace tipoff::operate
