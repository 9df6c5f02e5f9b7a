package dev.nightjar.store.archive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a table's text comes to: its rows and a digest of its bytes. */
final class TableSeal {
  private final MessageDigest digest;
  private long rows;

  TableSeal() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Takes a piece; a line end stands at the end of each row and nowhere else. */
  void add(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        rows++;
      }
    }
  }

  long rows() {
    return rows;
  }

  /** Of all pieces; the last thing that is asked. */
  String digest() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
