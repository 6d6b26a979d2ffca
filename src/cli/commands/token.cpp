/// `tipoff token`: who may use the API.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/json_output.h"
#include "operate/tokens.h"
#include "serve/documents/listing.h"

namespace tipoff::cli {
namespace {

using operate::TokenRow;
using operate::TokenState;

struct CreateOptions {
    std::optional<std::string> scope;
    std::optional<std::string> name;
    std::optional<std::string> expires;
    Format format = Format::kTable;
};

struct ListOptions {
    Format format = Format::kTable;
};

struct RevokeOptions {
    std::string token_id;
    Format format = Format::kTable;
};

/// Without the hash: nobody has any use for it.
Listing token_listing(const std::vector<TokenRow>& tokens, Instant now) {
    Listing listing{.columns = {"id", "name", "scope", "state", "created_at", "expires_at",
                                "revoked_at", "last_used_at"},
                    .rows = {}};
    for (const TokenRow& token : tokens) {
        const TokenState state = operate::state_of(token, now);
        listing.rows.push_back(
            {Cell::text(token.token_id), serve::text_or_null(token.name), Cell::text(token.scope),
             Cell::text(operate::to_string(state))
                 .toned(state == TokenState::kGood ? Tone::kGood : Tone::kFaint),
             Cell::instant(token.created_at), serve::instant_or_null(token.expires_at),
             serve::instant_or_null(token.revoked_at), serve::instant_or_null(token.last_used_at)});
    }
    return listing;
}

Expected<operate::TokenRequest> request_of(const CreateOptions& options) {
    const auto scope = operate::find_token_scope(options.scope.value_or(""));
    if (!scope)
        return fail(ErrorCode::kUsage, "--scope: what may it do?", "--scope read, or operate");
    operate::TokenRequest request{.scope = *scope, .name = options.name.value_or(""), .lives = {}};
    if (!options.expires) return request;
    request.lives = parse_span(*options.expires);
    if (request.lives && *request.lives > std::chrono::seconds{0}) return request;
    return fail(ErrorCode::kUsage,
                fmt::format("--expires: '{}' is no span of time", *options.expires),
                "12h, 90d; without it the token is good until it is revoked");
}

Expected<ExitCode> create(const CreateOptions& options, const Context& context) {
    TIPOFF_TRY(const auto request, request_of(options));
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadWrite));
    TIPOFF_TRY(const operate::CreatedToken made,
               operate::create_token(home->database(), request, context.clock()));
    switch (options.format) {
        case Format::kJson: {
            Json document = json_rows(token_listing({made.row}, made.row.created_at)).front();
            document["token"] = made.text.reveal();
            print_json(document);
            break;
        }
        case Format::kCsv: {
            Listing listing = token_listing({made.row}, made.row.created_at);
            listing.columns.emplace_back("token");
            listing.rows.front().push_back(Cell::text(made.text.reveal()));
            print_listing(listing, Format::kCsv, "tokens");
            break;
        }
        case Format::kTable:
            // The token stands alone on standard output, so that a script can take it.
            print(made.text.reveal() + "\n");
            print_note(
                fmt::format("this is shown once: keep it. Its scope is {}; tipoff token "
                            "revoke {} ends it",
                            made.row.scope, made.row.token_id));
    }
    return ExitCode::kDone;
}

Expected<ExitCode> list(const ListOptions& options, const Context& context) {
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadOnly));
    TIPOFF_TRY(const auto tokens, operate::read_tokens(home->database()));
    print_listing(token_listing(tokens, context.clock().wall_now()), options.format, "tokens");
    return ExitCode::kDone;
}

Expected<ExitCode> revoke(const RevokeOptions& options, const Context& context) {
    TIPOFF_TRY(const auto home, context.open_home(store::Access::kReadWrite));
    TIPOFF_TRY(const bool was_good,
               operate::revoke_token(home->database(), options.token_id, context.clock()));
    if (options.format == Format::kTable) {
        print(fmt::format("{} {}\n", options.token_id,
                          was_good ? "is revoked" : "had been revoked before"));
        return ExitCode::kDone;
    }
    print_listing({.columns = {"id", "revoked_now"},
                   .rows = {{Cell::text(options.token_id), Cell::boolean(was_good)}}},
                  options.format, "tokens");
    return ExitCode::kDone;
}

void add_create(CommandLine& tokens) {
    const auto options = std::make_shared<CreateOptions>();
    tokens
        .command({.name = "create",
                  .summary = "Makes a token and shows it, once",
                  .description = "Only a hash of it is kept. A token that is lost is revoked and "
                                 "another one made.",
                  .examples = {{{"token create --scope read --name dashboard --expires 90d",
                                 "For whoever looks."},
                                {"token create --scope operate --format json",
                                 "For a script that starts predictions."}}}},
                 HomeUse::kShared,
                 [options](Context& context) { return create(*options, context); })
        .choice("--scope", options->scope, {"read", "operate"},
                "What it may do; operate includes read")
        .text("--name", options->name, "Who or what it is for")
        .text("--expires", options->expires, "A span such as 90d or 12h; good for ever without")
        .format(options->format);
}

void add_list(CommandLine& tokens) {
    const auto options = std::make_shared<ListOptions>();
    tokens
        .command({.name = "list",
                  .summary = "All tokens, the newest first, without what is secret",
                  .description = "",
                  .examples = {{{"token list", "Who may use the API."},
                                {"token list --format json", "The same for a script."}}}},
                 HomeUse::kShared, [options](Context& context) { return list(*options, context); })
        .format(options->format);
}

void add_revoke(CommandLine& tokens) {
    const auto options = std::make_shared<RevokeOptions>();
    tokens
        .command({.name = "revoke",
                  .summary = "Ends a token, at once and for good",
                  .description = "A running service refuses it at once.",
                  .examples = {{{"token revoke 3f2a9c01d4e7", "By the id that token list shows."},
                                {"token revoke 3f2a9c01d4e7 --format json", "For a script."}}}},
                 HomeUse::kShared,
                 [options](Context& context) { return revoke(*options, context); })
        .text("ID", options->token_id, "The token's id", Need::kRequired)
        .format(options->format);
}

}  // namespace

void add_token_command(CommandLine& commands) {
    CommandLine tokens = commands.group(
        {.name = "token",
         .summary = "Tokens of the API: create, list, revoke",
         .description = "",
         .examples = {{{"token create --scope read --name dashboard", "A token that may read."},
                       {"token list", "Who may use the API."}}}});
    add_create(tokens);
    add_list(tokens);
    add_revoke(tokens);
}

}  // namespace tipoff::cli
