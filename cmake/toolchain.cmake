# The language, the flags that decide results, warnings, sanitizers, and faster tools where present.

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Release or Debug" FORCE)
endif()

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")

# Assertions stay on in release: NDEBUG is never defined.
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g -D_GLIBCXX_ASSERTIONS")
if(TIPOFF_FUZZ)
    # What a report shows of an input that fails is lines.
    set(CMAKE_CXX_FLAGS_DEBUG "-O1 -gline-tables-only -D_GLIBCXX_ASSERTIONS")
endif()
set(CMAKE_C_FLAGS_RELEASE "-O2")
set(CMAKE_C_FLAGS_DEBUG "-O1 -g")

# Stored numbers are the same to the bit on every machine of one architecture and libc: no fused
# multiply-add behind our back, and nothing here may add -march=native or -ffast-math.
add_compile_options(-ffp-contract=off)

# The build folder's name stays out of the objects: one folder's are another's, also for ccache.
if(NOT TIPOFF_COVERAGE)
    add_compile_options("-ffile-prefix-map=${PROJECT_BINARY_DIR}=.")
endif()

find_program(TIPOFF_CCACHE ccache)
if(TIPOFF_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${TIPOFF_CCACHE}")
endif()

find_program(TIPOFF_LLD NAMES ld.lld ld.lld-19)
if(TIPOFF_LLD AND NOT TIPOFF_SANITIZE AND NOT TIPOFF_COVERAGE)
    add_link_options(-fuse-ld=lld)
endif()

if(TIPOFF_SANITIZE)
    add_compile_options(-fsanitize=${TIPOFF_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${TIPOFF_SANITIZE})
    if(TIPOFF_SANITIZE MATCHES "undefined")
        add_compile_options(-fno-sanitize-recover=undefined)
    endif()
endif()

if(TIPOFF_COVERAGE)
    add_compile_options(--coverage)
    add_link_options(--coverage)
endif()

# Linked privately by every target of ours; system and third-party headers stay outside of it.
add_library(tipoff_warnings INTERFACE)
target_compile_options(tipoff_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wformat=2 -Wnon-virtual-dtor -Woverloaded-virtual
    -Wcast-align -Wextra-semi -Wimplicit-fallthrough -Wundef -Wunused
    # Off: a field left out of a designated initialiser is meant to have its default.
    -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Off: -Wrestrict is wrong about std::string in GCC 12 (its bug 105651), and
    # -Wmaybe-uninitialized about the value of an empty std::optional.
    target_compile_options(tipoff_warnings INTERFACE
        -Wduplicated-cond -Wlogical-op -Wno-restrict -Wno-maybe-uninitialized)
endif()
if(TIPOFF_WARNINGS_AS_ERRORS)
    target_compile_options(tipoff_warnings INTERFACE -Werror)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # These follow guesses of the optimiser and change with inlining: shown, not fatal.
        target_compile_options(tipoff_warnings INTERFACE
            -Wno-error=array-bounds -Wno-error=stringop-overflow -Wno-error=stringop-overread)
    endif()
endif()

# Code of the rooms, where a silent narrowing is a wrong number; tests are spared the casts.
add_library(tipoff_strict_warnings INTERFACE)
target_link_libraries(tipoff_strict_warnings INTERFACE tipoff_warnings)
target_compile_options(tipoff_strict_warnings INTERFACE -Wconversion)
