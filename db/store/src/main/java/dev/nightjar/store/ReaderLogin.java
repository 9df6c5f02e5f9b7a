package dev.nightjar.store;

/** The role that may read the public views and nothing else, and its password. */
record ReaderLogin(String role, String password) {
  @Override
  public String toString() {
    return role;
  }
}
