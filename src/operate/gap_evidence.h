#pragma once
/// What is on record about players without a forecast, and the one reason that follows from it.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "base/ids.h"
#include "collect/raw_tables.h"
#include "ledger/ops_tables.h"
#include "operate/day_runs.h"
#include "operate/gap_reason.h"
#include "store/database.h"

namespace tipoff::operate {

/// An expected player who has no forecast, and how far the pipeline came with him.
struct OpenGap {
    GameDate date;
    GameId game_id;
    Season season;
    Instant tip_off{};
    TeamId home_team_id;
    TeamId away_team_id;
    PlayerId player_id;
    std::string player;
    TeamId team_id;  ///< 0: not known
    bool is_postponed = false;
    bool game_has_context = false;
    std::optional<Instant> context_as_of;  ///< of the game
    bool in_context = false;
    bool has_features = false;
    bool others_forecast = false;  ///< another system forecast him in this market
    bool is_name_only = false;     ///< a source names him, and no player was found
    std::string named_by;          ///< the source that does

    /// What the step that left him out said of it.
    std::optional<ReasonAndDetail> left_out = std::nullopt;
};

class GapEvidence {
public:
    /// Reads what is needed for these gaps, all of the dates.
    static Expected<GapEvidence> load(store::Database& database, const store::DateScope& dates,
                                      const std::vector<OpenGap>& gaps);

    /// Exactly one reason for each; there is no other way out.
    [[nodiscard]] ReasonAndDetail reason_of(const OpenGap& gap) const;

private:
    struct Report {
        std::string status, reason, source;
    };
    struct Seen {
        GameDate date;
        TeamId team_id;
        Season season;
    };
    struct Roster {
        std::string source;
        Instant first_known{};
    };
    struct Listed {
        std::string source;
        Season season;
        TeamId team_id;
        Instant known_at{};
        std::optional<Instant> closed_at;
    };

    Status read_reports(store::Database& database, const store::DateScope& dates);
    Status read_history(store::Database& database, const std::string& player_ids);
    Status read_rosters(store::Database& database, const std::string& player_ids);

    [[nodiscard]] std::optional<ReasonAndDetail> failed(std::string_view step, GameDate date) const;
    [[nodiscard]] std::optional<ReasonAndDetail> late(std::span<const std::string_view> sources,
                                                      GameDate date) const;
    [[nodiscard]] std::optional<ReasonAndDetail> reported(const OpenGap& gap) const;
    [[nodiscard]] std::optional<ReasonAndDetail> unresolved(const OpenGap& gap) const;
    [[nodiscard]] std::optional<ReasonAndDetail> moved_since(const OpenGap& gap) const;
    [[nodiscard]] ReasonAndDetail unplaced(const OpenGap& gap) const;
    [[nodiscard]] const Seen* last_seen(const OpenGap& gap) const;

    DayRuns runs_;
    std::vector<ledger::SourceBreakerRow> breakers_;
    std::vector<collect::UnresolvedName> names_;
    std::map<std::pair<GameId, PlayerId>, Report> reports_;
    std::map<PlayerId, std::vector<Seen>> history_;  ///< oldest first
    std::map<std::pair<Season, TeamId>, std::vector<Roster>> rosters_;
    std::map<PlayerId, std::vector<Listed>> listed_;
};

}  // namespace tipoff::operate
