#include "serve/answers.h"

#include <algorithm>

namespace tipoff::serve {
namespace {

std::size_t size_of(const ContentPtr& content) {
    return content == nullptr ? 0 : content->bytes.size() + content->packed.size();
}

}  // namespace

/// Lets the others on, also where the making ended by an exception.
class Answers::Making {
public:
    Making(Answers& answers, const std::string& name, std::unique_lock<std::shared_mutex>& lock)
        : answers_(answers), name_(name), lock_(lock) {}
    Making(const Making&) = delete;
    Making& operator=(const Making&) = delete;
    ~Making() {
        if (!lock_.owns_lock()) lock_.lock();
        const auto entry = answers_.entries_.find(name_);
        entry->second.is_being_made = false;
        if (entry->second.content == nullptr) answers_.entries_.erase(entry);
        answers_.made_.notify_all();
    }

private:
    Answers& answers_;
    const std::string& name_;
    std::unique_lock<std::shared_mutex>& lock_;
};

ContentPtr Answers::kept(const std::string& name, std::uint64_t version) {
    const std::shared_lock lock(mutex_);
    const auto found = entries_.find(name);
    if (found == entries_.end() || found->second.version < version) return nullptr;
    found->second.asked.store(questions_.fetch_add(1, std::memory_order_relaxed),
                              std::memory_order_relaxed);
    return found->second.content;
}

Expected<ContentPtr> Answers::get(const std::string& name, std::uint64_t version,
                                  const std::function<Expected<ContentPtr>()>& make) {
    if (ContentPtr content = kept(name, version)) return content;
    std::unique_lock lock(mutex_);
    while (true) {
        Entry& entry = entries_[name];
        if (entry.content != nullptr && entry.version >= version) return entry.content;
        if (!entry.is_being_made) break;
        made_.wait(lock);
    }
    // Nobody removes what is being made, so the entry stays where it is.
    Entry& entry = entries_[name];
    entry.is_being_made = true;
    lock.unlock();
    const Making making(*this, name, lock);
    auto content = make();
    lock.lock();
    if (!content) return content;
    bytes_ += size_of(*content) - size_of(entry.content);
    entry.content = *content;
    entry.version = version;
    entry.asked = questions_.fetch_add(1);
    make_place();
    return content;
}

void Answers::make_place() {
    while (bytes_ > most_bytes_) {
        auto oldest = entries_.end();
        for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
            if (entry->second.is_being_made || entry->second.content == nullptr) continue;
            if (oldest == entries_.end() || entry->second.asked < oldest->second.asked)
                oldest = entry;
        }
        if (oldest == entries_.end()) return;
        bytes_ -= size_of(oldest->second.content);
        entries_.erase(oldest);
    }
}

std::size_t Answers::bytes() const {
    const std::shared_lock lock(mutex_);
    return bytes_;
}

}  // namespace tipoff::serve
