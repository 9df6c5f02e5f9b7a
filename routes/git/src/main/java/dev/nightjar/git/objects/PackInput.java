package dev.nightjar.git.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A window on the packs for one thread. Most objects fit into it, so one system call reads one; a
 * larger window would copy more than is used.
 */
final class PackInput implements AutoCloseable {
  private static final int WINDOW_BYTES = 8 * 1024;

  private final ByteBuffer window = ByteBuffer.allocateDirect(WINDOW_BYTES).limit(0);
  private final Inflater inflater = new Inflater();
  private @Nullable Pack pack;
  private long windowStart;

  /** Goes to a place in a pack; fewer than this many bytes remain only at the end of the pack. */
  void seek(Pack pack, long offset, int atLeast) throws IOException {
    long within = offset - windowStart;
    if (pack != this.pack || within < 0 || within + atLeast > window.limit()) {
      fill(pack, offset);
    } else {
      window.position((int) within);
    }
  }

  private void fill(Pack from, long offset) throws IOException {
    pack = null;
    window.clear();
    from.read(window, offset);
    window.flip();
    windowStart = offset;
    pack = from;
  }

  int nextByte() throws IOException {
    if (!window.hasRemaining()) {
      throw new IOException("the pack ends within an object");
    }
    return window.get() & 0xff;
  }

  long position() {
    return windowStart + window.position();
  }

  /** Copies bytes that {@link #seek} promised, unless the pack ends before. */
  void copy(byte[] into) throws IOException {
    if (window.remaining() < into.length) {
      throw new IOException("the pack ends within an object");
    }
    window.get(into);
  }

  /** Inflates a stream of known size from here. */
  byte[] inflate(int size) throws IOException {
    byte[] content = new byte[size];
    int done = inflateInto(content);
    if (done != size) {
      throw new IOException("an object of " + size + " bytes ended after " + done);
    }
    return content;
  }

  /** Inflates only the first bytes of a stream that has at least so many. */
  byte[] inflateStart(int bytes) throws IOException {
    byte[] start = new byte[bytes];
    inflater.reset();
    inflater.setInput(window);
    try {
      int done = 0;
      while (done < bytes) {
        int count = inflater.inflate(start, done, bytes - done);
        done += count;
        if (count == 0 && inflater.needsInput()) {
          refill();
        } else if (count == 0) {
          throw new IOException("an object ended after " + done + " bytes");
        }
      }
      return start;
    } catch (DataFormatException e) {
      throw new IOException("compressed data is damaged: " + e.getMessage(), e);
    }
  }

  /** Inflates as much as fits, and checks that the stream then ends if the array was the whole. */
  private int inflateInto(byte[] content) throws IOException {
    inflater.reset();
    inflater.setInput(window);
    int done = 0;
    try {
      while (true) {
        int count = inflater.inflate(content, done, content.length - done);
        done += count;
        if (inflater.finished()) {
          return done;
        }
        if (count == 0 && inflater.needsInput()) {
          refill();
        } else if (done == content.length) {
          expectEnd();
          return done;
        } else if (count == 0) {
          throw new IOException("compressed data needs a dictionary");
        }
      }
    } catch (DataFormatException e) {
      throw new IOException("compressed data is damaged: " + e.getMessage(), e);
    }
  }

  /** All bytes are there; only the check sum may follow. */
  private void expectEnd() throws IOException, DataFormatException {
    byte[] beyond = new byte[1];
    while (!inflater.finished()) {
      if (inflater.inflate(beyond) > 0) {
        throw new IOException("an object is longer than its header says");
      }
      if (!inflater.finished()) {
        refill();
      }
    }
  }

  private void refill() throws IOException {
    Pack from = pack;
    if (from == null) {
      throw new IOException("no pack is open");
    }
    fill(from, position());
    if (!window.hasRemaining()) {
      throw new IOException("the pack ends within an object");
    }
    inflater.setInput(window);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
