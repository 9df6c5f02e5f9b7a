package dev.nightjar.model.file;

import dev.nightjar.model.Failure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that somebody else may have put there, read within a bound: it must be a regular file,
 * since a pipe may never answer and a device never end, and no more than the given number of bytes
 * is taken of it, whatever its size is said to be. What is refused is a {@link Failure.Misuse} with
 * a sentence; what cannot be read is the caller's {@link IOException}.
 */
public final class InputFile {
  private static final long MIB = 1 << 20;

  private final Path file;
  private final long bytesMax;
  private final @Nullable Path root;

  private InputFile(Path file, long bytesMax, @Nullable Path root) {
    this.file = file;
    this.bytesMax = bytesMax;
    this.root = root;
  }

  /**
   * A file of which at most so much is read; links are followed.
   *
   * @param bytesMax what no such file exceeds by right
   */
  public static InputFile of(Path file, long bytesMax) {
    return new InputFile(file, bytesMax, null);
  }

  /** The same, refused where a link leads out of the folder that it is said to stand in. */
  public InputFile below(Path folder) {
    return new InputFile(file, bytesMax, folder);
  }

  /**
   * The whole content.
   *
   * @throws Failure.Misuse when it is no regular file, leads out of its folder or is too large
   */
  public byte[] bytes() throws IOException {
    try (InputStream in = stream()) {
      return in.readAllBytes();
    }
  }

  /**
   * The whole content as text.
   *
   * @throws CharacterCodingException when it is not UTF-8
   * @throws Failure.Misuse as {@link #bytes}
   */
  public String text() throws IOException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
  }

  /** Its lines; as {@link #text}. */
  public List<String> lines() throws IOException {
    return text().lines().toList();
  }

  /**
   * The content as it is read; the stream throws {@link Failure.Misuse} as soon as it yields more
   * than the bound.
   *
   * @throws Failure.Misuse as {@link #bytes}
   */
  public InputStream stream() throws IOException {
    Path real = root == null ? file : real(root);
    BasicFileAttributes seen = regular(real);
    InputStream in = Files.newInputStream(real, options());
    // Between the look and the opening another file may have taken the name.
    if (!Objects.equals(seen.fileKey(), regularOrClose(real, in).fileKey())) {
      in.close();
      throw new Failure.Misuse(
          file + " was exchanged for another file while it was opened: try again.");
    }
    return new Bounded(in, bytesMax, file.toString());
  }

  /** A path without links is opened as such, so that none can be put there meanwhile. */
  private OpenOption[] options() {
    return root == null
        ? new OpenOption[] {StandardOpenOption.READ}
        : new OpenOption[] {StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS};
  }

  private Path real(Path folder) throws IOException {
    try {
      Path real = file.toRealPath();
      if (real.startsWith(folder.toRealPath())) {
        return real;
      }
    } catch (NoSuchFileException e) {
      // A link to a pipe or socket of a process has no path; what it leads to says so itself.
      if (FileKind.of(file) == FileKind.REGULAR) {
        throw e;
      }
      return file;
    }
    throw new Failure.Misuse(
        file
            + " leads out of "
            + folder
            + ", and what stands elsewhere is not read through it: put the file itself there.");
  }

  /**
   * Refuses what is no regular file before anything is asked of it.
   *
   * @throws Failure.Misuse when it is none, or not there
   */
  public static void requireRegular(Path file) {
    try {
      requireRegular(FileKind.of(file), file);
    } catch (IOException e) {
      throw new Failure.Misuse(file + " cannot be read: check that it is there.", e);
    }
  }

  private static void requireRegular(FileKind kind, Path file) {
    if (kind != FileKind.REGULAR) {
      throw new Failure.Misuse(
          file + " is " + kind.words() + ", where only a regular file is read: name one.");
    }
  }

  private BasicFileAttributes regular(Path real) throws IOException {
    requireRegular(FileKind.of(real), file);
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    if (attributes.size() > bytesMax) {
      throw tooLarge();
    }
    return attributes;
  }

  private BasicFileAttributes regularOrClose(Path real, InputStream in) throws IOException {
    try {
      return regular(real);
    } catch (IOException | Failure e) {
      in.close();
      throw e;
    }
  }

  private Failure.Misuse tooLarge() {
    return tooLarge(file.toString(), bytesMax);
  }

  private static Failure.Misuse tooLarge(String name, long bytesMax) {
    return new Failure.Misuse(
        name
            + " is larger than "
            + (bytesMax % MIB == 0 ? bytesMax / MIB + " MiB" : bytesMax + " bytes")
            + ", the most that is read of such a file: check that it is the right one.");
  }

  /**
   * The same bound for what is piped in.
   *
   * @param name of the stream, for people
   */
  public static InputStream bounded(InputStream in, long bytesMax, String name) {
    return new Bounded(in, bytesMax, name);
  }

  /** Counts, since the size of a file that grows, or of one in /proc, says nothing. */
  private static final class Bounded extends FilterInputStream {
    private final long bytesMax;
    private final String name;
    private long left;

    Bounded(InputStream in, long bytesMax, String name) {
      super(in);
      this.bytesMax = bytesMax;
      this.name = name;
      left = bytesMax;
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      counted(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      return (int) counted(in.read(into, from, length));
    }

    @Override
    public long skip(long bytes) throws IOException {
      return counted(in.skip(bytes));
    }

    private long counted(long bytes) {
      left -= Math.max(0, bytes);
      if (left < 0) {
        throw tooLarge(name, bytesMax);
      }
      return bytes;
    }
  }
}
