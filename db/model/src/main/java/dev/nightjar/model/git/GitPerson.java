package dev.nightjar.model.git;

/**
 * Who wrote or committed, as a commit says it or as {@code .mailmap} corrects it.
 *
 * @param name may be empty
 * @param email without the angle brackets, may be empty
 */
public record GitPerson(String name, String email) {}
