# Writes a C++ source with every sql/migrations/NNNN_name.sql in it, so that the binary runs from any folder.
# Called as a script: -DMIGRATIONS_DIR=... -DOUTPUT=...

file(GLOB files "${MIGRATIONS_DIR}/*.sql")
list(SORT files)
set(literals "")
set(entries "")
foreach(file IN LISTS files)
    get_filename_component(stem "${file}" NAME_WE)
    if(NOT stem MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)$")
        message(FATAL_ERROR "${file}: a migration is named NNNN_name.sql")
    endif()
    math(EXPR version "1${CMAKE_MATCH_1} - 10000")
    set(name "${CMAKE_MATCH_2}")
    file(READ "${file}" text)
    # Compilers limit the length of one literal: pieces stand side by side.
    string(LENGTH "${text}" length)
    set(pieces "")
    set(at 0)
    while(at LESS length)
        string(SUBSTRING "${text}" ${at} 8000 piece)
        string(APPEND pieces "    R\"sql(${piece})sql\"\n")
        math(EXPR at "${at} + 8000")
    endwhile()
    string(APPEND literals "constexpr std::string_view kSql${version} =\n${pieces};\n")
    string(APPEND entries "    Migration{${version}, \"${name}\", kSql${version}},\n")
endforeach()
set(content "// Made by cmake/embed_migrations.cmake from sql/migrations/.
#include <array>

#include \"store/home.h\"

namespace tipoff::store {
namespace {
${literals}
constexpr std::array kMigrations{
${entries}};
}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

}  // namespace tipoff::store
")
file(WRITE "${OUTPUT}.new" "${content}")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
