#pragma once
/// The upstreams, one file each in `collect/sources/`.
///
/// A source says what to ask for, reads one of its documents into what it states, and says what
/// came of it. It relies on named fields only and says which is missing or changed; it never fills
/// in a number. Reading knows no network, no clock and no database.

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/ids.h"
#include "collect/asking.h"
#include "collect/outcome.h"
#include "collect/stated.h"

namespace tipoff::collect {

/// What was read of a document.
struct Reading {
    Outcome outcome;
    StatedRecords records;           ///< none where it is malformed
    std::vector<std::string> notes;  ///< what was left out, and why: All-Star games, unknown teams
    /// Where the answer is one page of several: what to ask for the next one with.
    std::optional<std::string> next_cursor = std::nullopt;
};

struct Source {
    std::string_view name;  ///< "bdl_standings"
    std::array<std::string_view, 2>
        also_called;        ///< other names that recordings go by; empty where there are none
    std::string_view what;  ///< one line for a person
    Reading (*read)(std::span<const char> document, const Ask& ask);
    Asking asking;
};

/// All, by name.
[[nodiscard]] std::span<const Source> sources();

/// By any of its names; null where there is none.
[[nodiscard]] const Source* find_source(std::string_view name);

/// A reading of a document that is not as its source relies on.
[[nodiscard]] Reading malformed(std::string problem);

}  // namespace tipoff::collect
