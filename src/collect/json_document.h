#pragma once
/// JSON of upstreams, read strictly.
///
/// Whoever reads says what he relies on. The first thing that is not so (a field that is missing,
/// or of another type) is kept with its path, "data[3].team.abbreviation is missing", and from then
/// on every answer is empty: a reader goes through to its end and asks once whether the document
/// was sound. Values stay valid as long as their document.

#include <simdjson.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace tipoff::collect {

/// The first thing in a document that is not as its reader relies on.
class Shape {
public:
    [[nodiscard]] bool is_sound() const { return problem_.empty(); }
    [[nodiscard]] const std::string& problem() const { return problem_; }
    /// The path that the problem begins with; empty where it is the document's.
    [[nodiscard]] const std::string& where() const { return where_; }

    /// "PATH WHAT": a problem found by the reader itself ("is 12 teams, to be 2").
    void wrong(std::string_view path, std::string_view what);

private:
    friend class JsonValue;

    /// A key of an object, or the place of an element where the key is empty.
    struct Step {
        std::string_view key;
        std::uint32_t index = 0;
        std::uint32_t before = 0;  ///< number of the step before it; 0 is the document
    };

    std::string problem_;
    std::string where_;
    std::vector<Step> steps_;  ///< to values that something was read of; step 1 stands first
};

/// A value and where it stands. What is asked of a value of another type is a problem of the shape.
class JsonValue {
public:
    JsonValue() = default;

    // Of an object. The key has to be there; `optional_*` are nothing where it is null.
    [[nodiscard]] JsonValue object(std::string_view key) const;
    [[nodiscard]] std::vector<JsonValue> array(std::string_view key) const;
    [[nodiscard]] std::string text(std::string_view key) const;
    [[nodiscard]] std::int64_t integer(std::string_view key) const;
    [[nodiscard]] double number(std::string_view key) const;
    [[nodiscard]] bool boolean(std::string_view key) const;
    [[nodiscard]] std::optional<std::string> optional_text(std::string_view key) const;
    [[nodiscard]] std::optional<std::int64_t> optional_integer(std::string_view key) const;
    [[nodiscard]] std::optional<double> optional_number(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const;         ///< also where it is null
    [[nodiscard]] JsonValue value(std::string_view key) const;  ///< of any type
    /// Whether the key's number is written without a fraction: "2" is, "2.0" is not.
    [[nodiscard]] bool is_written_whole(std::string_view key) const;
    /// The object of the key, or nothing where it is null.
    [[nodiscard]] std::optional<JsonValue> optional_object(std::string_view key) const;

    // Of the value itself.
    [[nodiscard]] std::vector<JsonValue> elements() const;
    [[nodiscard]] std::string as_text() const;
    [[nodiscard]] std::int64_t as_integer() const;
    [[nodiscard]] double as_number() const;
    [[nodiscard]] bool is_null() const;
    [[nodiscard]] bool is_object() const;

    /// "data[3].team", for problems that the reader finds.
    [[nodiscard]] std::string path() const;
    /// The same value under a name that lives as long as the document, in place of the last step of
    /// its path: a cell by its column.
    [[nodiscard]] JsonValue called(std::string_view name) const;
    /// A problem of this value: "PATH WHAT".
    void wrong(std::string_view what) const;
    [[nodiscard]] bool is_sound() const;

private:
    friend class JsonDocument;

    using Step = Shape::Step;

    JsonValue(Shape* shape, Step step) : shape_(shape), step_(step) {}

    /// The number of this value's step, for the steps of what is read of it.
    [[nodiscard]] std::uint32_t step_number() const;
    [[nodiscard]] JsonValue member(std::string_view key) const;
    template <class T>
    [[nodiscard]] T as(std::string_view expected) const;
    template <class T>
    [[nodiscard]] std::optional<T> optional(std::string_view key, std::string_view expected) const;

    static constexpr std::uint32_t kDocument = 0;
    static constexpr std::uint32_t kNotNumbered = UINT32_MAX;

    // A value is small, as readers have one a field; its path is put together where there is a
    // problem to tell.
    std::optional<simdjson::dom::element> element_;  ///< nothing after a problem
    Shape* shape_ = nullptr;
    Step step_;
    mutable std::uint32_t step_number_ = kNotNumbered;
};

/// A whole document.
class JsonDocument {
public:
    /// `kInvalidInput` where the bytes are not one JSON value: cut short, HTML, not UTF-8.
    static Expected<std::unique_ptr<JsonDocument>> parse(std::span<const char> bytes);

    JsonDocument(const JsonDocument&) = delete;
    JsonDocument& operator=(const JsonDocument&) = delete;

    [[nodiscard]] JsonValue root();
    [[nodiscard]] Shape& shape() { return shape_; }

private:
    JsonDocument() = default;

    simdjson::dom::parser parser_;
    simdjson::dom::element root_;
    Shape shape_;
};

/// A table of stats.nba.com: `{"resultSets": [{"name", "headers", "rowSet"}]}`. Columns are found
/// by their names, wherever they stand.
class ResultSet {
public:
    /// The set of this name; a problem of the shape where there is none, or where it lacks one of
    /// the columns, whose names live as long as the document.
    ResultSet(const JsonValue& root, std::string_view name,
              std::span<const std::string_view> columns);

    [[nodiscard]] std::size_t rows() const { return rows_.size(); }

    /// A cell by the place of its column in `columns`; its path ends in the column's name.
    [[nodiscard]] JsonValue cell(std::size_t row, std::size_t column) const;
    [[nodiscard]] JsonValue row(std::size_t row) const { return rows_[row]; }

private:
    std::vector<JsonValue> rows_;
    std::vector<std::vector<JsonValue>> cells_;
    std::span<const std::string_view> columns_;
    std::vector<std::size_t> places_;  ///< of the columns in a row
};

}  // namespace tipoff::collect
