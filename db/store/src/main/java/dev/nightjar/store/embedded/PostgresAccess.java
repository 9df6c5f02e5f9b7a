package dev.nightjar.store.embedded;

/**
 * How to reach a running embedded PostgreSQL.
 *
 * @param ownerPassword of the role that owns the schema
 * @param readerPassword of the role that may only read the public views
 */
public record PostgresAccess(long pid, int port, String ownerPassword, String readerPassword) {
  /** The role that owns the database. */
  public static final String OWNER = "nightjar";

  /** The role that may only read the public views. */
  public static final String READER = "nightjar_reader";

  /** The address without any password. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/nightjar?sslmode=disable&gssEncMode=disable";
  }

  /** The address of a role with its password, as psql and other clients take it. */
  public String loginUrl(boolean isReader) {
    return "postgresql://%s:%s@127.0.0.1:%d/nightjar?sslmode=disable"
        .formatted(isReader ? READER : OWNER, isReader ? readerPassword : ownerPassword, port);
  }

  @Override
  public String toString() {
    return "PostgreSQL " + pid + " at " + url();
  }
}
