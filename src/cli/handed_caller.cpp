#include "cli/handed_caller.h"

#include <algorithm>
#include <cstdlib>

#include "cli/config_keys.h"

namespace tipoff::cli {
namespace {

constexpr std::size_t kMostHeldBack = std::size_t{64} << 10;

}  // namespace

void HandedCaller::write(Stream stream, std::string_view text) {
    if (stream == Stream::kOut) {
        held_back_.append(text);
        if (held_back_.size() >= kMostHeldBack) flush();
        return;
    }
    flush();
    send(serve::FrameKind::kErrors, text);
}

void HandedCaller::flush() {
    if (held_back_.empty()) return;
    has_output_ = true;
    send(serve::FrameKind::kOut, held_back_);
    held_back_.clear();
}

void HandedCaller::send(serve::FrameKind kind, std::string_view text) {
    while (!text.empty() && !is_gone_) {
        const std::string_view part = text.substr(0, serve::kMaxPayload);
        is_gone_ = !connection_.send({.kind = kind, .payload = std::string(part)});
        text.remove_prefix(part.size());
    }
}

Terminal HandedCaller::terminal(Stream stream) const {
    return stream == Stream::kOut ? request_.out : request_.errors;
}

std::optional<std::string> HandedCaller::variable(const std::string& name) const {
    const auto found =
        std::ranges::find(request_.variables, name, &std::pair<std::string, std::string>::first);
    if (found != request_.variables.end()) return found->second;
    if (!goes_along(name)) return std::nullopt;
    const char* own = std::getenv(name.c_str());
    return own == nullptr ? std::nullopt : std::optional<std::string>(own);
}

std::filesystem::path HandedCaller::path(const std::filesystem::path& given) const {
    return given.empty() ? given : request_.directory / given;
}

std::filesystem::path HandedCaller::shown(const std::filesystem::path& path) const {
    const std::string text = path.string();
    const std::string folder = (std::filesystem::path(request_.directory) / "").string();
    return text.starts_with(folder) ? std::filesystem::path(text.substr(folder.size())) : path;
}

void HandedCaller::look_whether_to_stop() const {
    if (home_.is_stopped()) throw CommandStopped{};
}

}  // namespace tipoff::cli
