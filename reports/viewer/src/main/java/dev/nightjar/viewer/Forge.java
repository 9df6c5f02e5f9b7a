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
    if (trimmed.isEmpty() || !host.contains(".")) {
      return null; // C:\folder and javascript:x look like a host of no domain
    }
    try {
      return new URI(scheme, null, host, port, "/" + commitsOf(host, trimmed), null, null)
          .toASCIIString();
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** The kinds of forges are told by their hosts' names, and one's own by the shape of paths. */
  private static String commitsOf(String host, String path) {
    String[] parts = path.split("/", -1);
    if (parts.length == 3 && parts[0].equals("scm")) { // Bitbucket Data Center
      String kind =
          parts[1].startsWith("~") ? "users/" + parts[1].substring(1) : "projects/" + parts[1];
      return kind + "/repos/" + parts[2] + "/commits/";
    }
    if (host.equals("bitbucket.org")) {
      return path + "/commits/";
    }
    boolean isGitLab = host.contains("gitlab") || (parts.length > 2 && !path.contains("/_git/"));
    return path + (isGitLab ? "/-/commit/" : "/commit/"); // GitHub, Gitea, Forgejo, sourcehut
  }
}
