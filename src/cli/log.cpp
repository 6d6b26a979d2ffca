#include "cli/log.h"

#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <mutex>
#include <string_view>

#include "cli/caller.h"

namespace tipoff::cli {
namespace {

spdlog::level::level_enum level_of(LogLevel level) {
    switch (level) {
        case LogLevel::kDebug: return spdlog::level::debug;
        case LogLevel::kInfo: return spdlog::level::info;
        case LogLevel::kWarn: return spdlog::level::warn;
        case LogLevel::kError: return spdlog::level::err;
        case LogLevel::kOff: return spdlog::level::off;
    }
    return spdlog::level::warn;
}

/// One process may serve several callers, each with a level of its own.
class CallerSink final : public spdlog::sinks::base_sink<std::mutex> {
protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        if (message.level < level_of(caller().log_level())) return;
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        caller().write(Stream::kErrors, {line.data(), line.size()});
    }
    void flush_() override {}
};

}  // namespace

void set_up_log() {
    auto logger = std::make_shared<spdlog::logger>("tipoff", std::make_shared<CallerSink>());
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
    logger->set_level(spdlog::level::debug);
    spdlog::set_default_logger(std::move(logger));
}

}  // namespace tipoff::cli
