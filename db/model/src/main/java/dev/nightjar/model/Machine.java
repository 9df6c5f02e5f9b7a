package dev.nightjar.model;

/**
 * One machine of a kind, from one boot to the next: what its kernel counts begins anew with each.
 * Containers on one machine have names of their own, and so have their control groups' counters.
 *
 * @param bootId what tells it from others of its kind
 * @param name for people
 */
public record Machine(String bootId, String name) {}
