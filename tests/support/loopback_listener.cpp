#include "support/loopback_listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <stdexcept>

namespace tipoff::support {

LoopbackListener listen_on_loopback() {
    LoopbackListener listener{.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (listener.socket < 0 || ::bind(listener.socket, generic, size) != 0 ||
        ::listen(listener.socket, 16) != 0 || ::getsockname(listener.socket, generic, &size) != 0)
        throw std::runtime_error("no socket on loopback");
    listener.port = ntohs(address.sin_port);
    return listener;
}

}  // namespace tipoff::support
