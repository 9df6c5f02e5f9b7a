package dev.nightjar.model.profile;

import org.jspecify.annotations.Nullable;

/**
 * A function of a program, the same in both versions of it.
 *
 * @param name demangled, without what a compiler appends to its clones
 * @param object the program or library it is in: relative to the repository inside of it, else the
 *     file's name; empty where that is not known
 * @param file its source: relative to the repository inside of it, else as the debug information
 *     has it; absent without debug information
 */
public record CodeFunction(String name, String object, @Nullable String file) {}
