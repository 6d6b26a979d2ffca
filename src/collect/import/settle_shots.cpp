#include "collect/import/settle_shots.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <unordered_map>

#include "collect/import/kind.h"
#include "collect/import/schedule_index.h"

namespace tipoff::collect {
namespace {

/// What a shot states, without where it was read; shots of one game are told apart and ordered by
/// it.
auto content_of(const StagedShot& shot) {
    return std::tuple(shot.event, shot.period, -shot.seconds_left, shot.team, shot.player, shot.x,
                      shot.y, shot.zone, shot.distance, shot.three, shot.made);
}

bool same_content(const ShotFact& a, const ShotFact& b) {
    return content_of(a.shot) == content_of(b.shot);
}

/// One file's shots of a game.
using Run = std::span<ShotFact>;

std::string_view source_of(const ShotFact& fact, const std::vector<StagedFile>& files) {
    return files[fact.file].kind->name;
}

void sort_by_game(std::vector<ShotFact>& shots, const std::vector<StagedFile>& files) {
    std::ranges::sort(shots, [&](const ShotFact& a, const ShotFact& b) {
        const auto place = [&](const ShotFact& fact) {
            return std::tuple(fact.shot.game_id, source_of(fact, files), fact.file);
        };
        const auto place_a = place(a);
        const auto place_b = place(b);
        if (place_a != place_b) return place_a < place_b;
        const auto content_a = content_of(a.shot);
        const auto content_b = content_of(b.shot);
        return content_a != content_b ? content_a < content_b : a.shot.line < b.shot.line;
    });
}

Rejection refusal(const ShotFact& fact, std::string_view rule, std::string detail) {
    return {.line = fact.shot.line,
            .column = "game_id",
            .rule = std::string(rule),
            .detail = std::move(detail),
            .value = to_string(fact.shot.game_id),
            .rejection_class = RejectionClass::kContradiction};
}

/// What the database has of a game: its newest revision, and the revision of each document.
struct StoredGame {
    std::int32_t newest = 0;
    std::map<std::int32_t, std::vector<StagedShot>> revisions;
    std::map<std::string, std::int32_t, std::less<>> of_document;
};
using StoredGames = std::map<std::pair<std::string, GameId>, StoredGame>;

StagedShot from_row(const Shot& row) {
    StagedShot shot{};
    const auto place_of = [](TeamId id) {
        return static_cast<std::uint8_t>(find_team(id) - teams().data());
    };
    shot.game_id = row.game_id;
    shot.event = row.event;
    shot.player = static_cast<std::int32_t>(row.player_id.value);
    shot.team = place_of(row.team_id);
    shot.period = static_cast<std::uint8_t>(row.period);
    shot.seconds_left = row.seconds_left;
    shot.zone = static_cast<std::uint8_t>(row.zone);
    shot.made = row.made;
    shot.three = row.three_pointer;
    shot.x = static_cast<std::int32_t>(std::lround(row.x_feet * 10));
    shot.y = static_cast<std::int32_t>(std::lround(row.y_feet * 10));
    shot.distance = row.distance_feet;
    return shot;
}

/// The stored shots of some days. Called for a month at a time, so that memory stays flat.
Expected<StoredGames> read_games(store::Database& database, GameDate first, GameDate last) {
    TIPOFF_TRY(
        const auto rows,
        store::read_rows(database, kShot, "WHERE game_date BETWEEN $1 AND $2", {first, last}));
    StoredGames games;
    for (const Shot& row : rows) {
        StoredGame& game = games[{row.source, row.game_id}];
        game.newest = std::max(game.newest, row.revision);
        game.revisions[row.revision].push_back(from_row(row));
        game.of_document.emplace(row.document_hash, row.revision);
    }
    for (auto& [key, game] : games) {
        for (auto& [revision, shots] : game.revisions)
            std::ranges::sort(shots, {}, content_of);
    }
    return games;
}

class ShotSettlement {
public:
    ShotSettlement(store::Database& database, std::vector<StagedFile>& files,
                   std::vector<ShotFact>& shots)
        : database_(database), files_(files), shots_(shots) {}

