#include "collect/source.h"

#include <algorithm>
#include <array>

#include "collect/sources/sources.h"

namespace tipoff::collect {

std::span<const Source> sources() {
    static const std::array kSources{kBdlStandings};
    return kSources;
}

const Source* find_source(std::string_view name) {
    const auto found = std::ranges::find_if(sources(), [name](const Source& source) {
        return source.name == name || (!name.empty() && source.also_called == name);
    });
    return found == sources().end() ? nullptr : &*found;
}

Reading malformed(std::string problem) {
    return {.outcome = {.kind = OutcomeKind::kMalformed, .detail = std::move(problem)},
            .records = {},
            .notes = {}};
}

}  // namespace tipoff::collect
