#include "collect/json_document.h"

#include <fmt/core.h>

#include <algorithm>
#include <ranges>
#include <type_traits>

namespace tipoff::collect {
namespace {

std::string_view type_name(simdjson::dom::element element) {
    switch (element.type()) {
        case simdjson::dom::element_type::ARRAY: return "a list";
        case simdjson::dom::element_type::OBJECT: return "an object";
        case simdjson::dom::element_type::INT64:
        case simdjson::dom::element_type::UINT64: return "a whole number";
        case simdjson::dom::element_type::DOUBLE: return "a number with a fraction";
        case simdjson::dom::element_type::STRING: return "text";
        case simdjson::dom::element_type::BOOL: return "true or false";
        case simdjson::dom::element_type::NULL_VALUE: return "null";
    }
    return "something else";
}

}  // namespace

void Shape::wrong(std::string_view path, std::string_view what) {
    if (!is_sound()) return;
    where_ = path;
    problem_ = fmt::format("{} {}", path.empty() ? "the document" : path, what);
}

std::uint32_t JsonValue::step_number() const {
    if (step_number_ == kNotNumbered) {
        shape_->steps_.push_back(step_);
        step_number_ = static_cast<std::uint32_t>(shape_->steps_.size());
    }
    return step_number_;
}

std::string JsonValue::path() const {
    if (step_number_ == kDocument) return {};
    std::vector<Step> steps{step_};
    while (steps.back().before != kDocument)
        steps.push_back(shape_->steps_[steps.back().before - 1]);
    std::string text;
    for (const Step& step : steps | std::views::reverse) {
        if (step.key.empty()) {
            text += fmt::format("[{}]", step.index);
        } else {
            if (!text.empty()) text += '.';
            text += step.key;
        }
    }
    return text;
}

JsonValue JsonValue::member(std::string_view key) const {
    if (!element_) return {shape_, {.key = key}};
    JsonValue member(shape_, {.key = key, .before = step_number()});
    simdjson::dom::object object;
    if (element_->get(object) != simdjson::SUCCESS) {
        wrong(fmt::format("is {}, to be an object", type_name(*element_)));
        return member;
    }
    simdjson::dom::element found;
    if (object.at_key(key).get(found) != simdjson::SUCCESS) {
        member.wrong("is missing");
    } else {
        member.element_ = found;
    }
    return member;
}

template <class T>
T JsonValue::as(std::string_view expected) const {
    if (!element_) return {};
    T value{};
    if (element_->get(value) == simdjson::SUCCESS) return value;
    wrong(fmt::format("is {}, to be {}", type_name(*element_), expected));
    return {};
}

template <class T>
std::optional<T> JsonValue::optional(std::string_view key, std::string_view expected) const {
    const JsonValue found = member(key);
    if (!found.element_ || found.is_null()) return std::nullopt;
    return found.as<T>(expected);
}

JsonValue JsonValue::object(std::string_view key) const {
    JsonValue found = member(key);
    if (found.element_ && !found.is_object()) {
        found.wrong(fmt::format("is {}, to be an object", type_name(*found.element_)));
        found.element_.reset();
    }
    return found;
}

JsonValue JsonValue::value(std::string_view key) const { return member(key); }

std::vector<JsonValue> JsonValue::array(std::string_view key) const {
    return member(key).elements();
}

std::string JsonValue::text(std::string_view key) const { return member(key).as_text(); }
std::int64_t JsonValue::integer(std::string_view key) const { return member(key).as_integer(); }
double JsonValue::number(std::string_view key) const { return member(key).as_number(); }
bool JsonValue::boolean(std::string_view key) const {
    return member(key).as<bool>("true or false");
}

std::optional<std::string> JsonValue::optional_text(std::string_view key) const {
    const auto text = optional<std::string_view>(key, "text");
    return text ? std::optional<std::string>(*text) : std::nullopt;
}

std::optional<std::int64_t> JsonValue::optional_integer(std::string_view key) const {
    return optional<std::int64_t>(key, "a whole number");
}

std::optional<double> JsonValue::optional_number(std::string_view key) const {
    return optional<double>(key, "a number");
}

std::optional<JsonValue> JsonValue::optional_object(std::string_view key) const {
    const JsonValue found = member(key);
    if (!found.element_ || found.is_null()) return std::nullopt;
    return object(key);
}

bool JsonValue::has(std::string_view key) const {
    if (!element_) return false;
    simdjson::dom::object object;
    return element_->get(object) == simdjson::SUCCESS &&
           object.at_key(key).error() == simdjson::SUCCESS;
}

bool JsonValue::is_written_whole(std::string_view key) const {
    const JsonValue found = member(key);
    return found.element_ && (found.element_->is_int64() || found.element_->is_uint64());
}

std::vector<JsonValue> JsonValue::elements() const {
    std::vector<JsonValue> values;
    const auto array = as<simdjson::dom::array>("a list");
    if (!element_ || !element_->is_array()) return values;
    values.reserve(array.size());
    const std::uint32_t before = step_number();
    for (const simdjson::dom::element element : array) {
        const auto index = static_cast<std::uint32_t>(values.size());
        JsonValue value(shape_, {.key = {}, .index = index, .before = before});
        value.element_ = element;
        values.push_back(value);
    }
    return values;
}

std::string JsonValue::as_text() const { return std::string(as<std::string_view>("text")); }
std::int64_t JsonValue::as_integer() const { return as<std::int64_t>("a whole number"); }
double JsonValue::as_number() const { return as<double>("a number"); }
bool JsonValue::is_null() const { return element_ && element_->is_null(); }
bool JsonValue::is_object() const { return element_ && element_->is_object(); }
JsonValue JsonValue::called(std::string_view name) const {
    JsonValue same = *this;
    same.step_ = {.key = name, .before = step_.before};
    same.step_number_ = kNotNumbered;
    return same;
}

void JsonValue::wrong(std::string_view what) const { shape_->wrong(path(), what); }
bool JsonValue::is_sound() const { return shape_->is_sound(); }

Expected<std::unique_ptr<JsonDocument>> JsonDocument::parse(std::span<const char> bytes) {
    std::unique_ptr<JsonDocument> document(new JsonDocument);
    const auto error = document->parser_.parse(bytes.data(), bytes.size()).get(document->root_);
    if (error != simdjson::SUCCESS) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("not JSON: {}", simdjson::error_message(error)));
    }
    return document;
}

