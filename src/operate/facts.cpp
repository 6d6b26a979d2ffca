#include "operate/facts.h"

#include <fmt/core.h>

#include <algorithm>
#include <future>

#include <optional>
#include "ledger/input_changes.h"
#include "operate/catalogue.h"

namespace tipoff::operate {
namespace {

/// The fingerprints of rows by the day that they are about. Sums do not depend on the order of the
/// rows.
class DayFingerprints {
public:
    template <class Row, class DateOf>
    void add(const store::Table<Row>& table, std::span<const Row> rows, DateOf date_of) {
        const auto prints = store::row_fingerprints(table.spec(), table.to_columns(rows));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            Fingerprint& day = days_[date_of(rows[i])];
            day.high += prints[i].high;
            day.low += prints[i].low;
        }
    }

    void add_listed(std::span<const conform::ListedPlayer> rows) {
        for (const conform::ListedPlayer& row : rows) {
            Fingerprint& day = days_[eastern_date(row.known_at.at)];
            const Fingerprint print = chained(
                {static_cast<std::uint64_t>(row.player_id.value),
                 static_cast<std::uint64_t>(row.team_id.value_or(TeamId{}).value)},
                {0, static_cast<std::uint64_t>(row.known_at.at.time_since_epoch().count())});
            day.high += print.high;
            day.low += print.low;
        }
    }

    [[nodiscard]] const std::map<GameDate, Fingerprint>& days() const { return days_; }

private:
    std::map<GameDate, Fingerprint> days_;
};

}  // namespace

Expected<std::unique_ptr<Facts>> Facts::load(store::Database& database, NotesByHand notes) {
    TIPOFF_TRY(const std::int64_t newest, ledger::newest_change(database, stated_table_names()));
    TIPOFF_TRY(conform::RawFacts raw, conform::read_raw(database));
    if (notes == NotesByHand::kLeftOut) raw.notes.clear();
    if (raw.schedule.empty()) {
        return fail(ErrorCode::kNotFound,
                    "there is no schedule yet, so nothing can be expected of any date",
                    "tipoff import PATH reads schedules, box scores and lines");
    }
    auto facts = std::make_unique<Facts>(std::move(raw));
    facts->newest_change_ = newest;
    return facts;
}

Expected<bool> Facts::are_current(store::Database& database) const {
    TIPOFF_TRY(const std::int64_t newest, ledger::newest_change(database, stated_table_names()));
    return newest_change_ == newest;
}

Facts::Facts(conform::RawFacts raw) : raw_(std::move(raw)), summaries_(conform::summarize(raw_)) {
    // The summaries hold what these say; a quarter of the process's memory is not kept twice.
    raw_.player_boxes = {};
    raw_.team_boxes = {};
    raw_.shots = {};
    auto chain = std::async(std::launch::async, [this] { chain_days(); });
    timeline_ = std::make_unique<features::Timeline>(summaries_, raw_.positions);
    chain.get();
}

void Facts::chain_days() {
    DayFingerprints prints;
    const auto game_date = [](const auto& row) { return row.game_date; };
    prints.add(conform::kGame, std::span<const conform::Game>(summaries_.games), game_date);
    prints.add(conform::kPlayerGame, std::span<const conform::PlayerGame>(summaries_.player_games),
               game_date);
    prints.add(conform::kTeamOffense,
               std::span<const conform::TeamOffense>(summaries_.team_offense), game_date);
    prints.add(collect::kGameLine, std::span<const collect::GameLine>(raw_.game_lines), game_date);
    prints.add(collect::kPropLine, std::span<const collect::PropLine>(raw_.prop_lines), game_date);
    prints.add(collect::kInjuryTransaction,
               std::span<const collect::InjuryTransaction>(raw_.injuries),
               [](const collect::InjuryTransaction& row) { return row.transaction_date; });
    prints.add_listed(raw_.listed);
    prints.add(collect::kNote, std::span<const collect::Note>(raw_.notes), game_date);
    prints.add(collect::kPosition, std::span<const collect::Position>(raw_.positions),
               [](const collect::Position& row) { return eastern_date(row.known_at.at); });
    Fingerprint chain;
    for (const auto& [date, print] : prints.days()) {
        chain = chained(chain,
                        chained({0, static_cast<std::uint64_t>(date.days_since_epoch())}, print));
        chain_[date] = chain;
    }
}

Fingerprint Facts::known_through(GameDate date) const {
    const auto after = chain_.upper_bound(date);
    return after == chain_.begin() ? Fingerprint{} : std::prev(after)->second;
}

bool Facts::any_known_between(AsOf from, AsOf to) const {
    const auto any = [&](const auto& rows) {
        return std::ranges::any_of(rows, [&](const auto& row) {
            return is_admissible(row.known_at, to) && !is_admissible(row.known_at, from);
        });
    };
    return any(raw_.schedule) || any(raw_.game_lines) || any(raw_.prop_lines) ||
           any(raw_.injuries) || any(raw_.listed) || any(raw_.positions) || any(raw_.notes) ||
           any(summaries_.player_games) || any(summaries_.team_offense) ||
           any(summaries_.team_defense);
}

std::vector<Facts::SeasonDates> Facts::seasons_between(GameDate from, GameDate to) const {
    std::vector<SeasonDates> seasons;
    for (const conform::Game& game : summaries_.games) {
        if (game.game_date < from || game.game_date > to) continue;
        if (seasons.empty() || seasons.back().season != game.season) {
            seasons.push_back({game.season, game.game_date, game.game_date});
        }
        seasons.back().to = game.game_date;
    }
    return seasons;
}

bool Facts::is_simulated_league() const {
    return !summaries_.games.empty() && is_simulated(summaries_.games.front().game_id);
}

}  // namespace tipoff::operate
