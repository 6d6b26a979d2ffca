#pragma once
/// Names of fictional players.
///
/// Given names are common ones; surnames are put together from syllables that make no word, so that
/// a whole name is nobody's. Accents, apostrophes, hyphens, initials and suffixes come about as
/// often as on real rosters.

#include <string>
#include <unordered_set>

#include "league/random.h"

namespace tipoff::league {

struct PlayerName {
    std::string display;  ///< as box scores write it: "Luko Devarić Jr."
    std::string plain;  ///< without accents, as lists of transactions write it: "Luko Devaric Jr."
    std::string
        other_plain;  ///< a second spelling that such a list puts before the first; mostly empty
    std::string
        prop;  ///< as a line feed writes it: lower case, no accents, no suffix, hyphen as space
};

/// Gives names, each to one player only: no two are alike even without accents and suffixes.
class NameGenerator {
public:
    [[nodiscard]] PlayerName next(Random& random);

private:
    std::unordered_set<std::string> taken_;  ///< folded, without suffix
};

}  // namespace tipoff::league
