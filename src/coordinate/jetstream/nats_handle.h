#pragma once
/// What the NATS library hands out, as objects. Only for sources of jetstream/: it brings the
/// library's header.

#include <nats/nats.h>

#include <memory>
#include <string>
#include <string_view>

namespace tipoff::coordinate::jetstream {

template <auto Destroy>
struct NatsDeleter {
    template <class T>
    void operator()(T* object) const {
        Destroy(object);
    }
};

using ConnectionHandle = std::unique_ptr<natsConnection, NatsDeleter<natsConnection_Destroy>>;
using ContextHandle = std::unique_ptr<jsCtx, NatsDeleter<jsCtx_Destroy>>;
using OptionsHandle = std::unique_ptr<natsOptions, NatsDeleter<natsOptions_Destroy>>;
using SubscriptionHandle = std::unique_ptr<natsSubscription, NatsDeleter<natsSubscription_Destroy>>;
using MessageHandle = std::unique_ptr<natsMsg, NatsDeleter<natsMsg_Destroy>>;
using MetaDataHandle = std::unique_ptr<jsMsgMetaData, NatsDeleter<jsMsgMetaData_Destroy>>;
using StreamInfoHandle = std::unique_ptr<jsStreamInfo, NatsDeleter<jsStreamInfo_Destroy>>;
using ConsumerInfoHandle = std::unique_ptr<jsConsumerInfo, NatsDeleter<jsConsumerInfo_Destroy>>;

/// Takes what a call gives through a pointer to a pointer: `into(handle, [&](auto** out) {...})`.
template <class Handle, class Call>
natsStatus into(Handle& handle, Call&& call) {
    typename Handle::pointer object = nullptr;
    const natsStatus status = call(&object);
    handle.reset(object);
    return status;
}

[[nodiscard]] inline std::string_view body_of(natsMsg& message) {
    return {natsMsg_GetData(&message), static_cast<std::size_t>(natsMsg_GetDataLength(&message))};
}

/// Empty where there is no such header.
[[nodiscard]] inline std::string header_of(natsMsg& message, const char* name) {
    const char* value = nullptr;
    return natsMsgHeader_Get(&message, name, &value) == NATS_OK && value != nullptr ? value : "";
}

inline constexpr const char* kIdHeader = "Nats-Msg-Id";

}  // namespace tipoff::coordinate::jetstream
