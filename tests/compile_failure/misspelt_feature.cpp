// expect: consteval|constant expression|no feature has that name
// A feature is looked up when the program is compiled: a misspelt name is an error there.
#include "features/feature_list.h"

namespace tipoff::features {

#ifdef TIPOFF_CONTROL
constexpr std::size_t kIndex = feature_index("points_mean_last_10");
#else
constexpr std::size_t kIndex = feature_index("points_mean_last_ten");
#endif
static_assert(kIndex < kFeatureCount);

}  // namespace tipoff::features
