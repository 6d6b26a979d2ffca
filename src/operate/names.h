#pragma once
/// Names that no player was found for, and linking them by hand.

#include <optional>
#include <string>
#include <vector>

#include "operate/collecting.h"

namespace tipoff::operate {

struct LinkRequest {
    std::string name;  ///< as any source writes it
    PlayerId player_id;
    std::optional<std::string> source;  ///< of that source alone
    std::optional<TeamId> team;
    std::optional<Season> season;
};

struct LinkReport {
    std::vector<collect::UnresolvedName> linked;
    std::vector<CollectReport> taken_up;  ///< collected rows that waited for the name
    std::int64_t imported = 0;            ///< rows of files that waited for it
};

/// Links every unresolved name that is so called to the player, and takes up what waited for it.
/// `kNotFound` where no such name waits, or no player has the id.
Expected<LinkReport> link_name(store::Database& database, ledger::Ledger& ledger,
                               const Clock& clock, const std::filesystem::path& home,
                               const LinkRequest& request);

}  // namespace tipoff::operate
