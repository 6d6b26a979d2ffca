#include "coordinate/jetstream/streams.h"

#include <fmt/core.h>

#include <array>

namespace tipoff::coordinate::jetstream {
namespace {

using std::chrono::nanoseconds;

constexpr int kClusterReplicas = 3;

/// Nobody waits for what is older.
constexpr std::chrono::hours kItemsLive{24};
constexpr std::chrono::hours kResultsLive{24};
constexpr std::chrono::days kDeadAreKept{14};
/// A model that is in service for longer is lent again by the next batch.
constexpr std::chrono::days kModelsLive{30};

/// Items in workers' hands at one time: far above what any number of workers takes.
constexpr std::int64_t kMostInHands = 20'000;

/// Workers that ask at one time; each has one request open.
constexpr std::int64_t kMostWaiting = 4'096;

/// How long the coordinator may take to confirm what it has read.
constexpr std::chrono::seconds kCoordinatorConfirms{30};

std::int64_t nanos(nanoseconds time) { return time.count(); }

struct Stream {
    std::string name;
    std::string subject;
    std::string description;
    jsRetentionPolicy retention = js_WorkQueuePolicy;
    nanoseconds max_age{};
    std::int64_t most_per_subject = -1;
};

struct Reader {
    std::string stream;
    const char* durable;
    nanoseconds confirms_within;
    std::int64_t most_deliveries = -1;
};

Error of_another(const Stream& stream) {
    return {ErrorCode::kRefused,
            fmt::format("the server has a stream '{}' that is no queue of tipoff", stream.name),
            "use another name for the queue: nats://host:port/NAME"};
}

bool is_ours(const Stream& stream, const jsStreamConfig& found) {
    return found.Retention == stream.retention && found.SubjectsLen == 1 &&
           found.Subjects[0] == stream.subject;
}

Status add_stream(const Connection& connection, const Stream& stream, int replicas) {
    std::array<const char*, 1> subjects{stream.subject.c_str()};
    jsStreamConfig config;
    jsStreamConfig_Init(&config);
    config.Name = stream.name.c_str();
    config.Description = stream.description.c_str();
    config.Subjects = subjects.data();
    config.SubjectsLen = std::ssize(subjects);
    config.Retention = stream.retention;
    config.Storage = js_FileStorage;
    config.Replicas = replicas;
    config.MaxAge = nanos(stream.max_age);
    config.MaxMsgsPerSubject = stream.most_per_subject;
    config.Duplicates = nanos(kDuplicateWindow);
    bool is_lone = false;
    TIPOFF_CHECK(
        connection.persist(fmt::format("making the stream {}", stream.name), [&](jsErrCode* code) {
            const natsStatus status =
                js_AddStream(nullptr, &connection.context(), &config, nullptr, code);
            is_lone = *code == JSStreamReplicasNotSupportedErr;
            // Another process came first, and may have found other replicas.
            const bool is_there = *code == JSStreamNameExistErr;
            return is_lone || is_there ? NATS_OK : status;
        }));
    if (is_lone && !connection.options().replicas && replicas > 1)
        return add_stream(connection, stream, 1);
    if (is_lone) {
        return fail(ErrorCode::kRefused,
                    fmt::format("{} is one server and keeps no {} copies",
                                to_string(connection.options().address), replicas));
    }
    return {};
}

Status make(const Connection& connection, const Stream& stream) {
    StreamInfoHandle info;
    TIPOFF_CHECK(connection.persist(
        fmt::format("asking for the stream {}", stream.name), [&](jsErrCode* code) {
            const natsStatus status = into(info, [&](auto** out) {
                return js_GetStreamInfo(out, &connection.context(), stream.name.c_str(), nullptr,
                                        code);
            });
            return status == NATS_NOT_FOUND ? NATS_OK : status;
        }));
    if (info == nullptr)
        return add_stream(connection, stream,
                          connection.options().replicas.value_or(kClusterReplicas));
    if (!is_ours(stream, *info->Config)) return std::unexpected(of_another(stream));
    return {};
}

/// Null where there is none.
Expected<ConsumerInfoHandle> find(const Connection& connection, const std::string& stream,
                                  const char* durable) {
    ConsumerInfoHandle info;
    TIPOFF_CHECK(connection.persist(
        fmt::format("asking for the reader {} of {}", durable, stream), [&](jsErrCode* code) {
            const natsStatus status = into(info, [&](auto** out) {
                return js_GetConsumerInfo(out, &connection.context(), stream.c_str(), durable,
                                          nullptr, code);
            });
            return status == NATS_NOT_FOUND ? NATS_OK : status;
        }));
    return info;
}

Status make(const Connection& connection, const Reader& reader) {
    TIPOFF_TRY(const ConsumerInfoHandle found, find(connection, reader.stream, reader.durable));
    if (found != nullptr) return {};
    jsConsumerConfig config;
    jsConsumerConfig_Init(&config);
    config.Durable = reader.durable;
    config.AckPolicy = js_AckExplicit;
    config.AckWait = nanos(reader.confirms_within);
    config.MaxDeliver = reader.most_deliveries;
    config.MaxAckPending = kMostInHands;
    config.MaxWaiting = kMostWaiting;
    return connection.persist(
        fmt::format("making the reader {} of {}", reader.durable, reader.stream),
        [&](jsErrCode* code) {
            return js_AddConsumer(nullptr, &connection.context(), reader.stream.c_str(), &config,
                                  nullptr, code);
        });
}

}  // namespace

std::string given_up_subject(const Connection& connection) {
    return fmt::format("$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.{}.{}",
                       connection.stream(kItems), kWorkers);
}

Expected<std::chrono::milliseconds> silent_worker_loses(const Connection& connection) {
    TIPOFF_TRY(const ConsumerInfoHandle info,
               find(connection, connection.stream(kItems), kWorkers));
    if (info == nullptr) return fail(ErrorCode::kNotFound, "the queue's reader is gone");
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        nanoseconds{info->Config->AckWait});
}

