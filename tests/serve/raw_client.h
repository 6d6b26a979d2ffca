#pragma once
/// A caller on loopback who says what he likes, also what no proper client would.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tipoff::serve::test {

struct RawAnswer {
    int status = 0;  ///< 0 where none came
    std::string head;
    std::string body;

    /// Of the first header of this name, in any case; empty where there is none.
    [[nodiscard]] std::string header(std::string_view name) const;
};

/// One connection.
class RawClient {
public:
    /// `url` is "http://127.0.0.1:PORT".
    explicit RawClient(const std::string& url);
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    ~RawClient();

    /// Sends bytes; false where the other side has gone.
    bool send(std::string_view bytes);

    /// The next answer, by its length, its chunks, or until the other side closes. `has_body` is
    /// false for one to HEAD.
    RawAnswer read(bool has_body = true);

    /// The next piece of a body in chunks, of which the head has been read; empty at its end,
    /// nothing where it breaks off.
    std::optional<std::string> read_chunk();

    /// Whether the other side closes without a further byte.
    [[nodiscard]] bool is_closed();

private:
    /// Reads until the buffer holds so much, or the other side closes.
    bool fill(std::size_t size);
    bool fill_to(std::string_view mark);

    int socket_;
    std::string buffer_;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

/// One request on a connection of its own.
RawAnswer ask(const std::string& url, std::string_view method, std::string_view target,
              const Headers& headers = {}, std::string_view body = {});

}  // namespace tipoff::serve::test