    Status run() {
        sort_by_game(shots_, files_);
        TIPOFF_TRY(const auto stored, database_.read("SELECT 1 FROM raw.shot LIMIT 1", {}));
        compare_with_stored_ = stored.rows() > 0;
        for (std::size_t begin = 0; begin < shots_.size();) {
            std::size_t end = begin + 1;
            while (end < shots_.size() && is_same_game(shots_[begin], shots_[end]))
                ++end;
            TIPOFF_CHECK(settle_game(std::span(shots_).subspan(begin, end - begin)));
            begin = end;
        }
        std::erase_if(shots_, [](const ShotFact& fact) { return fact.revision == kLeftOut; });
        return {};
    }

private:
    static constexpr std::int32_t kLeftOut = -1;

    bool is_same_game(const ShotFact& a, const ShotFact& b) const {
        return a.shot.game_id == b.shot.game_id && source_of(a, files_) == source_of(b, files_);
    }

    static void leave_out(Run run) {
        for (ShotFact& fact : run)
            fact.revision = kLeftOut;
    }

    void mark_kept(Run run) {
        for (const ShotFact& fact : run)
            files_[fact.file].mark_kept(fact.shot.line);
    }

    void refuse(Run run, std::string_view rule, const std::string& detail) {
        for (const ShotFact& fact : run) {
            files_[fact.file].rejections.add(refusal(fact, rule, detail));
        }
        leave_out(run);
    }

    /// All files' shots of one game.
    Status settle_game(Run game) {
        std::vector<Run> runs;
        for (std::size_t begin = 0; begin < game.size();) {
            std::size_t end = begin + 1;
            while (end < game.size() && game[end].file == game[begin].file)
                ++end;
            const Run run = number_events(game.subspan(begin, end - begin));
            if (!run.empty()) runs.push_back(run);
            begin = end;
        }
        if (runs.empty()) return {};
        for (const Run run : runs) {
            if (std::ranges::equal(run, runs.front(), same_content)) continue;
            refuse_disagreeing(runs, run);
            return {};
        }
        for (std::size_t i = 1; i < runs.size(); ++i) {
            mark_kept(runs[i]);
            files_[runs[i].front().file].duplicates += static_cast<std::int64_t>(runs[i].size());
            leave_out(runs[i]);
        }
        mark_kept(runs.front());
        if (compare_with_stored_) return settle_against_stored(runs.front());
        return {};
    }

    void refuse_disagreeing(const std::vector<Run>& runs, Run other) {
        for (const Run run : runs) {
            const Run against = run.data() == other.data() ? runs.front() : other;
            refuse(run, "disagrees with another file",
                   fmt::format("{} has {} shots of this game, here {}, not all the same",
                               files_[against.front().file].file_name, against.size(), run.size()));
        }
    }

    /// Gives each shot its event. With ids of the source, a repeated shot is dropped and an id with
    /// two shots refuses the game.
    Run number_events(Run run) {
        if (run.front().shot.event == 0) {
            std::int32_t event = 0;
            for (ShotFact& fact : run)
                fact.shot.event = ++event;
            return run;
        }
        std::size_t kept = 1;
        for (std::size_t i = 1; i < run.size(); ++i) {
            if (run[i].shot.event != run[kept - 1].shot.event) {
                std::swap(run[kept++], run[i]);
            } else if (same_content(run[i], run[kept - 1])) {
                StagedFile& file = files_[run[i].file];
                file.mark_kept(run[i].shot.line);
                ++file.duplicates;
            } else {
                refuse(run, "two shots of this game have one event id",
                       fmt::format("event {}", run[i].shot.event));
                return {};
            }
        }
        leave_out(run.subspan(kept));
        return run.first(kept);
    }

