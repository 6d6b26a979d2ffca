#include "serve/documents/team_codes.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "collect/teams.h"

namespace tipoff::serve {

Json tricode_json(std::optional<TeamId> team) {
    const collect::Team* known = team ? collect::find_team(*team) : nullptr;
    return known == nullptr ? Json(nullptr) : Json(known->tricode);
}

void show_teams(Listing& listing, std::span<const std::string_view> columns) {
    for (std::size_t c = 0; c < listing.columns.size(); ++c) {
        if (std::ranges::find(columns, listing.columns[c]) == columns.end()) continue;
        for (Row& row : listing.rows) {
            const auto* id = std::get_if<std::int64_t>(&row[c].value());
            const collect::Team* team = id == nullptr ? nullptr : collect::find_team(TeamId{*id});
            if (team != nullptr) row[c] = Cell::text(team->tricode);
        }
    }
}

}  // namespace tipoff::serve
