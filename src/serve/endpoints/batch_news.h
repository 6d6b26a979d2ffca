#pragma once
/// Batches that have come further, for who listens.

#include <map>
#include <string>
#include <vector>

#include "operate/batch_coordinator.h"
#include "serve/live_feed.h"

namespace tipoff::serve {

class BatchNews {
public:
    /// `coordinator` outlives it.
    explicit BatchNews(operate::BatchCoordinator& coordinator) : coordinator_(coordinator) {}

    /// Those that are new or stand otherwise than at the last look, each as `/status` has it.
    Expected<std::vector<LiveEvent>> look(const LiveLook& look);

private:
    struct Known {
        std::string stands;  ///< what counts of it, in words
        bool has_ended = false;
    };

    /// Those that may be news, the oldest first.
    Expected<std::vector<std::string>> candidates(const LiveLook& look);

    operate::BatchCoordinator& coordinator_;
    std::map<std::string, Known> known_;  ///< by id, since somebody listens
};

}  // namespace tipoff::serve
