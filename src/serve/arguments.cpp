#include "serve/arguments.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/league_day.h"
#include "base/parse.h"
#include "collect/import/row_fields.h"

namespace tipoff::serve {
namespace {

using Value = Arguments::Value;

/// Longer than any name, cursor or list of choices.
constexpr std::size_t kLongestText = 1'024;

std::unexpected<Error> wrong(const Parameter& parameter, std::string_view text,
                             std::string_view wanted) {
    return fail(ErrorCode::kInvalidInput,
                fmt::format("{}: '{}' cannot be used", parameter.name, text), std::string(wanted));
}

Expected<Value> parse_whole(const Parameter& parameter, std::string_view text) {
    const auto number = parse_integer(text);
    if (number && *number >= parameter.least && *number <= parameter.most) return Value(*number);
    if (parameter.least == INT64_MIN) return wrong(parameter, text, "a whole number");
    return wrong(
        parameter, text,
        parameter.most == INT64_MAX
            ? fmt::format("a whole number of {} or more", parameter.least)
            : fmt::format("a whole number from {} to {}", parameter.least, parameter.most));
}

Expected<Value> parse_day(const Parameter& parameter, std::string_view text, Instant now) {
    if (const auto date = parse_league_day(text, now)) return Value(*date);
    return wrong(parameter, text, "YYYY-MM-DD, today, yesterday or tomorrow (Eastern time)");
}

Expected<Value> parse_value(const Parameter& parameter, std::string_view text, Instant now) {
    if (text.size() > kLongestText)
        return fail(ErrorCode::kInvalidInput, fmt::format("{}: too long", parameter.name));
    switch (parameter.type) {
        case ParameterType::kText:
            if (text.empty()) return wrong(parameter, text, "some text");
            return Value(std::string(text));
        case ParameterType::kInteger: return parse_whole(parameter, text);
        case ParameterType::kNumber:
            if (const auto number = parse_number(text)) return Value(*number);
            return wrong(parameter, text, "a number");
        case ParameterType::kBoolean:
            if (text == "true" || text == "false") return Value(text == "true");
            return wrong(parameter, text, "true or false");
        case ParameterType::kDate: return parse_day(parameter, text, now);
        case ParameterType::kInstant:
            if (const auto at = parse_instant(text)) return Value(*at);
            return wrong(parameter, text, "ISO 8601 with an offset, such as 2026-01-20T17:00:00Z");
        case ParameterType::kChoice:
            if (std::ranges::find(parameter.choices, text) != parameter.choices.end())
                return Value(std::string(text));
            return wrong(parameter, text,
                         fmt::format("one of {}", fmt::join(parameter.choices, ", ")));
    }
    throw InvariantBroken("a parameter of no type");
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string text_of(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *whole);
    if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
    if (const auto* date = std::get_if<GameDate>(&value)) return to_string(*date);
    if (const auto* at = std::get_if<Instant>(&value)) return to_string(*at);
    return {};
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        if (c == '\0') return std::nullopt;
        decoded += c;
    }
    if (!collect::is_utf8(decoded)) return std::nullopt;
    return decoded;
}

Expected<Arguments> read_arguments(std::span<const Parameter> parameters, std::string_view query,
                                   std::span<const std::pair<std::string_view, std::string>> path,
                                   Instant now) {
    Arguments arguments;
    arguments.parameters_ = parameters;
    arguments.values_.resize(parameters.size());
    const auto take = [&](Parameter::Place place, std::string_view name,
                          std::string_view text) -> Status {
        const auto found = std::ranges::find_if(parameters, [&](const Parameter& parameter) {
            return parameter.place == place && parameter.name == name;
        });
        if (found == parameters.end())
            return fail(ErrorCode::kInvalidInput, fmt::format("there is no parameter '{}'", name),
                        "/openapi.json lists them");
        Value& value = arguments.values_[static_cast<std::size_t>(found - parameters.begin())];
        if (!std::holds_alternative<std::monostate>(value))
            return fail(ErrorCode::kInvalidInput, fmt::format("{}: given twice", name));
        TIPOFF_TRY(value, parse_value(*found, text, now));
        return {};
    };
    for (const auto& [name, text] : path)
        TIPOFF_CHECK(take(Parameter::Place::kPath, name, text));
    while (!query.empty()) {
        const auto end = query.find('&');
        const std::string_view pair = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        const auto name = percent_decoded(pair.substr(0, equals), true);
        const auto text = percent_decoded(
            equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1), true);
        if (!name || !text)
            return fail(ErrorCode::kInvalidInput, "the query is not percent-encoded UTF-8");
        TIPOFF_CHECK(take(Parameter::Place::kQuery, *name, *text));
    }
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const Parameter& parameter = parameters[i];
        if (!std::holds_alternative<std::monostate>(arguments.values_[i])) continue;
        if (!parameter.usual.empty()) {
            TIPOFF_TRY(arguments.values_[i], parse_value(parameter, parameter.usual, now));
        } else if (parameter.required) {
            return fail(ErrorCode::kInvalidInput, fmt::format("{}: is missing", parameter.name),
                        parameter.doc);
        }
    }
    return arguments;
}

const Arguments::Value& Arguments::find(std::string_view name) const {
    const auto found = std::ranges::find(parameters_, name, &Parameter::name);
    require(found != parameters_.end(), "a handler asks for a parameter that its route has not");
    return values_[static_cast<std::size_t>(found - parameters_.begin())];
}

template <class T>
const T& Arguments::value(std::string_view name) const {
    const T* value = std::get_if<T>(&find(name));
    require(value != nullptr, "a handler relies on a parameter that may be missing");
    return *value;
}

template <class T>
std::optional<T> Arguments::optional(std::string_view name) const {
    if (!has(name)) return std::nullopt;
    return value<T>(name);
}

const std::string& Arguments::text(std::string_view name) const { return value<std::string>(name); }
std::int64_t Arguments::integer(std::string_view name) const { return value<std::int64_t>(name); }
bool Arguments::boolean(std::string_view name) const { return value<bool>(name); }
GameDate Arguments::date(std::string_view name) const { return value<GameDate>(name); }

std::optional<std::string> Arguments::optional_text(std::string_view name) const {
    return optional<std::string>(name);
}
std::optional<std::int64_t> Arguments::optional_integer(std::string_view name) const {
    return optional<std::int64_t>(name);
}
std::optional<double> Arguments::optional_number(std::string_view name) const {
    return optional<double>(name);
}
std::optional<GameDate> Arguments::optional_date(std::string_view name) const {
    return optional<GameDate>(name);
}
std::optional<Instant> Arguments::optional_instant(std::string_view name) const {
    return optional<Instant>(name);
}

bool Arguments::has(std::string_view name) const {
    return !std::holds_alternative<std::monostate>(find(name));
}

std::string Arguments::canonical() const {
    std::string text;
    for (std::size_t i = 0; i < values_.size(); ++i) {
        if (std::holds_alternative<std::monostate>(values_[i])) continue;
        // Lengths keep a text that looks like further parameters apart from them.
        const std::string value = text_of(values_[i]);
        text += fmt::format("{}{}={}:{}", text.empty() ? "" : "&", parameters_[i].name,
                            value.size(), value);
    }
    return text;
}

}  // namespace tipoff::serve
