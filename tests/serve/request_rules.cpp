#include "serve/request_rules.h"

#include <algorithm>

#include "collect/import/row_fields.h"
#include "serve/access.h"
#include "serve/cursor.h"

namespace tipoff::serve::test {
namespace {

constexpr Instant kNow{std::chrono::microseconds{1'768'910'400'000'000}};

Parameter parameter(std::string name, ParameterType type) {
    return {.name = std::move(name), .type = type, .doc = "One."};
}

Route route(std::string method, std::string path, std::string name,
            std::vector<Parameter> parameters) {
    return {.method = std::move(method),
            .path = std::move(path),
            .name = std::move(name),
            .scope = Scope::kRead,
            .summary = "Something",
            .parameters = std::move(parameters),
            .responses = {},
            .handler = {}};
}

std::vector<Route> routes_of_all_kinds() {
    Parameter bounded = parameter("bounded", ParameterType::kInteger);
    bounded.least = 1;
    bounded.most = 1'000;
    Parameter choice = parameter("choice", ParameterType::kChoice);
    choice.choices = {"points", "pra"};
    choice.usual = "points";
    Parameter needed = parameter("needed", ParameterType::kText);
    needed.required = true;
    Parameter id = parameter("id", ParameterType::kInteger);
    id.place = Parameter::Place::kPath;
    Parameter word = parameter("word", ParameterType::kText);
    word.place = Parameter::Place::kPath;
    return {
        route("GET", "/v1/all", "all",
              {bounded, choice, parameter("text", ParameterType::kText),
               parameter("whole", ParameterType::kInteger),
               parameter("number", ParameterType::kNumber),
               parameter("truth", ParameterType::kBoolean), parameter("date", ParameterType::kDate),
               parameter("at", ParameterType::kInstant)}),
        route("GET", "/v1/needed", "needed", {needed}),
        route("GET", "/v1/things/{id}", "thing", {id}),
        route("GET", "/v1/things/all", "things", {}),
        route("POST", "/v1/things/{id}/{word}", "act", {id, word}),
        route("GET", "/", "root", {})};
}

/// The values that were read lie within what the route declares.
bool keeps_to_its_route(const Arguments& arguments, const Route& route) {
    return std::ranges::all_of(route.parameters, [&](const Parameter& parameter) {
        if (!arguments.has(parameter.name))
            return !parameter.required && parameter.usual.empty() &&
                   parameter.place == Parameter::Place::kQuery;
        switch (parameter.type) {
            case ParameterType::kInteger: {
                const std::int64_t whole = arguments.integer(parameter.name);
                return whole >= parameter.least && whole <= parameter.most;
            }
            case ParameterType::kChoice:
                return std::ranges::find(parameter.choices, arguments.text(parameter.name)) !=
                       parameter.choices.end();
            case ParameterType::kText:
                return !arguments.text(parameter.name).empty() &&
                       collect::is_utf8(arguments.text(parameter.name)) &&
                       !arguments.text(parameter.name).contains('\0');
            default: return true;
        }
    });
}

std::string rule_of_arguments(const Found& found, std::string_view query) {
    const auto read = [&] {
        return read_arguments(found.route->parameters, query, found.path, kNow);
    };
    const auto arguments = read();
    if (!arguments) {
        return arguments.error().code() == ErrorCode::kInvalidInput &&
                       !arguments.error().message().empty()
                   ? ""
                   : "a query is refused without a word, or for another reason than itself";
    }
    if (!keeps_to_its_route(*arguments, *found.route))
        return "a value is not what its route declares";
    return arguments->canonical() == read()->canonical() ? "" : "read again it is another";
}

}  // namespace

const RouteTable& table_of_all_kinds() {
    static const RouteTable table(routes_of_all_kinds());
    return table;
}

std::string rule_broken_by(std::string_view target, std::string_view header) {
    const auto question = std::min(target.find('?'), target.size());
    const std::string_view path = target.substr(0, question);
    const std::string_view query = target.substr(std::min(question + 1, target.size()));
    const RouteTable& table = table_of_all_kinds();
    const std::string methods = table.methods_of(path);
    for (const std::string_view method : {"GET", "HEAD", "POST", "DELETE"}) {
        const auto found = table.find(method, path);
        if (!found) continue;
        if (!methods.contains(method)) return "a method leads somewhere that the path denies";
        if (std::string rule = rule_of_arguments(*found, query); !rule.empty()) return rule;
    }
    const RawRequest request{.method = "GET",
                             .target = std::string(target),
                             .headers = {{"Authorization", std::string(header)},
                                         {"X-Forwarded-For", std::string(header)}},
                             .body = {},
                             .peer = "127.0.0.1"};
    if (is_from_here(request) && !header.empty()) return "what a proxy handed on is from here";
    (void)source_of(request);
    if (operate::KnownTokens().find(header) != nullptr) return "a token is known that is none";
    const ContentPtr content = make_content(kJsonType, std::string(header));
    if (!is_named_by(*content, content->etag)) return "an answer does not know its own tag";
    (void)is_named_by(*content, header);
    (void)accepts_gzip(header);
    const auto cursor = read_cursor("a list", header);
    if (cursor && cursor_text("a list", *cursor) != header)
        return "a cursor that was not given out is taken";
    return "";
}

}  // namespace tipoff::serve::test
