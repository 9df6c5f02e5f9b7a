package dev.nightjar.viewer;

import dev.nightjar.model.file.OutputFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A page of data as a classic script that hands its bytes, compressed and in base64, to the viewer:
 * the one form that a browser loads from a server and from a file alike.
 */
final class Chunk {
  private Chunk() {}

  /**
   * Writes {@code NAME.js} into a folder.
   *
   * @return the size of the file in bytes
   */
  static long write(Path folder, String name, byte[] data) throws IOException {
    Path file = folder.resolve(name + ".js");
    OutputFile.write(
        file,
        out -> {
          out.write(("nightjarChunk(\"" + name + "\",\"").getBytes(StandardCharsets.US_ASCII));
          // A wrapped encoder ends its output when closed, which must not close the file.
          try (GZIPOutputStream packed =
              new StrongGzip(Base64.getEncoder().wrap(new Unclosed(out)))) {
            packed.write(data);
          }
          out.write("\");\n".getBytes(StandardCharsets.US_ASCII));
        });
    return Files.size(file);
  }

  private static final class StrongGzip extends GZIPOutputStream {
    StrongGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }

  private static final class Unclosed extends OutputStream {
    private final OutputStream out;

    Unclosed(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }
  }
}
