#include "collect/import/league_sort.h"

#include <algorithm>

#include "collect/import/read_file.h"

namespace tipoff::collect {
namespace {

class SortCount {
public:
    void see(GameId id) {
        if (id.value != 0) see(is_simulated(id));
    }
    void see(PlayerId id) { see(is_simulated(id)); }

    [[nodiscard]] LeagueSort result() const {
        if (real_ && simulated_) return LeagueSort::kBoth;
        if (real_) return LeagueSort::kReal;
        return simulated_ ? LeagueSort::kSimulated : LeagueSort::kNeither;
    }

private:
    void see(bool simulated) { (simulated ? simulated_ : real_) = true; }

    bool real_ = false;
    bool simulated_ = false;
};

Expected<LeagueSort> sort_of_home(store::Database& database) {
    SortCount count;
    TIPOFF_TRY(const auto games,
               database.read("SELECT min(game_id), max(game_id) FROM raw.schedule", {}));
    TIPOFF_TRY(const auto players,
               database.read("SELECT min(player_id), max(player_id) FROM raw.position", {}));
    for (const std::size_t column : {0U, 1U}) {
        if (!games.data[column].is_null(0)) {
            if (const auto id = parse_game_id(games.data[column].text(0))) count.see(*id);
        }
        if (!players.data[column].is_null(0)) {
            count.see(PlayerId{players.data[column].integer(0)});
        }
    }
    return count.result();
}

}  // namespace

LeagueSort sort_of(const StagedRecords& records) {
    SortCount count;
    for (const auto& staged : records.schedule)
        count.see(staged.row.game_id);
    for (const auto& staged : records.player_boxes) {
        count.see(staged.game.game_id);
        count.see(staged.row.player_id);
    }
    for (const auto& staged : records.team_boxes)
        count.see(staged.game.game_id);
    for (const auto& shot : records.shots)
        count.see(shot.game_id);
    for (const auto& staged : records.game_lines)
        count.see(staged.game.game_id);
    for (const auto& staged : records.prop_lines)
        count.see(staged.game.game_id);
    for (const auto& staged : records.positions)
        count.see(staged.row.player_id);
    return count.result();
}

Status drop_other_sort(store::Database& database, std::vector<StagedFile>& files) {
    std::vector<LeagueSort> sorts;
    sorts.reserve(files.size());
    for (const StagedFile& file : files)
        sorts.push_back(sort_of(file.records));
    TIPOFF_TRY(LeagueSort home, sort_of_home(database));
    const bool any_real = std::ranges::find(sorts, LeagueSort::kReal) != sorts.end();
    if (home == LeagueSort::kNeither) {
        home = any_real ? LeagueSort::kReal : LeagueSort::kSimulated;
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (sorts[i] == LeagueSort::kBoth) {
            drop_file(files[i], "it mixes real games or players with simulated ones");
        } else if (sorts[i] == LeagueSort::kSimulated && home == LeagueSort::kReal) {
            drop_file(files[i], "it is of a simulated league, and this home holds real data");
        } else if (sorts[i] == LeagueSort::kReal && home == LeagueSort::kSimulated) {
            drop_file(files[i], "it is real data, and this home holds a simulated league");
        }
    }
    return {};
}

}  // namespace tipoff::collect
