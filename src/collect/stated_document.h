#pragma once
/// One document on its way into rows; for the sources of `resolve_stated.h` alone.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collect/import/schedule_index.h"
#include "collect/resolve_stated.h"

namespace tipoff::collect {

class StatedDocument {
public:
    StatedDocument(const ReadAnswer& read, KnownGames& games, PlayerFinder& players,
                   StatedRows& rows)
        : games_(games), players_(players), read_(read), rows_(rows) {}

    ResolvedCounts resolve();

private:
    // Games, in resolve_stated.cpp.
    void add(const StatedGame& stated);
    void add_schedule(GameId game, const StatedGame& stated);

    // What came of them, in resolve_results.cpp.
    void add(const StatedPlayerBox& stated);
    void add(const StatedTeamBox& stated);
    void add(const StatedPlay& stated);
    void add_shot(const StatedPlay& stated, const Play& play, std::int16_t zone, TeamId team,
                  PlayerId player);
    void add(const StatedAvailability& stated);
    void add_inactive(GameId game, GameDate date, TeamId team, std::string_view source_player_id,
                      const std::string& name, std::string_view status, const std::string& reason);

    // Who is where and how he is, in resolve_people.cpp.
    void add(const StatedPlayer& stated);
    void add(const StatedStanding& stated);
    void add(const StatedInjury& stated);
    void add_rosters(const std::vector<StatedRosterPlayer>& players);

    // What books say, in resolve_lines.cpp.
    void add(const StatedGameLine& stated);
    void add(const StatedPropLine& stated);
    /// When a quotation stood, and whether the game was on by then.
    template <class Line>
    void set_times(Line& row, GameId game, Instant quoted_at, std::optional<Instant> snapshot_at);

    [[nodiscard]] const std::string& source() const { return read_.answer.source; }
    [[nodiscard]] std::string_view family() const { return family_of(source()); }
    [[nodiscard]] Instant answered_at() const { return read_.answer.answered_at; }
    [[nodiscard]] Season season_now() const {
        return read_.answer.ask.season.value_or(season_of(eastern_date(answered_at())));
    }

    /// What every row of the document has.
    template <class Row>
    Row row_of(KnownAt known_at, std::string_view basis) const {
        Row row;
        row.source = source();
        row.known_at = known_at;
        row.known_at_basis = basis;
        row.document_hash = read_.answer.content_hash;
        return row;
    }
    template <class Row>
    Row observed() const {
        return row_of<Row>({answered_at()}, kBasisObserved);
    }
    /// A result of `date`.
    template <class Row>
    Row result_of(GameDate date) const {
        const KnownAt by_morning = morning_after(date);
        return answered_at() <= by_morning.at ? observed<Row>()
                                              : row_of<Row>(by_morning, kBasisAssumed);
    }

    template <class Row>
    void keep(std::vector<Stated<Row>>& rows, Row row) {
        rows.push_back({std::move(row), answered_at()});
        ++counts_.kept;
    }

    /// The game of a record by the league's id, the source's, or date and teams.
    std::optional<GameId> game_of(const std::string& source_game_id, std::optional<GameDate> date,
                                  TeamId one, TeamId other);
    std::optional<PlayerId> player_of(std::string_view source_player_id, std::string_view name,
                                      std::span<const TeamId> teams, Season season, GameDate date);

    KnownGames& games_;
    PlayerFinder& players_;
    const ReadAnswer& read_;
    StatedRows& rows_;
    ResolvedCounts counts_;
};

}  // namespace tipoff::collect
