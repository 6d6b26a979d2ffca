#pragma once
/// Who is out, why, and what the list of transactions says of it.
///
/// Absences begin before a game (illness, soreness, a rest day) or in it (the player leaves hurt
/// and misses the next ones). Most are listed; the wording follows real lists: "sore left knee
/// (DTD)", "placed on IL with ...", "activated from IL". Each player's luck on a day is a stream of
/// its own.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "league/player.h"
#include "league/roster.h"

namespace tipoff::league {

/// One line of a list of transactions.
struct InjuryTransaction {
    GameDate date;
    std::size_t team = 0;
    PlayerIndex player = 0;
    bool is_return = false;  ///< "Acquired"; else "Relinquished"
    std::string notes;
};

/// What is special about a player's game today.
struct DayContext {
    bool back_to_back = false;  ///< his team played yesterday
    bool last_week = false;     ///< of the season
    double role_minutes = 0.0;
};

enum class Availability : std::uint8_t {
    kPlays,
    kOut,          ///< known since the morning
    kLateScratch,  ///< becomes known in the last hours before tip-off
};

class AbsenceBook {
public:
    AbsenceBook(std::uint64_t seed, Season season);

    /// Those who are hurt on opening night.
    void begin_season(const Rosters& rosters);

    /// Decides whether the player plays for `team` on `date`, and lists what there is to list. Once
    /// a player and day.
    Availability decide(const Player& player, PlayerIndex index, std::size_t team, GameDate date,
                        const DayContext& context);

    /// Tenths of game time after which the player is hurt tonight, if he is. His absence begins
    /// tomorrow.
    std::optional<int> hurt_tonight(const Player& player, PlayerIndex index, std::size_t team,
                                    GameDate date, double expected_minutes);

    /// What keeps the player out, "sore left knee"; empty for who is fit or has a day off.
    [[nodiscard]] std::string_view ailment_of(PlayerIndex index) const {
        const auto& absence = absences_[index];
        return absence ? std::string_view(absence->ailment) : std::string_view();
    }

    /// In the order of date, team and what happened first.
    [[nodiscard]] std::vector<InjuryTransaction> transactions_through(GameDate last) const;

private:
    struct Absence {
        GameDate back;  ///< first day on which he can play again
        std::string ailment;
        bool is_listed = false;
        bool is_on_il = false;
        int games_missed = 0;
    };

    void list(GameDate date, std::size_t team, PlayerIndex player, bool is_return,
              std::string notes);
    Absence& begin(PlayerIndex index, std::size_t team, GameDate listed_on, GameDate from,
                   int days_out, std::string ailment, Random& random);
    void miss_game(PlayerIndex index, std::size_t team, GameDate date, Absence& absence);
    void come_back(PlayerIndex index, std::size_t team, GameDate date, Absence& absence);

    std::uint64_t seed_;
    Season season_;
    GameDate opening_night_;
    GameDate last_day_;
    std::vector<std::optional<Absence>> absences_;  ///< by player
    std::vector<InjuryTransaction> transactions_;
};

}  // namespace tipoff::league
