package dev.nightjar.settings;

/**
 * A value in force and where it comes from.
 *
 * @param path the key with its parents', such as {@code gate.confidence}
 * @param value the value as text; a secret in it is masked
 * @param origin {@code default}, the file with its line, or the environment variable
 */
public record ResolvedSetting(String path, String value, String origin) {}
