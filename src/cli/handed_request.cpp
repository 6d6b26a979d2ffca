#include "cli/handed_request.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/parse.h"
#include "base/version_info.h"
#include "cli/caller.h"
#include "cli/config_keys.h"
#include "serve/frames.h"

namespace tipoff::cli {
namespace {

/// Before the pairs of variables and the words.
constexpr std::size_t kFixedFields = 5;

std::unexpected<Error> no_request() {
    return fail(ErrorCode::kInvalidInput, "what came over the socket is no command");
}

/// Those that go along.
std::vector<std::string> variables() {
    std::vector<std::string> names;
    for (const EnvironmentVariable& variable : environment_variables()) {
        if (variable.goes_along) names.emplace_back(variable.name);
    }
    for (const UpstreamKey& key : upstream_keys())
        names.emplace_back(key.variable);
    return names;
}

std::string text_of(const Terminal& terminal) {
    return fmt::format("{}{}{}", terminal.is_terminal ? 't' : '-', terminal.has_colours ? 'c' : '-',
                       terminal.width);
}

Expected<Terminal> terminal_of(std::string_view text) {
    if (text.size() < 3) return no_request();
    const auto width = parse_integer(text.substr(2));
    if (!width || *width < 0) return no_request();
    return Terminal{.is_terminal = text[0] == 't',
                    .has_colours = text[1] == 'c',
                    .width = static_cast<std::size_t>(*width)};
}

}  // namespace

std::string talking_version() { return fmt::format("{} ({})", version(), git_commit()); }

HandedRequest request_of(const std::vector<std::string>& words) {
    std::error_code ignored;
    HandedRequest request{.version = talking_version(),
                          .directory = std::filesystem::current_path(ignored).string(),
                          .out = caller().terminal(Stream::kOut),
                          .errors = caller().terminal(Stream::kErrors),
                          .variables = {},
                          .words = words};
    for (const std::string& name : variables()) {
        if (auto value = caller().variable(name))
            request.variables.emplace_back(name, *std::move(value));
    }
    return request;
}

std::string packed(const HandedRequest& request) {
    std::vector<std::string> fields{request.version, request.directory, text_of(request.out),
                                    text_of(request.errors),
                                    fmt::format("{}", request.variables.size())};
    for (const auto& [name, value] : request.variables) {
        fields.push_back(name);
        fields.push_back(value);
    }
    fields.insert(fields.end(), request.words.begin(), request.words.end());
    return serve::pack(fields);
}

Expected<HandedRequest> unpacked_request(std::string_view payload) {
    TIPOFF_TRY(const auto fields, serve::unpack(payload));
    if (fields.empty()) return no_request();
    HandedRequest request;
    request.version = fields[0];
    if (request.version != talking_version()) return request;
    if (fields.size() < kFixedFields) return no_request();
    request.directory = fields[1];
    TIPOFF_TRY(request.out, terminal_of(fields[2]));
    TIPOFF_TRY(request.errors, terminal_of(fields[3]));
    const auto count = parse_integer(fields[4]);
    const auto most = static_cast<std::int64_t>((fields.size() - kFixedFields) / 2);
    if (!count || *count < 0 || *count > most) return no_request();
    std::size_t next = kFixedFields;
    for (std::int64_t i = 0; i < *count; ++i, next += 2) {
        if (!goes_along(fields[next])) return no_request();
        request.variables.emplace_back(fields[next], fields[next + 1]);
    }
    request.words.assign(fields.begin() + static_cast<std::ptrdiff_t>(next), fields.end());
    return request;
}

std::string packed(const Error& error) {
    return serve::pack(
        {fmt::format("{}", static_cast<int>(error.code())), error.message(), error.hint()});
}

Expected<Error> unpacked_error(std::string_view payload) {
    TIPOFF_TRY(const auto fields, serve::unpack(payload));
    const auto code = fields.size() == 3 ? parse_integer(fields[0]) : std::nullopt;
    if (!code || *code < 0 || *code > static_cast<int>(ErrorCode::kInternal))
        return fail(ErrorCode::kInvalidInput, "what came over the socket is no answer");
    return Error(static_cast<ErrorCode>(*code), fields[1], fields[2]);
}

}  // namespace tipoff::cli
