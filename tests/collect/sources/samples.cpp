#include "collect/sources/samples.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "collect/archive.h"
#include "collect/byte_stream.h"
#include "support/expected.h"
#include "support/files.h"

namespace tipoff::collect::test {
std::optional<std::string> sample(std::string_view path) {
    const auto file = std::filesystem::path(TIPOFF_SHARED_DATA).parent_path() / "samples" / path;
    if (!std::filesystem::exists(file)) return std::nullopt;
    const auto document = support::value_of(unpacked(support::read_file(file), kMaxDocumentBytes));
    return std::string(document.begin(), document.end());
}

Reading read(const Source& source, std::string_view document, const Ask& ask) {
    return source.read({document.data(), document.size()}, ask);
}

std::string damaged(const nlohmann::json& document, const std::string& pointer, Damage damage) {
    nlohmann::json changed = document;
    const nlohmann::json::json_pointer place(pointer);
    nlohmann::json& parent = changed.at(place.parent_pointer());
    nlohmann::json& value = changed.at(place);
    const std::string key = place.back();
    switch (damage) {
        case Damage::kNulled: value = nullptr; break;
        case Damage::kRetyped:
            if (value.is_string()) {
                value = 7;
            } else {
                value = "seven";
            }
            break;
        case Damage::kRenamed:
            parent[key + "_v2"] = value;
            parent.erase(key);
            break;
        case Damage::kRemoved: parent.erase(key); break;
    }
    return changed.dump();
}

void expect_relied_on(const Source& source, const nlohmann::json& document,
                      const std::string& pointer, bool may_be_null) {
    const std::string field = nlohmann::json::json_pointer(pointer).back();
    for (const Damage damage : kDamages) {
        if (damage == Damage::kNulled && may_be_null) continue;
        const Reading reading = read(source, damaged(document, pointer, damage));
        SCOPED_TRACE(pointer + ", damage " + std::to_string(static_cast<int>(damage)));
        EXPECT_EQ(reading.outcome.kind, OutcomeKind::kMalformed);
        EXPECT_NE(reading.outcome.detail.find(field), std::string::npos) << reading.outcome.detail;
        EXPECT_EQ(records_in(reading.records), 0U);
    }
}

}  // namespace tipoff::collect::test
