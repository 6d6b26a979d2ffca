#include "cli/json_output.h"

#include <nlohmann/json.hpp>

namespace tipoff::cli {

void print_json(const Json& document) {
    print(document.dump(2, ' ', false, Json::error_handler_t::replace));
    print("\n");
}

}  // namespace tipoff::cli
