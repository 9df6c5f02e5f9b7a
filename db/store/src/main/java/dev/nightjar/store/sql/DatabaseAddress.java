package dev.nightjar.store.sql;

import dev.nightjar.model.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a PostgreSQL database is and as whom to enter it.
 *
 * @param jdbcUrl without user and password
 * @param place host and port, for people
 */
public record DatabaseAddress(
    String jdbcUrl, @Nullable String user, @Nullable String password, String place) {
  private static final String JDBC = "jdbc:";

  /** Understands {@code jdbc:postgresql://…} and {@code postgresql://user:password@host/name}. */
  public static DatabaseAddress parse(String url) {
    String plain = url.startsWith(JDBC) ? url.substring(JDBC.length()) : url;
    if (!plain.startsWith("postgresql://") && !plain.startsWith("postgres://")) {
      throw new Failure.Misuse(
          "the database URL begins with neither postgresql:// nor jdbc:postgresql://: give one, or"
              + " 'embedded'");
    }
    try {
      return url.startsWith(JDBC) ? ofJdbc(url, plain) : ofUri(new URI(plain));
    } catch (URISyntaxException e) {
      // Neither the cause nor the URL is told: both hold the password.
      throw new Failure.Misuse(
          "the database URL cannot be read at character "
              + e.getIndex()
              + ": percent-encode what is special in user and password");
    }
  }

  /** Connections to it; opened anew for every call. */
  public PGSimpleDataSource connections() {
    return connections(user, password);
  }

  /** Connections to it as somebody else. */
  public PGSimpleDataSource connections(@Nullable String asUser, @Nullable String withPassword) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setConnectTimeout(10);
    source.setTcpKeepAlive(true);
    source.setReWriteBatchedInserts(true);
    source.setApplicationName("nightjar");
    source.setUrl(jdbcUrl);
    if (asUser != null) {
      source.setUser(asUser);
    }
    if (withPassword != null) {
      source.setPassword(withPassword);
    }
    return source;
  }

  private static DatabaseAddress ofJdbc(String url, String plain) throws URISyntaxException {
    String query = plain.contains("?") ? plain.substring(plain.indexOf('?') + 1) : "";
    String user = parameter(query, "user");
    String password = parameter(query, "password");
    String address = plain.replaceFirst("^postgres(ql)?://", "").replaceFirst("[/?].*", "");
    String rest = url.replaceAll("(?<=[?&])(user|password)=[^&]*&?", "").replaceFirst("[?&]$", "");
    int at = address.lastIndexOf('@');
    if (at >= 0) { // PostgreSQL's driver knows no user before the host
      return ofUri(new URI(plain));
    }
    return new DatabaseAddress(rest, user, password, place(address));
  }

  private static DatabaseAddress ofUri(URI uri) throws URISyntaxException {
    String host = uri.getHost();
    if (host == null) {
      throw new URISyntaxException("", "no host", "postgresql://".length());
    }
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    String path =
        uri.getRawPath() == null || uri.getRawPath().length() < 2 ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String[] entrance =
        uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    return new DatabaseAddress(
        "jdbc:postgresql://" + host + ":" + port + path + query,
        entrance.length > 0 ? decode(entrance[0]) : parameter(query, "user"),
        entrance.length > 1 ? decode(entrance[1]) : parameter(query, "password"),
        host + ":" + port);
  }

  private static String place(String address) {
    return address.isEmpty()
        ? "localhost:5432"
        : address.contains(":") ? address : address + ":5432";
  }

  private static @Nullable String parameter(String query, String name) {
    for (String part : query.replaceFirst("^\\?", "").split("&")) {
      if (part.startsWith(name + "=")) {
        return decode(part.substring(name.length() + 1));
      }
    }
    return null;
  }

  /** A plus stands for itself before the host. */
  private static String decode(String word) {
    return URLDecoder.decode(word.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return place;
  }
}