JsonValue JsonDocument::root() {
    JsonValue root(&shape_, {});
    root.element_ = root_;
    root.step_number_ = JsonValue::kDocument;
    return root;
}

ResultSet::ResultSet(const JsonValue& root, std::string_view name,
                     std::span<const std::string_view> columns)
    : columns_(columns) {
    for (const JsonValue& set : root.array("resultSets")) {
        if (set.text("name") != name) continue;
        std::vector<std::string> headers;
        for (const JsonValue& header : set.array("headers"))
            headers.push_back(header.as_text());
        for (const std::string_view column : columns) {
            const auto found = std::ranges::find(headers, column);
            if (found == headers.end()) {
                set.wrong(fmt::format("({}) has no column {}", name, column));
                return;
            }
            places_.push_back(static_cast<std::size_t>(found - headers.begin()));
        }
        for (const JsonValue& row : set.array("rowSet")) {
            std::vector<JsonValue> cells = row.elements();
            if (cells.size() != headers.size()) {
                row.wrong(fmt::format("has {} cells, to be {}", cells.size(), headers.size()));
                return;
            }
            rows_.push_back(row);
            cells_.push_back(std::move(cells));
        }
        return;
    }
    root.wrong(fmt::format("has no result set {}", name));
}

JsonValue ResultSet::cell(std::size_t row, std::size_t column) const {
    return cells_[row][places_[column]].called(columns_[column]);
}

}  // namespace tipoff::collect
