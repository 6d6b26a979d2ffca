#include "serve/home_socket.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace tipoff::serve {
namespace {

constexpr const char* kName = "tipoff.sock";
constexpr int kWaitingCallers = 64;

/// One who takes nothing for so long has stopped.
constexpr std::chrono::seconds kSendPatience{30};
constexpr std::chrono::seconds kCallPatience{10};

std::unexpected<Error> io_error(std::string_view what) {
    return fail(ErrorCode::kIo, fmt::format("{}: {}", what, std::strerror(errno)));
}

/// The socket's address by way of the open folder: a path of any length becomes a short one.
sockaddr_un address_in(const Descriptor& folder) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = fmt::format("/proc/self/fd/{}/{}", folder.number(), kName);
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    return address;
}

const sockaddr* generic(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

Expected<Descriptor> open_folder(const std::filesystem::path& home) {
    Descriptor folder(::open(home.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!folder.is_open()) return io_error(home.string());
    return folder;
}

Expected<Descriptor> make_socket(int more_flags) {
    Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | more_flags, 0));
    if (!socket.is_open()) return io_error("no socket");
    return socket;
}

void set_patience(int socket, int direction, std::chrono::seconds patience) {
    const timeval limit{.tv_sec = static_cast<time_t>(patience.count()), .tv_usec = 0};
    // A socket without the limit works as well; it only waits longer.
    (void)::setsockopt(socket, SOL_SOCKET, direction, &limit, sizeof limit);
}

/// Whose process is at the other end; nobody's where the system does not say.
std::optional<uid_t> user_behind(int socket) {
    ucred other{};
    socklen_t size = sizeof other;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &other, &size) != 0) return std::nullopt;
    return other.uid;
}

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
}

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

Status HomeConnection::send(const Frame& frame) {
    std::string bytes;
    append_frame(bytes, frame);
    for (std::string_view rest = bytes; !rest.empty();) {
        const auto sent = ::send(socket_.number(), rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return io_error("the other side of the socket is gone");
        rest.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
}

Expected<std::optional<Frame>> HomeConnection::receive() {
    std::array<char, 65536> bytes{};
    while (true) {
        TIPOFF_TRY(auto frame, reader_.next());
        if (frame) return frame;
        const auto size = ::recv(socket_.number(), bytes.data(), bytes.size(), 0);
        if (size < 0 && errno == EINTR) continue;
        if (size < 0 && errno == EAGAIN)
            return fail(ErrorCode::kBusy, "the other side of the socket does not answer");
        if (size <= 0) return std::nullopt;
        reader_.add({bytes.data(), static_cast<std::size_t>(size)});
    }
}

void HomeConnection::be_patient(std::chrono::seconds patience) const {
    set_patience(socket_.number(), SO_RCVTIMEO, patience);
}

void HomeConnection::shut_down() const { ::shutdown(socket_.number(), SHUT_RDWR); }

Expected<HomeSocket> HomeSocket::listen(const std::filesystem::path& home) {
    TIPOFF_TRY(Descriptor folder, open_folder(home));
    TIPOFF_TRY(Descriptor socket, make_socket(SOCK_NONBLOCK));
    // The home's lock is ours, so nobody listens at what lies there.
    if (::unlinkat(folder.number(), kName, 0) != 0 && errno != ENOENT)
        return io_error((home / kName).string());
    // The file is made with the socket's own mode, so there is no moment at which others may call.
    if (::fchmod(socket.number(), S_IRUSR | S_IWUSR) != 0) return io_error("mode of the socket");
    const sockaddr_un address = address_in(folder);
    if (::bind(socket.number(), generic(address), sizeof address) != 0 ||
        ::listen(socket.number(), kWaitingCallers) != 0)
        return io_error((home / kName).string());
    return HomeSocket(std::move(folder), std::move(socket));
}

HomeSocket::~HomeSocket() {
    if (folder_.is_open()) (void)::unlinkat(folder_.number(), kName, 0);
}

std::optional<HomeConnection> HomeSocket::accept() const {
    Descriptor caller(::accept4(socket_.number(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!caller.is_open()) return std::nullopt;
    const auto user = user_behind(caller.number());
    if (!user || (*user != ::geteuid() && *user != 0)) return std::nullopt;
    set_patience(caller.number(), SO_SNDTIMEO, kSendPatience);
    return HomeConnection(std::move(caller));
}

Expected<std::optional<HomeConnection>> call_home(const std::filesystem::path& home) {
    const auto folder = open_folder(home);
    if (!folder) return std::nullopt;
    TIPOFF_TRY(Descriptor socket, make_socket(0));
    set_patience(socket.number(), SO_SNDTIMEO, kCallPatience);
    const sockaddr_un address = address_in(*folder);
    if (::connect(socket.number(), generic(address), sizeof address) != 0) {
        if (errno == EAGAIN)
            return fail(ErrorCode::kBusy, "the process that holds the home takes no calls");
        return std::nullopt;
    }
    struct stat owner{};
    const auto user = user_behind(socket.number());
    const bool is_known = ::fstat(folder->number(), &owner) == 0 && user &&
                          (*user == ::geteuid() || *user == 0 || *user == owner.st_uid);
    if (!is_known)
        return fail(
            ErrorCode::kRefused,
            fmt::format("{} is listened at by another user's process", (home / kName).string()),
            "look who may write in that folder (tipoff doctor)");
    return HomeConnection(std::move(socket));
}

}  // namespace tipoff::serve