    Status settle_against_stored(Run run) {
        const GameDate date{std::chrono::sys_days{std::chrono::days{run.front().shot.date}}};
        if (date < stored_from_ || date > stored_to_) {
            const std::chrono::year_month_day ymd{date.day};
            const auto month = ymd.year() / ymd.month();
            stored_from_ = {std::chrono::sys_days{month / 1}};
            stored_to_ = {std::chrono::sys_days{month / std::chrono::last}};
            TIPOFF_TRY(stored_, read_games(database_, stored_from_, stored_to_));
        }
        const auto found =
            stored_.find({std::string(source_of(run.front(), files_)), run.front().shot.game_id});
        if (found == stored_.end()) return {};
        const StoredGame& game = found->second;
        const auto same = [&](std::int32_t revision) {
            const auto& shots = game.revisions.at(revision);
            return std::ranges::equal(
                run, shots, {}, [](const ShotFact& f) { return content_of(f.shot); }, content_of);
        };
        const auto own = game.of_document.find(files_[run.front().file].content_hash);
        const bool is_own = own != game.of_document.end();
        if (same(is_own ? own->second : game.newest)) {
            leave_out(run);
            return {};
        }
        // Our own reading of a document that we have read before is no news of the source's.
        for (ShotFact& fact : run) {
            fact.revision = game.newest + 1;
            fact.observed = !is_own;
        }
        return {};
    }

    store::Database& database_;
    std::vector<StagedFile>& files_;
    std::vector<ShotFact>& shots_;
    bool compare_with_stored_ = false;
    GameDate stored_from_{std::chrono::sys_days{std::chrono::days{1}}};
    GameDate stored_to_{};
    StoredGames stored_;
};

GameDate date_of(const ShotFact& fact) {
    return {std::chrono::sys_days{std::chrono::days{fact.shot.date}}};
}

/// `assumed` is when shots of its date became known unless they were observed later.
Shot row_of(const ShotFact& fact, const std::vector<StagedFile>& files, Instant assumed,
            Instant now) {
    const StagedShot& shot = fact.shot;
    return {.source = std::string(source_of(fact, files)),
            .game_id = shot.game_id,
            .event = shot.event,
            .revision = fact.revision,
            .game_date = date_of(fact),
            .team_id = teams()[shot.team].team_id,
            .player_id = {shot.player},
            .period = shot.period,
            .seconds_left = shot.seconds_left,
            .zone = shot.zone,
            .made = shot.made,
            .three_pointer = shot.three,
            .x_feet = shot.x / 10.0,
            .y_feet = shot.y / 10.0,
            .distance_feet = shot.distance,
            .known_at = {fact.observed ? std::max(assumed, now) : assumed},
            .known_at_basis = std::string(fact.observed ? kBasisObserved : kBasisAssumed),
            .document_hash = files[fact.file].content_hash};
}

}  // namespace

Status settle_shots(store::Database& database, std::vector<StagedFile>& files,
                    std::vector<ShotFact>& shots) {
    return ShotSettlement(database, files, shots).run();
}

store::Batch shot_batch(const std::vector<ShotFact>& shots, const std::vector<StagedFile>& files,
                        Instant now) {
    const auto slice = [&shots, &files, now](std::size_t first, std::size_t count,
                                             store::Batch::Part part) {
        std::vector<Shot> rows;
        rows.reserve(count);
        GameDate date{};
        Instant assumed{};
        for (const ShotFact& fact : std::span(shots).subspan(first, count)) {
            if (rows.empty() || date_of(fact) != date) {
                date = date_of(fact);
                assumed = morning_after(date).at;
            }
            rows.push_back(row_of(fact, files, assumed, now));
        }
        return kShot.to_columns(rows, part);
    };
    return {&kShot.spec(), shots.size(), slice};
}

}  // namespace tipoff::collect
