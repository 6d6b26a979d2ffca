#include "serve/live_feed.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace tipoff::serve {
namespace {

LiveEvent version_event(std::uint64_t version) {
    return {.name = "changed", .data = fmt::format("{{\"version\":{}}}", version)};
}

/// Whether the token that a stream began with may still read.
bool may_read(const operate::KnownTokens& tokens, const std::string& token_id, Instant now) {
    if (token_id.empty()) return true;
    const operate::TokenRow* token = tokens.of_id(token_id);
    return token != nullptr && operate::state_of(*token, now) == operate::TokenState::kGood;
}

Expected<std::vector<LiveEvent>> news_of(const LiveSource& source, const LiveLook& look) {
    try {
        return source(look);
    } catch (const std::exception& error) {
        // One source that fails is no reason to tell nobody anything any more.
        return fail(ErrorCode::kInternal, error.what());
    }
}

}  // namespace

std::string LiveEvent::text() const { return fmt::format("event: {}\ndata: {}\n\n", name, data); }

std::optional<std::string> LiveStream::next(std::chrono::milliseconds within) {
    std::unique_lock lock(mutex_);
    came_.wait_for(lock, within, [this] { return has_ended_ || !waiting_.empty(); });
    if (has_ended_) return std::nullopt;
    if (waiting_.empty()) return std::string();
    const auto text = std::move(waiting_.front());
    waiting_.pop_front();
    waiting_bytes_ -= text->size();
    return *text;
}

void LiveStream::offer(const std::shared_ptr<const std::string>& text) {
    {
        const std::lock_guard lock(mutex_);
        waiting_bytes_ += text->size();
        waiting_.push_back(text);
        if (waiting_bytes_ > LiveFeed::kMostWaitingBytes) has_ended_ = true;
    }
    came_.notify_all();
}

void LiveStream::end() {
    {
        const std::lock_guard lock(mutex_);
        has_ended_ = true;
    }
    came_.notify_all();
}

LiveFeed::LiveFeed(DataVersion& version, const Clock& clock, std::size_t most_streams)
    : version_(version), clock_(clock), most_streams_(most_streams) {}

Expected<std::shared_ptr<LiveStream>> LiveFeed::listen(std::string token_id) {
    auto stream = std::make_shared<LiveStream>(std::move(token_id));
    {
        const std::lock_guard lock(mutex_);
        if (is_ending_) return fail(ErrorCode::kBusy, "the service is ending");
        std::erase_if(listeners_, [](const auto& listener) { return listener.expired(); });
        if (listeners_.size() >= most_streams_)
            return fail(ErrorCode::kBusy, "too many listen already");
        listeners_.push_back(stream);
        if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
        is_woken_ = true;
    }
    woken_.notify_all();
    return stream;
}

void LiveFeed::wake() {
    {
        const std::lock_guard lock(mutex_);
        is_woken_ = true;
    }
    woken_.notify_all();
}

void LiveFeed::stop() {
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
        for (const auto& listener : listeners_) {
            if (const auto stream = listener.lock()) stream->end();
        }
    }
    woken_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void LiveFeed::work() {
    bool is_first = true;
    std::unique_lock lock(mutex_);
    while (!is_ending_) {
        Streams streams;
        for (const auto& listener : listeners_) {
            if (auto stream = listener.lock()) streams.push_back(std::move(stream));
        }
        if (streams.empty()) {
            is_first = true;
            is_woken_ = false;
            woken_.wait(lock, [this] { return is_ending_ || is_woken_; });
            continue;
        }
        const bool is_woken = std::exchange(is_woken_, false);
        lock.unlock();
        if (look(streams, is_first, is_woken)) is_first = false;
        streams.clear();
        lock.lock();
        woken_.wait_for(lock, kLookInterval, [this] { return is_ending_ || is_woken_; });
    }
}

bool LiveFeed::look(const Streams& streams, bool is_first, bool is_woken) {
    const auto state = version_.current();
    if (!state) {
        spdlog::debug("nothing is told to who listens: {}", state.error().message());
        return false;
    }
    const std::uint64_t version = (*state)->version;
    const bool is_new = std::exchange(seen_version_, version) != version;
    const bool has_changed = is_first || is_new || is_woken || owes_a_look_;
    std::vector<std::shared_ptr<const std::string>> texts;
    const auto greeting = std::make_shared<const std::string>(version_event(version).text());
    if (is_new) texts.push_back(greeting);
    for (const LiveEvent& event : news({.is_first = is_first, .has_changed = has_changed}))
        texts.push_back(std::make_shared<const std::string>(event.text()));
    const Instant now = clock_.wall_now();
    for (const auto& stream : streams) {
        if (!may_read(*(*state)->tokens, stream->token_id_, now)) {
            stream->end();
        } else if (!std::exchange(stream->knows_version_, true)) {
            stream->offer(greeting);
        } else {
            for (const auto& text : texts)
                stream->offer(text);
        }
    }
    return true;
}

std::vector<LiveEvent> LiveFeed::news(const LiveLook& look) {
    std::vector<LiveEvent> events;
    owes_a_look_ = false;
    for (const LiveSource& source : sources_) {
        const auto found = news_of(source, look);
        if (!found) {
            spdlog::warn("something is not told to who listens: {}", found.error().message());
            owes_a_look_ = true;
            continue;
        }
        std::ranges::copy(*found, std::back_inserter(events));
    }
    return events;
}

}  // namespace tipoff::serve