Status make_streams(const Connection& connection) {
    const auto stream = [&](std::string_view name) { return connection.stream(name); };
    const auto all_of = [&](std::string_view kind) { return connection.subject(kind, ">"); };
    const std::array streams{
        Stream{.name = stream(kItems),
               .subject = all_of(kItemSubject),
               .description = "players to forecast",
               .max_age = kItemsLive},
        Stream{.name = stream(kResults),
               .subject = all_of(kResultSubject),
               .description = "what workers say of them",
               .max_age = kResultsLive},
        Stream{.name = stream(kGivenUp),
               .subject = given_up_subject(connection),
               .description = "items that no worker answered",
               .max_age = kDeadAreKept},
        Stream{.name = stream(kDead),
               .subject = all_of(kDeadSubject),
               .description = "items that were given up, and why",
               .retention = js_LimitsPolicy,
               .max_age = kDeadAreKept},
        Stream{.name = stream(kModels),
               .subject = all_of(kModelSubject),
               .description = "models, by their hash",
               .retention = js_LimitsPolicy,
               .max_age = kModelsLive,
               .most_per_subject = 1},
    };
    for (const Stream& one : streams)
        TIPOFF_CHECK(make(connection, one));
    const std::array readers{
        Reader{.stream = stream(kItems),
               .durable = kWorkers,
               .confirms_within = connection.options().silent_worker_loses,
               .most_deliveries = kMostDeliveries},
        Reader{.stream = stream(kResults),
               .durable = kCoordinator,
               .confirms_within = kCoordinatorConfirms},
        Reader{.stream = stream(kGivenUp),
               .durable = kCoordinator,
               .confirms_within = kCoordinatorConfirms},
        Reader{.stream = stream(kDead),
               .durable = kCoordinator,
               .confirms_within = kCoordinatorConfirms},
    };
    for (const Reader& one : readers)
        TIPOFF_CHECK(make(connection, one));
    return {};
}

}  // namespace tipoff::coordinate::jetstream
