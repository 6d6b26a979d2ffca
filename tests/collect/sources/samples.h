#pragma once
/// Recorded answers of the real upstreams, where they lie beside the checkout, and ways to damage
/// them.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "collect/source.h"

namespace tipoff::collect::test {

/// The bytes of "FOLDER/FILE" of the recordings, unpacked; nothing where they are not there.
[[nodiscard]] std::optional<std::string> sample(std::string_view path);

[[nodiscard]] Reading read(const Source& source, std::string_view document, const Ask& ask = {});

/// How a field goes wrong.
enum class Damage { kRemoved, kRenamed, kNulled, kRetyped };
inline constexpr std::array kDamages{Damage::kRemoved, Damage::kRenamed, Damage::kNulled,
                                     Damage::kRetyped};

/// The document with the field at a JSON pointer ("/data/0/team/full_name") damaged.
[[nodiscard]] std::string damaged(const nlohmann::json& document, const std::string& pointer,
                                  Damage damage);

/// Expects that a document whose field is gone, called otherwise, null or of another type is
/// malformed, that the outcome names the field, and that no record is made of it. `may_be_null`:
/// a null alone is no fault.
void expect_relied_on(const Source& source, const nlohmann::json& document,
                      const std::string& pointer, bool may_be_null = false);

}  // namespace tipoff::collect::test

/// Ends a test as skipped where the recordings are not there; otherwise declares `name`.
#define TIPOFF_SAMPLE(name, path)                                       \
    const auto name##_bytes = tipoff::collect::test::sample(path);      \
    if (!name##_bytes) GTEST_SKIP() << "no recorded answers: " << path; \
    const std::string& name = *name##_bytes
