package dev.nightjar.model;

import java.util.SortedMap;

/**
 * A kind of machine, as far as measurements on it are comparable; {@link Machine} is one of a kind.
 *
 * @param machineKey a digest of the comparable facts: equal keys mean that results may be compared
 * @param name of the machine of this kind that was seen last, for people; no part of the key
 * @param facts what the key is made of and what else is known, by dotted name (OpenTelemetry's
 *     where it has one)
 */
public record Host(String machineKey, String name, SortedMap<String, String> facts) {}
