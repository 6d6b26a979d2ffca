// expect: no matching function|cannot convert|no known conversion
// A feature family emits from a matchup. A result, which is known after the game, is another type.
#include "features/families/scoring_form.h"

namespace tipoff::features {

void emit_from(const ScoringForm& family, const Matchup& matchup, const Result& result,
               FamilyRow<ScoringForm>& row) {
#ifdef TIPOFF_CONTROL
    family.emit(matchup, row);
    (void)result;
#else
    family.emit(result, row);
    (void)matchup;
#endif
}

}  // namespace tipoff::features
