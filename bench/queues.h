#pragma once
/// What a batch costs whose workers are elsewhere: from the first item published to the last
/// result.

#include <cstddef>
#include <string>

#include "base/error.h"
#include "measuring.h"

namespace tipoff::bench {

/// `batches` batches of 450 players in five markets by all five systems over the queue at `url`,
/// one after the other, after one that is not counted; models are lent with each. Whoever calls
/// has started workers.
Expected<Json> measure_queue(const std::string& url, std::size_t batches);

/// One such batch during which the process `pid`, one of the queue's servers, is killed once
/// the first results are in; `kInternal` where that was too late to matter.
Expected<Json> measure_queue_loss(const std::string& url, int pid);

}  // namespace tipoff::bench
