#include "cli/serve_settings.h"

#include "cli/config_reading.h"

namespace tipoff::cli {

Expected<ServeSettings> read_serve_settings(const YAML::Node& node,
                                            const std::filesystem::path& file) {
    ServeSettings settings;
    serve::Limits& limits = settings.limits;
    const ConfigReader reader(file, kServeSection);
    const auto whole = [&reader](std::string_view key, auto& target) {
        return std::pair(key, reader.whole(key, target));
    };
    TIPOFF_CHECK(reader.read(node, {{"listen", reader.text(settings.listen)},
                                    {"loopback_reads_without_token",
                                     reader.truth(settings.loopback_reads_without_token)},
                                    whole("body_bytes", limits.body_bytes),
                                    whole("connections", limits.connections),
                                    whole("request_ms", limits.request_time),
                                    whole("answer_ms", limits.answer_time),
                                    whole("idle_ms", limits.idle_time),
                                    whole("requests_a_minute", limits.requests_a_minute),
                                    whole("wrong_tokens_a_minute", limits.wrong_tokens)}));
    return settings;
}

}  // namespace tipoff::cli
