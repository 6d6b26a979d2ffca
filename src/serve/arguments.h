#pragma once
/// Parameters of a request: how they are declared, and what came of those that were given.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"

namespace tipoff::serve {

enum class ParameterType : std::uint8_t {
    kText,
    kInteger,
    kNumber,
    kBoolean,  ///< "true" or "false"
    kDate,     ///< YYYY-MM-DD, today, tomorrow or yesterday in Eastern time
    kInstant,  ///< ISO 8601 with an offset
    kChoice,   ///< one of `choices`
};

struct Parameter {
    enum class Place : std::uint8_t { kQuery, kPath };

    std::string name;
    ParameterType type = ParameterType::kText;
    std::string doc;
    Place place = Place::kQuery;  ///< those in the path are required
    bool required = false;
    std::string usual = {};  ///< what counts where it is not given; empty for nothing
    std::vector<std::string> choices = {};
    std::int64_t least = INT64_MIN;  ///< of a whole number
    std::int64_t most = INT64_MAX;
};

/// The values of a request's declared parameters, checked.
class Arguments {
public:
    using Value =
        std::variant<std::monostate, std::string, std::int64_t, double, bool, GameDate, Instant>;

    /// By name; a broken invariant where the route declares no such parameter of that type, or
    /// where it is required of nobody and was not given.
    [[nodiscard]] const std::string& text(std::string_view name) const;
    [[nodiscard]] std::int64_t integer(std::string_view name) const;
    [[nodiscard]] bool boolean(std::string_view name) const;
    [[nodiscard]] GameDate date(std::string_view name) const;

    [[nodiscard]] std::optional<std::string> optional_text(std::string_view name) const;
    [[nodiscard]] std::optional<std::int64_t> optional_integer(std::string_view name) const;
    [[nodiscard]] std::optional<double> optional_number(std::string_view name) const;
    [[nodiscard]] std::optional<GameDate> optional_date(std::string_view name) const;
    [[nodiscard]] std::optional<Instant> optional_instant(std::string_view name) const;

    [[nodiscard]] bool has(std::string_view name) const;

    /// The same for the same values, however they were written, and for no others.
    [[nodiscard]] std::string canonical() const;

private:
    friend Expected<Arguments> read_arguments(
        std::span<const Parameter> parameters, std::string_view query,
        std::span<const std::pair<std::string_view, std::string>> path, Instant now);

    template <class T>
    [[nodiscard]] const T& value(std::string_view name) const;
    template <class T>
    [[nodiscard]] std::optional<T> optional(std::string_view name) const;
    [[nodiscard]] const Value& find(std::string_view name) const;

    std::span<const Parameter> parameters_;
    std::vector<Value> values_;  ///< one a parameter, in their order
};

/// Reads a query ("date=today&market=points") and the decoded values of a path. What is not
/// declared, given twice, missing, or not of its type is `kInvalidInput` and named. `parameters`
/// outlive the result; `now` is what "today" is told by.
Expected<Arguments> read_arguments(std::span<const Parameter> parameters, std::string_view query,
                                   std::span<const std::pair<std::string_view, std::string>> path,
                                   Instant now);

/// "%41+b" as "A b" (in a query) or "A+b" (in a path); nothing where a "%" is not followed by two
/// hexadecimal digits, or where a NUL or text that is not UTF-8 would come of it.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);

}  // namespace tipoff::serve
