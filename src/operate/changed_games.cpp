#include "operate/changed_games.h"

#include <map>
#include <string_view>
#include <tuple>

namespace tipoff::operate {
namespace {

using forecast::Pick;
using forecast::Prediction;

/// The rows of each game and market with the newest as-of there is.
constexpr std::string_view kNewestLive =
    "WHERE game_date BETWEEN $1 AND $2 AND origin = 'live' AND as_of = (SELECT max(o.as_of) FROM "
    "predictions.player_prop_prediction o WHERE o.game_id = {0}.game_id AND o.market = {0}.market "
    "AND o.origin = 'live' AND o.game_date BETWEEN $1 AND $2)";

std::string newest_live(std::string_view table) {
    std::string where(kNewestLive);
    for (auto at = where.find("{0}"); at != std::string::npos; at = where.find("{0}"))
        where.replace(at, 3, table);
    return where;
}

using GameMarket = std::pair<GameId, std::string>;

/// Adds up the fingerprints of rows by game and market, the instant left out.
template <class Row>
void add_prints(const store::Table<Row>& table, std::vector<Row> rows,
                std::map<GameMarket, Fingerprint>& prints) {
    for (Row& row : rows)
        row.as_of = {};
    const auto of_rows = store::row_fingerprints(table.spec(), table.to_columns(rows));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Fingerprint& sum = prints[{rows[i].game_id, rows[i].market}];
        sum.high += of_rows[i].high;
        sum.low += of_rows[i].low;
    }
}

using ForecastKey = std::tuple<GameId, PlayerId, std::string_view, std::string_view>;

template <class Row>
ForecastKey key_of(const Row& row) {
    return {row.game_id, row.player_id, row.market, row.system_id};
}

using PickKey = std::tuple<GameId, PlayerId, std::string_view, std::string_view, std::string_view>;

PickKey pick_key_of(const Pick& pick) {
    return {pick.game_id, pick.player_id, pick.market, pick.system_id, pick.book};
}

/// How many recommendations on the books' main lines are other ones, by forecast.
std::map<ForecastKey, int> flipped_picks(const std::vector<Pick>& before,
                                         const std::vector<Pick>& after) {
    std::map<PickKey, const Pick*> stood;
    for (const Pick& pick : before) {
        if (pick.is_main_line) stood[pick_key_of(pick)] = &pick;
    }
    std::map<ForecastKey, int> flipped;
    for (const Pick& pick : after) {
        const auto found = pick.is_main_line ? stood.find(pick_key_of(pick)) : stood.end();
        if (found != stood.end() && found->second->recommendation != pick.recommendation)
            ++flipped[key_of(pick)];
    }
    return flipped;
}

Status name_players(store::Database& database, std::vector<MovedForecast>& moved) {
    if (moved.empty()) return {};
    TIPOFF_TRY(const store::Columns rows,
               database.read("SELECT player_id, player_name FROM ref.player", {}));
    std::map<PlayerId, std::string_view> names;
    for (std::size_t i = 0; i < rows.rows(); ++i)
        names[PlayerId{rows.data[0].integer(i)}] = rows.data[1].text(i);
    for (MovedForecast& one : moved)
        one.player_name = names[one.after.player_id];
    return {};
}

}  // namespace

Expected<LiveChanges> live_changes(store::Database& database, const store::DateScope& dates,
                                   const std::vector<Prediction>& predictions,
                                   const std::vector<Pick>& picks) {
    TIPOFF_TRY(const auto stored,
               store::read_rows(database, forecast::kPrediction,
                                newest_live("player_prop_prediction"), {dates.from, dates.to}));
    TIPOFF_TRY(
        const auto stored_picks,
        store::read_rows(database, forecast::kPick, newest_live("pick"), {dates.from, dates.to}));
    std::map<GameMarket, Fingerprint> before;
    add_prints(forecast::kPrediction, stored, before);
    add_prints(forecast::kPick, stored_picks, before);
    std::map<GameMarket, Fingerprint> after;
    add_prints(forecast::kPrediction, predictions, after);
    add_prints(forecast::kPick, picks, after);

    LiveChanges changes;
    for (const auto& [game, print] : after) {
        const auto found = before.find(game);
        if (found != before.end() && found->second == print) {
            ++changes.unchanged;
        } else {
            changes.changed.insert(game);
        }
    }
    const auto flipped = flipped_picks(stored_picks, picks);
    std::map<ForecastKey, const Prediction*> stood;
    for (const Prediction& row : stored)
        stood[key_of(row)] = &row;
    for (const Prediction& row : predictions) {
        const auto found = changes.contains(row) ? stood.find(key_of(row)) : stood.end();
        if (found == stood.end()) continue;
        const Prediction& older = *found->second;
        const auto flips = flipped.find(key_of(row));
        const int picks_flipped = flips == flipped.end() ? 0 : flips->second;
        if (older.mean == row.mean && older.sd == row.sd && older.p_plays == row.p_plays &&
            picks_flipped == 0)
            continue;
        changes.moved.push_back(
            {.player_name = {}, .before = older, .after = row, .picks_flipped = picks_flipped});
    }
    TIPOFF_CHECK(name_players(database, changes.moved));
    return changes;
}

}  // namespace tipoff::operate
