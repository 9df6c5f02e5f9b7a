package dev.nightjar.bench.results;

import dev.nightjar.model.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds result files and reads their values. */
public final class ResultFiles {
  private static final int MOST_FILES = 1000;
  private static final int DEEPEST = 32;
  private static final long MOST_BYTES = 256L << 20;
  private static final int LONGEST_LINE = 1 << 16;
  private static final int HEAD_BYTES = 1 << 13;

  /** The clock that stamps files runs behind by up to a tick of the kernel. */
  private static final long STAMP_MILLIS = 20;

  private ResultFiles() {}

  /**
   * Reads the files that match a glob and were written since a moment: an older file is of an
   * earlier run, and is left out.
   */
  public static ReadResults read(Path root, String glob, Instant since) {
    ResultCollector collector = new ResultCollector();
    for (Path file : matching(root, glob)) {
      collector.begin(root.relativize(file).toString());
      try {
        Instant written = Files.getLastModifiedTime(file).toInstant();
        if (written.isBefore(since.minusMillis(STAMP_MILLIS))) {
          collector.leftOut(0, null, "it is older than this run, so it was not read");
        } else {
          read(file, collector);
        }
      } catch (IOException e) {
        collector.leftOut(0, null, "it cannot be read: " + e.getMessage());
      }
    }
    return collector.results();
  }

  /** Reads the files of one run, whatever their age. */
  public static ReadResults read(List<Path> files) {
    ResultCollector collector = new ResultCollector();
    for (Path file : files) {
      collector.begin(file.toString());
      try {
        read(file, collector);
      } catch (IOException e) {
        throw new Failure.Unavailable(
            "The result file " + file + " cannot be read: " + e.getMessage(), e);
      }
    }
    return collector.results();
  }

  private static List<Path> matching(Path root, String glob) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    List<Path> found = new ArrayList<>();
    Path start = root.resolve(literalStart(glob)).normalize();
    if (!Files.exists(start)) {
      return found;
    }
    try {
      Files.walkFileTree(
          start,
          Collections.emptySet(), // symbolic links are not followed: they may lead anywhere
          DEEPEST,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              boolean isGit = folder.endsWith(".git") && !folder.equals(start);
              return isGit ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && matcher.matches(root.relativize(file))) {
                found.add(file);
              }
              boolean enough = found.size() >= MOST_FILES;
              return enough ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE; // gone meanwhile, or not ours to see
            }
          });
    } catch (IOException e) {
      throw new Failure.Unavailable("The folder " + start + " cannot be searched.", e);
    }
    Collections.sort(found);
    return found;
  }

  /** The folders before the first wildcard, so that not the whole repository is searched. */
  private static String literalStart(String glob) {
    StringBuilder start = new StringBuilder();
    for (String part : glob.split("/")) {
      if (part.matches(".*[*?\\[{\\\\].*")) {
        break;
      }
      start.append(start.isEmpty() ? "" : "/").append(part);
    }
    return start.toString();
  }

  private static void read(Path file, ResultCollector sink) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      sink.leftOut(0, null, "it is larger than " + (MOST_BYTES >> 20) + " MiB");
      return;
    }
    String head = head(file);
    boolean known;
    if (head.startsWith("<")) {
      JunitXml.read(file, sink);
      known = true;
    } else if (head.startsWith("{") || head.startsWith("[")) {
      known = JsonFormats.read(file, sink);
    } else {
      known = readLines(file, head, sink);
    }
    if (!known) {
      String reason =
          head.isBlank() ? "it is empty" : "its format is none that docs/results-format.md lists";
      sink.leftOut(0, null, reason);
    }
  }

  private static String head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
      return text.replaceFirst("^\uFEFF", "").stripLeading();
    }
  }

  private static boolean readLines(Path file, String head, ResultSink sink) throws IOException {
    LineFormat format = null;
    for (String line : head.lines().toList()) {
      format = formatOf(line);
      if (format != null) {
        break;
      }
    }
    if (format == null) {
      return false;
    }
    boolean isCsv = format instanceof CsvText;
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder))) {
      BoundedLines lines = new BoundedLines(reader, LONGEST_LINE);
      boolean begun = !isCsv;
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (begun && !line.isBlank()) {
          readLine(format, line, lines, sink);
        }
        begun = begun || CsvText.recognises(line);
      }
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
    return true;
  }

  private static @Nullable LineFormat formatOf(String line) {
    if (GoBenchText.recognises(line)) {
      return new GoBenchText();
    }
    try {
      return CsvText.recognises(line) ? new CsvText(line) : null;
    } catch (BadRecord e) {
      return null;
    }
  }

  private static void readLine(
      LineFormat format, String line, BoundedLines lines, ResultSink sink) {
    try {
      if (!lines.isEnded() && !format.mayEndWith(line)) {
        throw new BadRecord("the file ends within this line");
      }
      format.line(line, sink);
    } catch (BadRecord e) {
      e.tell(sink, lines.number());
    }
  }
}
