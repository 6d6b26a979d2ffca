#pragma once
/// The fields of one row, read strictly by the columns of a kind.
///
/// A reader asks for its columns by their place in the kind's list. The first value that is not
/// what it must be refuses the row: from then on every question is answered with a neutral value,
/// so that a reader asks for all it needs and looks once at `refused()`.

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/calendar.h"
#include "base/ids.h"
#include "collect/teams.h"

namespace tipoff::collect {

/// Why a row is refused.
struct Fault {
    std::string_view column;
    std::string_view rule;
    std::string value;
};

/// An optional column that a file does not have.
inline constexpr std::size_t kAbsentColumn = std::numeric_limits<std::size_t>::max();

class RowFields {
public:
    /// `names` are the kind's columns, `places` where each stands in the file.
    RowFields(std::span<const std::string_view> names, std::span<const std::size_t> places)
        : names_(names), places_(places) {}

    void start(std::span<const std::string_view> fields) {
        fields_ = fields;
        fault_.reset();
    }

    [[nodiscard]] bool refused() const { return fault_.has_value(); }
    /// The first fault of the row; nothing when it is not refused.
    [[nodiscard]] const std::optional<Fault>& fault() const { return fault_; }
    [[nodiscard]] std::string_view name(std::size_t column) const { return names_[column]; }

    /// The first fault of a row stands; later ones are dropped.
    void refuse(std::size_t column, std::string_view rule);
    /// Refuses when `holds` is false.
    void check(bool holds, std::size_t column, std::string_view rule) {
        if (!holds) refuse(column, rule);
    }

    /// Without spaces at its ends; empty when the file has no such column.
    [[nodiscard]] std::string_view raw(std::size_t column) const;

    /// UTF-8, not longer than a kilobyte.
    std::string_view text(std::size_t column);
    /// The same, and not empty.
    std::string_view required_text(std::size_t column);

    /// A whole number in [low, high]; "94.0" is 94.
    std::int32_t whole(std::size_t column, std::int32_t low, std::int32_t high);
    /// The same, or nothing where the field is empty.
    std::optional<std::int32_t> optional_whole(std::size_t column, std::int32_t low,
                                               std::int32_t high);
    double number(std::size_t column, double low, double high);

    /// American odds: a whole number of at least 100 or at most -100; nothing where the field is
    /// empty.
    std::optional<std::int32_t> price(std::size_t column);

    GameDate date(std::size_t column);
    GameId game_id(std::size_t column);
    /// Nothing where the field is empty.
    std::optional<GameId> optional_game_id(std::size_t column);
    PlayerId player_id(std::size_t column);
    /// One of the thirty, by NBA.com's id.
    TeamId team_id(std::size_t column);
    /// One of the thirty, by any spelling.
    TeamId team(std::size_t column);

private:
    std::span<const std::string_view> names_;
    std::span<const std::size_t> places_;
    std::span<const std::string_view> fields_;
    std::optional<Fault> fault_;
};

/// Whether the text is well-formed UTF-8.
[[nodiscard]] bool is_utf8(std::string_view text);

/// The first 80 bytes of a value, whole characters only, to show why it was refused.
[[nodiscard]] std::string shown_value(std::string_view value);

}  // namespace tipoff::collect
