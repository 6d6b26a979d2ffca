#pragma once
/// A socket on loopback at a port that was free.

namespace tipoff::support {

struct LoopbackListener {
    int socket = -1;  ///< of who takes it
    int port = 0;
};

/// Listens from now on; throws where that cannot be.
[[nodiscard]] LoopbackListener listen_on_loopback();

}  // namespace tipoff::support
