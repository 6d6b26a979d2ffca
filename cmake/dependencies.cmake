# Libraries that the rooms stand on. All come from Debian 12, DuckDB from script/bootstrap.

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED CONFIG)
find_package(spdlog REQUIRED CONFIG)
find_package(date REQUIRED CONFIG)
find_package(ZLIB REQUIRED)
find_package(CURL REQUIRED)
find_package(CLI11 REQUIRED CONFIG)
find_package(nlohmann_json REQUIRED CONFIG)
find_package(yaml-cpp REQUIRED CONFIG)
find_package(simdjson REQUIRED CONFIG)
find_package(prometheus-cpp REQUIRED CONFIG COMPONENTS core)

# add_plain_library(NAME HEADER): NAME::NAME, for a library that ships no CMake package.
function(add_plain_library name header)
    find_path(${name}_INCLUDE_DIR ${header} REQUIRED)
    find_library(${name}_LIBRARY ${name} REQUIRED)
    mark_as_advanced(${name}_INCLUDE_DIR ${name}_LIBRARY)
    add_library(${name}::${name} UNKNOWN IMPORTED GLOBAL)
    set_target_properties(${name}::${name} PROPERTIES
        IMPORTED_LOCATION "${${name}_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${${name}_INCLUDE_DIR}")
endfunction()

add_plain_library(pq postgresql/libpq-fe.h)
add_plain_library(sodium sodium.h)
add_plain_library(utf8proc utf8proc.h)
add_plain_library(xxhash xxhash.h)
# The package that Debian ships for CMake names a program that is not in it.
add_plain_library(xgboost xgboost/c_api.h)
add_plain_library(gumbo gumbo.h)
add_plain_library(nats nats/nats.h)
add_plain_library(zstd zstd.h)
add_plain_library(poppler-cpp poppler/cpp/poppler-document.h)
add_plain_library(cpp-httplib httplib.h)
# Debian's library is built with TLS, and its header's types are other ones without.
target_compile_definitions(cpp-httplib::cpp-httplib INTERFACE CPPHTTPLIB_OPENSSL_SUPPORT)

include(duckdb)
