package dev.nightjar.store.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads the entries of an archive one after another, each within bounds. */
final class ArchiveInput {
  /** A row is never cut, and one of them may be large. */
  private static final int ENTRY_BYTES_MAX = 512 << 20;

  private final TarArchiveInputStream tar;
  private String name = "";

  private ArchiveInput(InputStream in) {
    tar = new TarArchiveInputStream(in);
  }

  /** Of a stream that may be packed by gzip. */
  static ArchiveInput of(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
    buffered.mark(2);
    boolean isPacked = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    return new ArchiveInput(isPacked ? new GZIPInputStream(buffered, 1 << 16) : buffered);
  }

  /** Goes to the next entry. */
  void next() throws DamagedArchive, IOException {
    TarArchiveEntry entry = tar.getNextEntry();
    if (entry == null) {
      throw new DamagedArchive("it ends before its end");
    }
    if (!entry.isFile() || entry.getSize() > ENTRY_BYTES_MAX) {
      throw new DamagedArchive("'" + shortened(entry.getName()) + "' is none of its pieces");
    }
    name = entry.getName();
  }

  String name() {
    return name;
  }

  /** The next entry, which is to have this name. */
  byte[] bytes(String expected) throws DamagedArchive, IOException {
    next();
    return bytesOf(expected);
  }

  /** The content of the entry at hand, which is to have this name. */
  byte[] bytesOf(String expected) throws DamagedArchive, IOException {
    if (!name.equals(expected)) {
      throw new DamagedArchive(
          "it has '%s' where '%s' belongs".formatted(shortened(name), expected));
    }
    return bytes();
  }

  /** The entry's content. */
  byte[] bytes() throws IOException {
    return tar.readAllBytes();
  }

  private static String shortened(String text) {
    String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.length() <= 80 ? plain : plain.substring(0, 80) + "…";
  }
}
