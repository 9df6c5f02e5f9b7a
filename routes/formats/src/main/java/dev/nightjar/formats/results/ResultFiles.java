package dev.nightjar.formats.results;

import dev.nightjar.formats.reading.BoundedLines;
import dev.nightjar.formats.reading.LineFormat;
import dev.nightjar.formats.reading.ReadResults;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.formats.reading.ResultText;
import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
  private static final int LONGEST_LINE = 1 << 16;

  /** The clock that stamps files runs behind by up to a tick of the kernel. */
  private static final long STAMP_MILLIS = 20;

  private ResultFiles() {}

  /**
   * Reads the files that match a glob and were written since a moment: an older file is of an
   * earlier run, and is left out.
   */
  public static ReadResults read(Path root, String glob, Instant since) {
    ResultSink sink = new ResultSink();
    List<Path> files = matching(root, glob);
    if (files.size() > MOST_FILES) {
      sink.begin(glob);
      sink.lost(null, "more than " + MOST_FILES + " files match it; the rest were not read");
    }
    for (Path file : files.subList(0, Math.min(files.size(), MOST_FILES))) {
      sink.begin(root.relativize(file).toString());
      try {
        Instant written = Files.getLastModifiedTime(file).toInstant();
        if (written.isBefore(since.minusMillis(STAMP_MILLIS))) {
          sink.leftOut(null, "it is older than this run, so it was not read");
        } else {
          read(file, sink);
        }
      } catch (IOException e) {
        sink.lost(null, unreadable(e));
      }
    }
    return sink.results();
  }

  /** Reads the files of one run, whatever their age. */
  public static ReadResults read(List<Path> files) {
    ResultSink sink = new ResultSink();
    for (Path file : files) {
      sink.begin(file.toString());
      try {
        read(file, sink);
      } catch (NoSuchFileException e) {
        throw new Failure.Misuse(
            "There is no result file "
                + file
                + ": check its name, and whether the benchmark wrote it.",
            e);
      } catch (IOException e) {
        sink.lost(null, unreadable(e));
      }
    }
    return sink.results();
  }

  private static String unreadable(IOException e) {
    String reason =
        switch (e) {
          case AccessDeniedException denied -> "permission denied";
          case FileSystemLoopException loop -> "its links go round in a circle";
          case FileSystemException of when of.getReason() != null -> of.getReason();
          default -> String.valueOf(e.getMessage());
        };
    return "it cannot be read: " + reason;
  }

  /** At most one more than are read, which tells that there are more. */
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
              boolean enough = found.size() > MOST_FILES;
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

  /**
   * Why a file is not read; absent if it can be. Only what ends by itself is read: a pipe hangs, a
   * device has no end.
   */
  public static @Nullable String obstacle(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      return "it is a folder: name the files in it, such as '" + file.resolve("*") + "'";
    }
    if (!attributes.isRegularFile()) {
      return "it is no regular file but a pipe or device: write the results into a file first";
    }
    if (attributes.size() > ResultText.MOST_BYTES) {
      return "it is larger than " + (ResultText.MOST_BYTES >> 20) + " MiB";
    }
    return null;
  }

  /** The bytes of a file as far as they are read: none of what is no regular file or too large. */
  public static InputStream content(Path file) throws IOException {
    return obstacle(file) == null
        ? InputFile.of(file, ResultText.MOST_BYTES).stream()
        : InputStream.nullInputStream();
  }

  private static void read(Path file, ResultSink sink) throws IOException {
    String obstacle = obstacle(file);
    if (obstacle != null) {
      sink.lost(null, obstacle);
      return;
    }
    ResultText text = ResultText.of(file);
    int first = firstOf(text);
    if (first < 0) {
      sink.lost(null, "it is empty");
      return;
    }
    read(text, first, sink);
    if (sink.isFileSilent()) {
      sink.at(0);
      sink.leftOut(null, "it holds no result");
    }
  }

  /** The first character that is no blank; below 0 if there is none. */
  private static int firstOf(ResultText text) throws IOException {
    try (Reader reader = text.open(null)) {
      int c = reader.read();
      while (c >= 0 && Character.isWhitespace(c)) {
        c = reader.read();
      }
      return c;
    }
  }

  private static void read(ResultText text, int first, ResultSink sink) throws IOException {
    if (first == '<') {
      JunitXml.read(text, sink);
      return;
    }
    JsonDocuments.Found found = JsonDocuments.read(text, sink);
    if (found.isAny()) {
      return;
    }
    LineFormat format = lineFormat(text, sink);
    if (format != null) {
      readLines(text, format, sink);
    } else if (found.damaged() != null) {
      JsonDocuments.tell(found.damaged(), sink);
    } else if (!found.isNothing()) {
      sink.at(0);
      sink.leftOut(null, "its format is none that docs/results-format.md lists" + tried(found));
    }
  }

  private static String tried(JsonDocuments.Found found) {
    return found.tried() < 2
        ? ""
        : "; none of the %d JSON documents that may begin in it is of a known tool"
            .formatted(found.tried());
  }

  /** The format of the first line that has one, however much was logged before it. */
  private static @Nullable LineFormat lineFormat(ResultText text, ResultSink sink)
      throws IOException {
    try (Reader reader = text.open(null)) {
      BoundedLines lines = new BoundedLines(reader, LONGEST_LINE);
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (GoTestJson.recognises(line)) {
          return new GoTestJson(sink);
        }
        if (GoBenchText.recognises(line)) {
          return new GoBenchText(sink);
        }
        if (CsvText.recognises(line)) {
          return new CsvText(sink);
        }
      }
    }
    return null;
  }

  private static void readLines(ResultText text, LineFormat format, ResultSink sink)
      throws IOException {
    try (Reader reader = text.open(sink)) {
      BoundedLines lines = new BoundedLines(reader, LONGEST_LINE);
      for (String line = lines.next(); line != null; line = lines.next()) {
        sink.at(lines.number());
        if (!lines.isEnded() && !format.mayEndWith(line)) {
          sink.lost(null, "the file ends within this line");
        } else if (!line.isBlank()) {
          format.line(line);
        }
      }
      format.end();
    }
  }
}
