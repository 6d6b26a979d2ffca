# Writes a C++ source with every file of FOLDER in it, packed with gzip -9, as serve/embedded_file.h says.
# Called as a script: -DFOLDER=... (nothing: no files) -DFUNCTION=... -DOUTPUT=...
# The bytes come in through the assembler: megabytes of numbers would take the compiler minutes.

set(files "")
if(FOLDER)
    file(GLOB_RECURSE files RELATIVE "${FOLDER}" "${FOLDER}/*")
    list(SORT files)
endif()
set(packed_folder "${OUTPUT}.files")
file(REMOVE_RECURSE "${packed_folder}")
file(MAKE_DIRECTORY "${packed_folder}")
set(bytes "")
set(declarations "")
set(entries "")
set(count 0)
foreach(file IN LISTS files)
    set(packed "${packed_folder}/${count}.gz")
    execute_process(COMMAND gzip -9 --no-name --stdout "${FOLDER}/${file}" OUTPUT_FILE "${packed}"
        COMMAND_ERROR_IS_FATAL ANY)
    # The hash makes another text of another content, whatever looks at texts to save a compilation.
    file(SHA256 "${packed}" hash)
    set(name "tipoff_${FUNCTION}_${count}")
    string(APPEND bytes "
// ${hash}
asm(R\"asm(
    .pushsection .rodata
    .globl ${name}, ${name}_end
    .hidden ${name}, ${name}_end
${name}:
    .incbin \"${packed}\"
${name}_end:
    .popsection
)asm\");
")
    string(APPEND declarations "extern const char ${name}[];\nextern const char ${name}_end[];\n")
    string(APPEND entries "        EmbeddedFile{\"/${file}\", {${name}, ${name}_end}},\n")
    math(EXPR count "${count} + 1")
endforeach()
file(WRITE "${OUTPUT}" "// Made by cmake/embed_files.cmake.
#include <array>
#include <span>

#include \"serve/embedded_file.h\"
${bytes}
extern \"C\" {
${declarations}}

namespace tipoff::serve {

std::span<const EmbeddedFile> ${FUNCTION}();

std::span<const EmbeddedFile> ${FUNCTION}() {
    static const std::array<EmbeddedFile, ${count}> files{
${entries}    };
    return files;
}

}  // namespace tipoff::serve
")
