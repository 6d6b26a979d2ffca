#pragma once
/// The dashboard's files, served from memory, and which paths are pages of it.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "serve/content.h"
#include "serve/embedded_file.h"
#include "serve/message.h"
#include "serve/route.h"

namespace tipoff::serve {

/// What `web/` was built to; nothing where the program was built without it. Made at build time and
/// linked by the program alone (cmake/dashboard.cmake).
[[nodiscard]] std::span<const EmbeddedFile> dashboard_files();

class Dashboard {
public:
    /// Damaged files are a broken invariant. Their bytes are looked at only here.
    explicit Dashboard(std::span<const EmbeddedFile> files);

    /// The file of that path; `/index.html` for any other one that looks like a page, that is
    /// without a dot in its last part; 404 for the rest. Where there is no dashboard, a page says
    /// in plain words how to get it.
    [[nodiscard]] Response answer(std::string_view path) const;

private:
    std::map<std::string, ContentPtr, std::less<>> files_;
};

/// `/` and `/assets/{name}`. The router asks the first for every page (`RouteTable::is_page`).
/// `dashboard` outlives them.
[[nodiscard]] std::vector<Route> dashboard_routes(const Dashboard& dashboard);

}  // namespace tipoff::serve
