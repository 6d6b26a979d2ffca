#include "serve/dashboard.h"

#include <algorithm>
#include <array>

#include "collect/byte_stream.h"
#include "serve/endpoints/endpoints.h"
#include "serve/problem.h"

namespace tipoff::serve {
namespace {

constexpr std::string_view kIndex = "/index.html";
constexpr std::string_view kAssets = "/assets/";
constexpr std::string_view kPlainType = "text/plain; charset=utf-8";
constexpr std::string_view kOtherType = "application/octet-stream";

/// More than any file of a page that loads fast.
constexpr std::size_t kMostBytes = std::size_t{64} << 20;

constexpr std::string_view kNoDashboard =
    "This tipoff was built without its dashboard. To have it, build with npm installed "
    "(script/bootstrap sees "
    "to it) and without -DTIPOFF_DASHBOARD=OFF. The API is here all the same: /openapi.json "
    "describes it.\n";

/// Nothing from elsewhere, nothing inline, and nobody shows the pages inside of theirs.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src "
    "'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

struct MediaType {
    std::string_view ending;
    std::string_view type;
};

constexpr std::array kMediaTypes{
    MediaType{".html", "text/html; charset=utf-8"},
    MediaType{".js", "text/javascript; charset=utf-8"},
    MediaType{".css", "text/css; charset=utf-8"},
    MediaType{".json", "application/json"},
    MediaType{".map", "application/json"},
    MediaType{".webmanifest", "application/manifest+json"},
    MediaType{".svg", "image/svg+xml"},
    MediaType{".png", "image/png"},
    MediaType{".ico", "image/x-icon"},
    MediaType{".woff2", "font/woff2"},
    MediaType{".txt", kPlainType},
};

std::string_view media_type_of(std::string_view path) {
    const auto found = std::ranges::find_if(
        kMediaTypes, [path](const MediaType& known) { return path.ends_with(known.ending); });
    return found == kMediaTypes.end() ? kOtherType : found->type;
}

bool looks_like_a_page(std::string_view path) {
    return !path.substr(path.rfind('/') + 1).contains('.');
}

/// Packed as it was at build time, which is better than what there is time for here.
ContentPtr content_of(const EmbeddedFile& file) {
    const auto bytes =
        collect::unpacked(std::span(file.packed.data(), file.packed.size()), kMostBytes);
    require(bytes.has_value(), "a file of the dashboard is damaged");
    return make_content(media_type_of(file.path), std::string(bytes->begin(), bytes->end()),
                        std::string(file.packed));
}

Response file_response(const ContentPtr& content, std::string_view path) {
    // The name of an asset has a hash of what is in it: another content has another name.
    const bool is_for_ever = path.starts_with(kAssets);
    return Response{.content = content}
        .with("Cache-Control", is_for_ever ? "public, max-age=31536000, immutable" : "no-cache")
        .with("Content-Security-Policy", std::string(kPolicy))
        .with("Referrer-Policy", "no-referrer")
        .with("Cross-Origin-Opener-Policy", "same-origin")
        .with("Cross-Origin-Resource-Policy", "same-origin");
}

}  // namespace

Dashboard::Dashboard(std::span<const EmbeddedFile> files) {
    for (const EmbeddedFile& file : files)
        files_.emplace(file.path, content_of(file));
    require(files.empty() || files_.contains(kIndex), "a dashboard without a first page");
}

Response Dashboard::answer(std::string_view path) const {
    auto found = files_.find(path);
    if (found == files_.end() && looks_like_a_page(path) && !path.starts_with(kAssets)) {
        if (files_.empty())
            return {.status = 404, .content = make_content(kPlainType, std::string(kNoDashboard))};
        found = files_.find(kIndex);
    }
    if (found == files_.end())
        return problem(404, "there is nothing at this path", "/openapi.json lists the paths");
    return file_response(found->second, found->first);
}

std::vector<Route> dashboard_routes(const Dashboard& dashboard) {
    const auto answer = [&dashboard](const Request& request) -> Expected<Response> {
        return dashboard.answer(request.raw.path());
    };
    const ResponseDoc page{.status = 200, .media_type = "text/html", .doc = "The page."};
    return {{.method = "GET",
             .path = "/",
             .name = "get_dashboard",
             .scope = Scope::kPublic,
             .summary =
                 "The dashboard; every path without a dot that is nobody else's gives it as well",
             .parameters = {},
             .responses = {page,
                           {.status = 404,
                            .media_type = "text/plain",
                            .doc = "The program was built without it."}},
             .is_file = true,
             .handler = answer},
            {.method = "GET",
             .path = "/assets/{name}",
             .name = "get_asset",
             .scope = Scope::kPublic,
             .summary = "A file that the dashboard's pages are made of; may be kept for a year",
             .parameters = {{.name = "name",
                             .doc = "As the page names it, with the hash of its content.",
                             .place = Parameter::Place::kPath}},
             .responses = {{.status = 200,
                            .media_type = "text/javascript",
                            .doc = "Script, style, picture or font, by its type."},
                           not_found_doc("There is no such file.")},
             .is_file = true,
             .handler = answer}};
}

}  // namespace tipoff::serve
