#include "support/postgres_server.h"

#include <fmt/core.h>
#include <pwd.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "store/postgres/postgres_database.h"
#include "support/database.h"
#include "support/files.h"

namespace tipoff::support {
namespace {

/// Debian keeps each release's programs apart.
std::filesystem::path programs() {
    for (int release = 20; release >= 13; --release) {
        const std::filesystem::path folder = fmt::format("/usr/lib/postgresql/{}/bin", release);
        if (std::filesystem::exists(folder / "initdb")) return folder;
    }
    return {};
}

/// Becomes the program, as Debian's user where we are root: the server refuses to be root's. It
/// ends with us, however we end.
[[noreturn]] void become(std::vector<std::string> command) {
    ::alarm(0);
    std::vector<std::string> whole{"setpriv", "--pdeathsig", "QUIT"};
    if (::geteuid() == 0)
        whole.insert(whole.end(), {"--reuid", "postgres", "--regid", "postgres", "--clear-groups"});
    whole.insert(whole.end(), command.begin(), command.end());
    std::vector<char*> arguments;
    for (std::string& part : whole)
        arguments.push_back(part.data());
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(kChildThrew);
}

/// What it prints, errors among it, is heard over the channel.
std::unique_ptr<ChildProcess> started(std::vector<std::string> command) {
    return std::make_unique<ChildProcess>([command](Channel& channel) -> int {
        channel.become_standard_streams();
        ::dup2(STDOUT_FILENO, STDERR_FILENO);
        become(command);
    });
}

}  // namespace

PostgresServer* PostgresServer::shared() {
    static const std::unique_ptr<PostgresServer> server(programs().empty() ? nullptr
                                                                           : new PostgresServer);
    return server.get();
}

PostgresServer::PostgresServer() {
    if (::geteuid() == 0) {
        const passwd* user = ::getpwnam("postgres");
        if (user == nullptr || ::chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) != 0)
            throw std::runtime_error("no folder for the user 'postgres'");
    }
    const std::string data = folder_ / "data";
    const auto made = started({programs() / "initdb", "--pgdata", data, "--username", "tipoff",
                               "--auth", "trust", "--no-sync", "--encoding", "UTF8", "--locale",
                               "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "en-US"});
    std::string said;
    while (const auto line = made->channel().hear())
        said += *line + '\n';
    if (made->wait().code != 0) throw std::runtime_error("initdb failed:\n" + said);

    // As an example says it; what only tests may do overrides it on the command line.
    std::ofstream(data + "/postgresql.conf", std::ios::app)
        << read_file(std::filesystem::path(TIPOFF_SOURCE_DIR) / "deploy/postgresql/tipoff.conf");
    server_ = started({programs() / "postgres", "-D", data, "-k", folder_.path().string(), "-c",
                       "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c",
                       "synchronous_commit=off", "-c", "shared_buffers=64MB", "-c",
                       "autovacuum=off", "-c", "max_wal_size=256MB"});
    said.clear();
    while (true) {
        const auto line = server_->channel().hear();
        if (!line) throw std::runtime_error("postgres ended:\n" + said);
        said += *line + '\n';
        if (line->contains("ready to accept connections")) break;
    }
    // Nobody reads what it says from here on, and it must not wait for a reader.
    log_reader_ = std::jthread([this] {
        while (server_->channel().hear()) {
        }
    });
}

PostgresServer::~PostgresServer() {
    ::kill(server_->pid(), SIGQUIT);
    server_->wait();
    log_reader_.join();
}

std::string PostgresServer::url(const std::string& database) const {
    // A folder as host is percent-encoded.
    std::string host;
    for (const char c : folder_.path().string())
        host += c == '/' ? std::string("%2F") : std::string(1, c);
    return fmt::format("postgresql://tipoff@{}/{}", host, database);
}

std::string PostgresServer::new_database() { return make_database(""); }

std::string PostgresServer::copy_of(const std::string& database_url) {
    return make_database(" TEMPLATE " + database_url.substr(database_url.rfind('/') + 1));
}

std::string PostgresServer::make_database(const std::string& more) {
    const std::string name = fmt::format("test_{}", ++databases_);
    const auto database = value_of(store::open_postgres(url("postgres"), {}));
    // Outside of a transaction, where alone a database can be made.
    value_of(database->read("CREATE DATABASE " + name + more, {}));
    return url(name);
}

}  // namespace tipoff::support
