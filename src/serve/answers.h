#pragma once
/// Answers that are made once a data version, however many ask for them.

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include "base/error.h"
#include "serve/content.h"

namespace tipoff::serve {

class Answers {
public:
    /// Keeps at most so many bytes; what was asked for longest ago goes first.
    explicit Answers(std::size_t most_bytes = std::size_t{64} << 20) : most_bytes_(most_bytes) {}

    /// The answer of that name as of `version` or later. Whoever asks first makes it, with `make`;
    /// the others wait for him. An error is nobody's but his who made it: the next one tries again.
    Expected<ContentPtr> get(const std::string& name, std::uint64_t version,
                             const std::function<Expected<ContentPtr>()>& make);

    [[nodiscard]] std::size_t bytes() const;

private:
    struct Entry {
        std::uint64_t version = 0;
        ContentPtr content;  ///< nothing while it is made for the first time
        bool is_being_made = false;
        std::atomic<std::uint64_t> asked =
            0;  ///< a counter of all questions, when it was last asked for
    };

    class Making;

    [[nodiscard]] ContentPtr kept(const std::string& name, std::uint64_t version);
    void make_place();

    std::size_t most_bytes_;
    std::size_t bytes_ = 0;
    std::atomic<std::uint64_t> questions_ = 0;
    mutable std::shared_mutex mutex_;
    std::condition_variable_any made_;
    std::unordered_map<std::string, Entry> entries_;
};

}  // namespace tipoff::serve
