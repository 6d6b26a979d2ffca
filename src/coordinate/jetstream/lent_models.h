#pragma once
/// Models in a stream, by their hash: in parts, as a message holds less than a model. Only for
/// sources of jetstream/.

#include <memory>

#include "base/error.h"
#include "base/hash.h"
#include "coordinate/jetstream/connection.h"
#include "forecast/trained_count.h"

namespace tipoff::coordinate::jetstream {

/// Publishes the model unless it is there whole.
Status lend_model(const Connection& connection, const forecast::TrainedCount& trained);

/// The model of that hash. `kNotFound` where it is not lent, or not yet whole; `kCorrupt` where
/// what is lent is another.
Expected<std::shared_ptr<const forecast::TrainedCount>> find_model(const Connection& connection,
                                                                   Fingerprint hash);

}  // namespace tipoff::coordinate::jetstream
