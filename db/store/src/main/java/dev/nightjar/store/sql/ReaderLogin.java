package dev.nightjar.store.sql;

/**
 * The role that may read the public views and nothing else.
 *
 * @param remedy what a person does when the server does not let it in
 */
public record ReaderLogin(String role, String password, String remedy) {
  /** One that Nightjar has made on a server of the user's. */
  public static ReaderLogin made(String role, String password) {
    return new ReaderLogin(
        role,
        password,
        "let somebody who may run \"drop owned by %1$s; drop role %1$s\", and the next query makes"
                .formatted(role)
            + " it anew where Nightjar's user may make roles");
  }

  /** One that a person has made and that the settings name. */
  public static ReaderLogin named(String role, String password) {
    return new ReaderLogin(
        role, password, "check NIGHTJAR_READER_USER and NIGHTJAR_READER_PASSWORD");
  }

  /** The embedded server's. */
  public static ReaderLogin embedded(String role, String password) {
    return new ReaderLogin(role, password, "see its log with 'nightjar db status'");
  }

  @Override
  public String toString() {
    return role;
  }
}
