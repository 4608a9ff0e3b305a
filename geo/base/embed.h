/* embed.h - files built into the program.
 *
 *   EMBED(openapi_json, "server/api/openapi.json");
 *   extern const char openapi_json[]; extern const char openapi_json_end[];
 *
 * The bytes are followed by a NUL that is not counted. Paths are from the top
 * of the tree, or from a folder that the Makefile names to the assembler (-Wa,-I). The
 * Makefile must name the file as a prerequisite of the object.
 */
#ifndef GEO_BASE_EMBED_H
#define GEO_BASE_EMBED_H

#define EMBED(symbol, path)                            \
    __asm__(".pushsection .rodata\n"                   \
            ".balign 16\n"                             \
            ".global " #symbol "\n"                    \
            ".global " #symbol "_end\n" #symbol ":\n"  \
            ".incbin \"" path "\"\n" #symbol "_end:\n" \
            ".byte 0\n"                                \
            ".popsection\n");                          \
    extern const char symbol[];                        \
    extern const char symbol##_end[]

#endif
