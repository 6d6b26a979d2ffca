#include "serve/problem.h"

#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>

#include "base/entropy.h"
#include "base/http_status.h"
#include "serve/documents/json.h"

namespace tipoff::serve {

Response problem(int status, std::string_view detail, std::string_view hint) {
    Json document{{"type", "about:blank"},
                  {"title", reason_phrase(status)},
                  {"status", status},
                  {"detail", detail}};
    if (!hint.empty()) document["hint"] = hint;
    return {.status = status, .content = make_content(kProblemType, json_line(document))};
}

int status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::kInvalidInput:
        case ErrorCode::kUsage: return 400;
        case ErrorCode::kNotFound: return 404;
        case ErrorCode::kRefused:
        case ErrorCode::kFenced: return 409;
        case ErrorCode::kBusy: return 503;
        case ErrorCode::kCorrupt:
        case ErrorCode::kIo:
        case ErrorCode::kInternal: return 500;
    }
    throw InvariantBroken("an error code without a status");
}

Response problem_of(const Error& error) {
    const int status = status_of(error.code());
    if (status == 503)
        return problem(status, error.message(), error.hint()).with("Retry-After", "1");
    if (status != 500) return problem(status, error.message(), error.hint());
    const std::string reference = random_name();
    spdlog::error("{}: {}", reference, error.message());
    return problem(status, "the request failed by a fault of the service",
                   "its log says why, under " + reference);
}

}  // namespace tipoff::serve
