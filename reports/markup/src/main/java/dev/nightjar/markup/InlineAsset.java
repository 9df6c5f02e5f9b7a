package dev.nightjar.markup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/**
 * A style sheet or script of the project that stands inside the page, and the hash by which the
 * page's Content-Security-Policy allows it.
 *
 * <p>Inside, because {@code 'self'} means nothing that can be relied on for a page opened from a
 * file, and because a page that is one file can be mailed.
 *
 * @param element {@code style} or {@code script}
 */
public record InlineAsset(String element, String text) {
  public InlineAsset {
    if (text.toLowerCase(Locale.ROOT).contains("</" + element) || text.contains("<!--")) {
      throw new IllegalArgumentException("the " + element + " would end itself early");
    }
  }

  /** The asset in a resource beside the class. */
  public static InlineAsset of(String element, Class<?> beside, String resource) {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from Nightjar's own files");
      }
      return new InlineAsset(element, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The source expression that allows exactly this text, {@code 'sha256-…'}. */
  public String policySource() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
