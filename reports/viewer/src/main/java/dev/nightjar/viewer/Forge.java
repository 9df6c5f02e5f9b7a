package dev.nightjar.viewer;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a repository's commits are on the web, worked out from where it was cloned from. */
public final class Forge {
  private static final Pattern SCP_LIKE = Pattern.compile("(?:[^@/]+@)?([\\w.-]+):(?!//)(.+)");

  private Forge() {}

  /**
   * The address that a commit's id is added to. A user's name, a password and a port of SSH are not
   * taken over.
   *
   * @param cloneAddress as {@code git remote get-url} prints it
   * @return null when that is no address of a host on the network
   */
  public static @Nullable String commits(@Nullable String cloneAddress) {
    if (cloneAddress == null) {
      return null;
    }
    Matcher scp = SCP_LIKE.matcher(cloneAddress.strip());
    return scp.matches() && !cloneAddress.contains("://")
        ? address("https", scp.group(1), -1, scp.group(2))
        : fromUri(cloneAddress.strip());
  }

  private static @Nullable String fromUri(String text) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme();
      String host = uri.getHost();
      if (scheme == null || host == null || uri.getPath() == null) {
        return null;
      }
      return switch (scheme) {
        case "https", "http" -> address(scheme, host, uri.getPort(), uri.getPath());
        case "ssh", "git" -> address("https", host, -1, uri.getPath());
        default -> null;
      };
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static @Nullable String address(String scheme, String host, int port, String path) {
    String trimmed = path.replaceAll("^/+|/+$", "").replaceAll("\\.git$", "");
    if (trimmed.isEmpty() || host.length() == 1) {
      return null; // C:\folder looks like a host of one letter
    }
    try {
      return new URI(scheme, null, host, port, "/" + trimmed + "/commit/", null, null)
          .toASCIIString();
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
