package dev.nightjar.store.embedded;

/** How to reach a running embedded Redis. */
public record RedisAccess(long pid, int port, String password) {
  /** The address without the password. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public String toString() {
    return "Redis " + pid + " at " + url();
  }
}
