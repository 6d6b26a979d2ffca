#include "coordinate/open_queue.h"

#include <cstdlib>
#include <filesystem>
#include <optional>

#include "coordinate/in_process_queue.h"
#include "coordinate/jetstream/jetstream_queue.h"
#include "coordinate/worker.h"

namespace tipoff::coordinate {
namespace {

class InProcess final : public OpenQueue {
public:
    explicit InProcess(const InProcessWorkers& workers)
        : workers_(queue_, workers.count, workers.name) {}
    [[nodiscard]] WorkDesk& desk() override { return queue_; }

private:
    InProcessQueue queue_;
    WorkerThreads workers_;
};

class OverJetStream final : public OpenQueue {
public:
    explicit OverJetStream(std::unique_ptr<jetstream::Desk> desk) : desk_(std::move(desk)) {}
    [[nodiscard]] WorkDesk& desk() override { return *desk_; }

private:
    std::unique_ptr<jetstream::Desk> desk_;
};

/// What a variable of the environment names; nothing where it is unset or empty.
std::optional<std::filesystem::path> file_of(const char* variable) {
    const char* const path = std::getenv(variable);
    if (path == nullptr || *path == '\0') return std::nullopt;
    return path;
}

Expected<jetstream::Options> options_of(std::string_view url) {
    jetstream::Options options;
    TIPOFF_TRY(options.address, jetstream::parse_address(url));
    options.credentials = file_of(jetstream::kCredentialsVariable);
    options.certificates = file_of(jetstream::kCertificatesVariable);
    return options;
}

}  // namespace

Expected<std::unique_ptr<OpenQueue>> open_work_queue(std::string_view url, const Clock& clock,
                                                     const InProcessWorkers& workers) {
    if (url.empty()) return std::make_unique<InProcess>(workers);
    TIPOFF_TRY(const jetstream::Options options, options_of(url));
    TIPOFF_TRY(auto desk, jetstream::Desk::open(options, clock));
    return std::make_unique<OverJetStream>(std::move(desk));
}

Expected<std::unique_ptr<WorkSource>> open_work_source(std::string_view url, const Clock& clock) {
    TIPOFF_TRY(const jetstream::Options options, options_of(url));
    return jetstream::Source::open(options, clock);
}

}  // namespace tipoff::coordinate
