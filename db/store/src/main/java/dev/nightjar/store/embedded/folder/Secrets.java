package dev.nightjar.store.embedded.folder;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import java.util.function.Supplier;

/** Named random values and numbers in one file that only its owner may read. */
public final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int PASSWORD_BYTES = 24;

  private final Path file;
  private final Properties values = new Properties();

  private Secrets(Path file) {
    this.file = file;
  }

  public static Secrets read(Path file) throws IOException {
    Secrets secrets = new Secrets(file);
    if (Files.exists(file)) {
      secrets.values.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
    }
    return secrets;
  }

  /** The password of that name; made and kept when it is asked for first. */
  public String password(String name) throws IOException {
    return kept(name + ".password", Secrets::newPassword);
  }

  /** The kept port; 0 when none was chosen yet. */
  public int port() {
    return Integer.parseInt(values.getProperty("port", "0"));
  }

  public void keepPort(int port) throws IOException {
    values.setProperty("port", Integer.toString(port));
    write();
  }

  public boolean holds(String name, String value) {
    return value.equals(values.getProperty(name));
  }

  public void keep(String name, String value) throws IOException {
    values.setProperty(name, value);
    write();
  }

  private String kept(String name, Supplier<String> first) throws IOException {
    String value = values.getProperty(name);
    if (value == null) {
      value = first.get();
      values.setProperty(name, value);
      write();
    }
    return value;
  }

  static String newPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void write() throws IOException {
    StringBuilder text = new StringBuilder("# Of the server beside this file. Keep it private.\n");
    values.stringPropertyNames().stream()
        .sorted()
        .forEach(
            name -> text.append(name).append('=').append(values.getProperty(name)).append('\n'));
    PrivateFolder.write(file, text.toString());
  }
}
