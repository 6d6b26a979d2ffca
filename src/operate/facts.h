#pragma once
/// All facts of a home, read once: raw rows, the summaries made of them, the timeline that the fold
/// walks, and a fingerprint of what was stated of each day.

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "base/calendar.h"
#include "base/error.h"
#include "base/hash.h"
#include "conform/raw_facts.h"
#include "conform/summaries.h"
#include "features/timeline.h"
#include "store/database.h"

namespace tipoff::operate {

/// Whether notes by hand are among the facts.
enum class NotesByHand : std::uint8_t { kTaken, kLeftOut };

class Facts {
public:
    /// Reads and conforms. Fails as the database does; a home without a schedule is `kNotFound`.
    static Expected<std::unique_ptr<Facts>> load(store::Database& database,
                                                 NotesByHand notes = NotesByHand::kTaken);

    /// Whether nothing has been stated since these facts were read. Quick: it asks the ledger, for
    /// whatever states facts is a run. Facts made of rows in memory are never current.
    [[nodiscard]] Expected<bool> are_current(store::Database& database) const;

    /// From raw rows that are already in memory.
    explicit Facts(conform::RawFacts raw);

    /// Schedule, lines, transactions, positions and names; box scores and shots are in the
    /// summaries.
    [[nodiscard]] const conform::RawFacts& raw() const { return raw_; }
    [[nodiscard]] const conform::Summaries& summaries() const { return summaries_; }
    [[nodiscard]] const features::Timeline& timeline() const { return *timeline_; }

    /// A fingerprint of every fact about days up to and including `date`: results, lines,
    /// transactions, positions. Two homes that agree so far agree in it, whatever they say of later
    /// days.
    [[nodiscard]] Fingerprint known_through(GameDate date) const;

    /// Whether any of these facts became known from `from` on and before `to`, so that a look from
    /// `to` may see what one from `from` did not.
    [[nodiscard]] bool any_known_between(AsOf from, AsOf to) const;

    /// The seasons with a game from `from` to `to`, each with its first and last game date in that
    /// range, oldest first.
    struct SeasonDates {
        Season season;
        GameDate from;
        GameDate to;
    };
    [[nodiscard]] std::vector<SeasonDates> seasons_between(GameDate from, GameDate to) const;

    /// Every fact is of a simulated league.
    [[nodiscard]] bool is_simulated_league() const;

private:
    void chain_days();

    conform::RawFacts raw_;
    conform::Summaries summaries_;
    std::unique_ptr<features::Timeline> timeline_;
    std::map<GameDate, Fingerprint> chain_;  ///< up to and including the day
    /// The ledger's newest change of a stated table before the facts were read.
    std::optional<std::int64_t> newest_change_;
};

}  // namespace tipoff::operate
