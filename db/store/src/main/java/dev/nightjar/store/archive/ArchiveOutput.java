package dev.nightjar.store.archive;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes the entries of an archive one after another. */
final class ArchiveOutput {
  static final String MANIFEST = "manifest.json";
  static final String SEALS = "seals.json";
  static final int PIECE_BYTES = 4 << 20;

  private final TarArchiveOutputStream tar;

  ArchiveOutput(OutputStream out) {
    tar = new TarArchiveOutputStream(out);
  }

  void put(String name, byte[] bytes, int length) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(length);
    entry.setMode(0100600);
    tar.putArchiveEntry(entry);
    tar.write(bytes, 0, length);
    tar.closeArchiveEntry();
  }

  void finish() throws IOException {
    tar.finish();
    tar.flush();
  }
}
