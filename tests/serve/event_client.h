#pragma once
/// Somebody who listens to `/v1/events`.

#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "serve/raw_client.h"

namespace tipoff::serve::test {

struct HeardEvent {
    std::string name;  ///< ":" for a comment
    nlohmann::json data;
};

class EventClient {
public:
    explicit EventClient(const std::string& url, const Headers& headers = {}) : client_(url) {
        std::string request = "GET /v1/events HTTP/1.1\r\nHost: localhost\r\n";
        for (const auto& [name, value] : headers)
            request += name + ": " + value + "\r\n";
        client_.send(request + "\r\n");
    }

    /// The head; to be read first. The body of a refusal as well.
    RawAnswer head() {
        RawAnswer head = client_.read(false);
        return head;
    }

    /// The next event; nothing at the end of the stream, which has to be a proper one.
    std::optional<HeardEvent> next() {
        while (text_.find("\n\n") == std::string::npos) {
            const auto chunk = client_.read_chunk();
            if (!chunk) throw std::runtime_error("the stream breaks off");
            if (chunk->empty()) return std::nullopt;
            text_ += *chunk;
        }
        const std::string event = text_.substr(0, text_.find("\n\n"));
        text_.erase(0, event.size() + 2);
        if (event.starts_with(':')) return HeardEvent{.name = ":", .data = {}};
        const auto line = event.find("\ndata: ");
        if (!event.starts_with("event: ") || line == std::string::npos)
            throw std::runtime_error("no event: " + event);
        return HeardEvent{.name = event.substr(7, line - 7),
                          .data = nlohmann::json::parse(event.substr(line + 7))};
    }

    /// The next event of that name; what comes before it is passed over.
    std::optional<HeardEvent> next(std::string_view name) {
        auto event = next();
        while (event && event->name != name)
            event = next();
        return event;
    }

private:
    RawClient client_;
    std::string text_;
};

}  // namespace tipoff::serve::test
