#pragma once
/// The upstreams, one file each in `collect/sources/`.
///
/// A source says what to ask for, reads one of its documents into what it states, and says what
/// came of it. It relies on named fields only and says which is missing or changed; it never fills
/// in a number. Reading knows no network, no clock and no database.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "collect/asking.h"
#include "collect/expectation.h"
#include "collect/outcome.h"
#include "collect/stated.h"

namespace tipoff::collect {

class Shape;

/// What was read of a document.
struct Reading {
    Outcome outcome;
    /// The path of the field that the outcome's detail is about and begins with; empty where it is
    /// about the whole document.
    std::string where = {};
    StatedRecords records;           ///< none where it is malformed
    std::vector<std::string> notes;  ///< what was left out, and why: All-Star games, unknown teams
    /// Where the answer is one page of several: what to ask for the next one with.
    std::optional<std::string> next_cursor = std::nullopt;
};

struct Source {
    std::string_view name;  ///< "bdl_standings"
    /// Other names that recordings go by.
    std::span<const std::string_view> also_called;
    std::string_view what;  ///< one line for a person
    Reading (*read)(std::span<const char> document, const Ask& ask);
    Asking asking;
    Expectation expectation = {};
};

/// All, by name.
[[nodiscard]] std::span<const Source> sources();

/// By any of its names; null where there is none.
[[nodiscard]] const Source* find_source(std::string_view name);

/// The source, asked for alternate ladders as well; as it is where it has none.
[[nodiscard]] Source with_ladders(const Source& source);

/// What came of a reading, as its source means it.
[[nodiscard]] Outcome meant(const Source& source, Outcome outcome);

/// A reading of a document that is not as its source relies on.
[[nodiscard]] Reading malformed(std::string problem);
[[nodiscard]] Reading malformed(const Shape& shape);

/// A reading of a document of what is not done yet: nothing of it is used, and it is asked for
/// again.
[[nodiscard]] Reading not_yet(std::string why);

}  // namespace tipoff::collect
