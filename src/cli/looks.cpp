#include "cli/looks.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace tipoff::cli {
namespace {

bool may_pass(ErrorCode code) {
    return code == ErrorCode::kFenced || code == ErrorCode::kBusy || code == ErrorCode::kIo;
}

}  // namespace

Status keep_looking(const Look& look, const Pause& pause) {
    int failed = 0;
    std::chrono::milliseconds after_failure = kFirstFailedPause;
    while (true) {
        const auto looked = look();
        if (looked) {
            failed = 0;
            after_failure = kFirstFailedPause;
            if (pause(*looked)) return {};
            continue;
        }
        ++failed;
        if (!may_pass(looked.error().code()) || failed == kMostFailedLooks)
            return std::unexpected(looked.error());
        spdlog::warn("the schedule looks again: {}", looked.error().message());
        if (pause(after_failure)) return {};
        after_failure = std::min(2 * after_failure, kLongestFailedPause);
    }
}

}  // namespace tipoff::cli
