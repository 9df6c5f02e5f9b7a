package dev.nightjar.store.embedded;

import java.util.Locale;

/** The operating system and processor, in the words of the bundled programs' names. */
record Platform(String system, String processor) {

  static Platform current() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static Platform of(String osName, String osArch) {
    String name = osName.toLowerCase(Locale.ROOT);
    String system =
        name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : "linux";
    return new Platform(system, osArch.equals("aarch64") ? "arm64" : osArch);
  }

  boolean isWindows() {
    return system.equals("windows");
  }

  /** Resource of PostgreSQL's programs on the class path. */
  String postgresArchive() {
    String word =
        switch (processor) {
          case "arm64" -> "arm_64";
          case "amd64" -> "x86_64";
          default -> processor;
        };
    return "/postgres-" + system + "-" + word + ".txz";
  }

  /** Resource of the Redis server on the class path. */
  String redisProgram() {
    return switch (system + "-" + processor) {
      case "linux-amd64" -> "/redis-server-6.2.6-v5-linux-amd64";
      case "linux-arm64" -> "/redis-server-6.2.7-linux-arm64";
      case "darwin-x86_64" -> "/redis-server-6.2.6-v5-darwin-amd64";
      case "darwin-arm64" -> "/redis-server-6.2.6-v5-darwin-arm64";
      case "windows-amd64" -> "/redis-server-5.0.14.1-windows-amd64.exe";
      default -> "/redis-server-" + system + "-" + processor;
    };
  }

  /** The name of a program's file. */
  String program(String name) {
    return isWindows() ? name + ".exe" : name;
  }
}
