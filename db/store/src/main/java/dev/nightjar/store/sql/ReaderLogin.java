package dev.nightjar.store.sql;

/** The role that may read the public views and nothing else, and its password. */
public record ReaderLogin(String role, String password) {
  @Override
  public String toString() {
    return role;
  }
}
