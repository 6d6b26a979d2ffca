#pragma once
/// Records between a file and the database: read, not yet looked up.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "collect/import/rejection.h"
#include "collect/raw_tables.h"

namespace tipoff::collect {

struct Kind;

/// The line of a file that states something.
struct Origin {
    std::uint32_t file = 0;  ///< in the order of the staged files
    std::uint32_t line = 0;
};

/// The game that a record speaks of, as it says itself; the schedule decides.
struct GameReference {
    GameId game_id{};  ///< 0: by date and teams
    GameDate date{};
    TeamId home;
    TeamId away;
    std::optional<SeasonType> season_type;
    std::optional<std::int32_t> total_points;  ///< a final score that must be the schedule's
    std::optional<std::int32_t> home_margin;
};

/// A raw row whose source, known_at, basis and document are still to be filled in, and its game.
template <class Row>
struct Staged {
    Row row;
    GameReference game;
    std::uint32_t line = 0;
};

struct StagedGameLine : Staged<GameLine> {
    bool has_clock = false;  ///< `row.snapshot` is the source's own
};

struct StagedPropLine : Staged<PropLine> {
    bool has_clock = false;
    bool has_player = false;  ///< `row.player_id` is the source's own
    std::string player;       ///< as written
};

/// A shot in forty bytes: there are a million of them. Teams are places in `teams()`.
struct StagedShot {
    GameId game_id;
    std::int32_t player = 0;
    std::int32_t event = 0;  ///< 0 where the source has none
    std::int32_t date = 0;   ///< days since 1970
    std::uint32_t line = 0;
    std::int32_t x = 0;  ///< as the file has it while it is read, then tenths of feet from the hoop
    std::int32_t y = 0;
    std::int16_t seconds_left = 0;
    std::int16_t distance = 0;  ///< feet
    std::uint8_t home = 0;
    std::uint8_t away = 0;
    std::uint8_t team = 0;
    std::uint8_t period = 0;
    std::uint8_t zone = 0;
    bool made = false;
    bool three = false;
};

struct StagedInjury {
    InjuryTransaction row;
    std::uint32_t line = 0;
};

struct StagedPosition {
    Position row;
    std::uint32_t line = 0;
};

struct StagedRecords {
    std::vector<Staged<Schedule>> schedule;
    std::vector<Staged<PlayerBox>> player_boxes;
    std::vector<Staged<TeamBox>> team_boxes;
    std::vector<StagedShot> shots;
    std::vector<StagedGameLine> game_lines;
    std::vector<StagedPropLine> prop_lines;
    std::vector<StagedInjury> injuries;
    std::vector<StagedPosition> positions;
};

/// Calls `visit` with each of the vectors; every record in them has its `line`.
template <class Visit>
void for_each_sort(StagedRecords& records, Visit visit) {
    visit(records.schedule);
    visit(records.player_boxes);
    visit(records.team_boxes);
    visit(records.shots);
    visit(records.game_lines);
    visit(records.prop_lines);
    visit(records.injuries);
    visit(records.positions);
}

/// One file, read.
struct StagedFile {
    std::string file_name;  ///< without its folder
    std::string content_hash;
    std::int64_t size_bytes = 0;
    const Kind* kind = nullptr;  ///< nothing when none fits
    std::string drop_reason;     ///< not empty: the whole file is left out
    std::int64_t rows_read = 0;
    std::int64_t duplicates = 0;
    std::int64_t unresolved_names = 0;  ///< kept without the player: another import may find him
    StagedRecords records;
    RejectionLog rejections;
    /// By physical line: 1 when a record of it was kept (or is a duplicate of one that was).
    std::vector<std::uint8_t> kept_lines;

    void mark_kept(std::uint32_t line) {
        if (line >= kept_lines.size()) kept_lines.resize(std::size_t{line} + 1);
        kept_lines[line] = 1;
    }
    [[nodiscard]] std::int64_t rows_kept() const {
        std::int64_t count = 0;
        for (const std::uint8_t kept : kept_lines)
            count += kept;
        return count;
    }

    /// Leaves the whole file out; the rejections so far stay, as the explanation.
    void drop(std::string reason) {
        drop_reason = std::move(reason);
        records = {};
        kept_lines.clear();
        duplicates = 0;
        unresolved_names = 0;
    }
};

}  // namespace tipoff::collect
