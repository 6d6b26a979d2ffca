#pragma once
/// The caller of a command that came over the home's socket.

#include <string>

#include "cli/caller.h"
#include "cli/handed_request.h"
#include "cli/shared_home.h"
#include "serve/home_socket.h"

namespace tipoff::cli {

class HandedCaller final : public Caller {
public:
    /// All outlive it. One thread writes.
    HandedCaller(serve::HomeConnection& connection, const HandedRequest& request,
                 const SharedHome& home)
        : connection_(connection), request_(request), home_(home) {}

    void write(Stream stream, std::string_view text) override;
    [[nodiscard]] Terminal terminal(Stream stream) const override;
    [[nodiscard]] std::optional<std::string> variable(const std::string& name) const override;
    [[nodiscard]] std::filesystem::path path(const std::filesystem::path& given) const override;
    [[nodiscard]] std::filesystem::path shown(const std::filesystem::path& path) const override;

    void look_whether_to_stop() const override;

    /// Sends what was held back.
    void flush();

    /// Whether it was sent something of standard output, which cannot be taken back.
    [[nodiscard]] bool has_output() const { return has_output_; }

private:
    void send(serve::FrameKind kind, std::string_view text);

    serve::HomeConnection& connection_;
    const HandedRequest& request_;
    const SharedHome& home_;
    std::string held_back_;
    bool has_output_ = false;
    bool is_gone_ = false;
};

}  // namespace tipoff::cli
