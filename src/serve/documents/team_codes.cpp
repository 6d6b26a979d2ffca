#include "serve/documents/team_codes.h"

#include <algorithm>

#include "collect/teams.h"

namespace tipoff::serve {

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
