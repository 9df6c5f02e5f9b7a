package dev.nightjar.viewer;

import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.file.OutputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the viewer of a repository.
 *
 * <pre>
 * index.html     the page, whose policy lets it load nothing that is not in this folder
 * viewer.js      the program
 * worker.js      its second thread, in the form of a page of data
 * data/DIGEST/   pages of data: manifest, authors, clusters, city, measurements;
 *                commits-N, ids-N, subjects-N, changes-N; paths-N
 * </pre>
 *
 * <p>The folder of data is named by what is in it, so that a page that somebody has open while the
 * next one is published never mixes the two.
 */
public final class ViewerFolder {
  private static final int FORMAT = 1;
  private static final int DIGEST_BYTES = 6;
  private static final int ACTIVITY_COLUMNS = 480;
  private static final int MOST_REFS = 4000;
  private static final int LONGEST_NAME = 120;

  private final HistorySource source;
  private final @Nullable String forge;

  /**
   * @param source the repository's history
   * @param forge what a commit's id is added to for its address on the web; absent when unknown
   */
  public ViewerFolder(HistorySource source, @Nullable String forge) {
    this.source = source;
    this.forge = forge;
  }

  /** Writes all of it into an empty folder. */
  public void write(ViewerContents contents, Path folder) throws IOException {
    History history = new History(source);
    TimeOrder order = new TimeOrder(history, contents.writtenAt().getEpochSecond());
    Lanes lanes = new Lanes(history, order);
    ObjectNode manifest = manifest(contents, history, order, lanes);
    Path pages = Files.createDirectories(folder.resolve("data").resolve("new"));
    writePages(manifest.putObject("bytes"), history, order, lanes, pages);
    writeMeasurements(contents, history, order, pages);
    byte[] text = JsonMapper.shared().writeValueAsBytes(manifest);
    Chunk.write(pages, "manifest", text);
    String digest = digest(text);
    Files.move(pages, folder.resolve("data").resolve(digest));
    byte[] program = resource("viewer.js");
    OutputFile.write(folder.resolve("viewer.js"), out -> out.write(program));
    Chunk.write(folder, "worker", resource("worker.js"));
    OutputFile.write(
        folder.resolve("index.html"),
        ViewerPage.write(contents.repositoryName(), "data/" + digest));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ViewerFolder.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from Nightjar's own files");
      }
      return in.readAllBytes();
    }
  }

  private ObjectNode manifest(
      ViewerContents contents, History history, TimeOrder order, Lanes lanes) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    int size = order.size();
    json.put("format", FORMAT)
        .put("repository", VisibleText.shortened(contents.repositoryName(), LONGEST_NAME))
        .put("writtenAt", contents.writtenAt().getEpochSecond())
        .put("forge", forge == null ? "" : forge)
        .put("commits", size)
        .put("page", CommitPages.PAGE)
        .put("first", size == 0 ? 0 : order.seconds(0))
        .put("last", size == 0 ? 1 : order.seconds(size - 1))
        .put("lanes", lanes.highest() + 1)
        .put("idBytes", history.idBytes())
        .put("paths", history.paths().size())
        .put("cityWidth", City.WIDTH)
        .put("cityLength", City.LENGTH);
    ArrayNode pageTimes = json.putArray("pageTimes");
    for (int position = 0; position < size; position += CommitPages.PAGE) {
      pageTimes.add(order.seconds(position));
    }
    activity(json.putArray("activity"), order);
    refs(json.putArray("refs"), history, order);
    runs(json.putArray("runs"), contents);
    suspects(json.putArray("suspects"), contents, history, order);
    return json;
  }

  /** Commits in equal parts of the time. */
  private static void activity(ArrayNode json, TimeOrder order) {
    int[] commits = new int[ACTIVITY_COLUMNS];
    int size = order.size();
    long first = size == 0 ? 0 : order.seconds(0);
    long span = size == 0 ? 1 : order.seconds(size - 1) - first + 1;
    for (int position = 0; position < size; position++) {
      commits[(int) ((order.seconds(position) - first) * ACTIVITY_COLUMNS / span)]++;
    }
    IntStream.of(commits).forEach(json::add);
  }

  /** {@code [name, kind, position]}, kind being b, r or t. */
  private static void refs(ArrayNode json, History history, TimeOrder order) {
    Map<String, String> kinds = Map.of("refs/heads/", "b", "refs/remotes/", "r", "refs/tags/", "t");
    history.refs().entrySet().stream()
        .limit(MOST_REFS)
        .forEach(ref ->
            kinds.forEach((prefix, kind) -> {
              if (ref.getKey().startsWith(prefix)) {
                json.addArray()
                    .add(
                        VisibleText.shortened(
                            ref.getKey().substring(prefix.length()), LONGEST_NAME))
                    .add(kind)
                    .add(order.position(ref.getValue()));
              }
            }));
  }

  /** {@code [position, of what]}. */
  private static void suspects(
      ArrayNode json, ViewerContents contents, History history, TimeOrder order) {
    for (ViewerContents.Suspect suspect : contents.suspects()) {
      int row = history.row(suspect.commit());
      if (row >= 0) {
        json.addArray()
            .add(order.position(row))
            .add(VisibleText.shortened(suspect.of(), LONGEST_NAME));
      }
    }
  }

  private static void runs(ArrayNode json, ViewerContents contents) {
    for (ViewerContents.RunMark run : contents.runs()) {
      json.addArray().add(run.startedAt().getEpochSecond()).add(run.id());
    }
  }

  private static void writePages(
      ObjectNode bytes, History history, TimeOrder order, Lanes lanes, Path folder)
      throws IOException {
    CommitPages commits = new CommitPages(history, order, lanes);
    Chunk.write(folder, "authors", lines(history.authorNames(), 0, history.authorNames().length));
    bytes.put("clusters", Chunk.write(folder, "clusters", Clusters.write(history, order, lanes)));
    int pages = commits.count();
    each(bytes.putArray("commits"), folder, "commits", pages, commits::commits);
    each(bytes.putArray("ids"), folder, "ids", pages, commits::ids);
    each(bytes.putArray("subjects"), folder, "subjects", pages, commits::subjects);
    each(bytes.putArray("changes"), folder, "changes", pages, commits::changes);
    String[] paths = history.paths().toArray(String[]::new);
    each(
        bytes.putArray("paths"),
        folder,
        "paths",
        (paths.length + CommitPages.PAGE - 1) / CommitPages.PAGE,
        page -> {
          int from = page * CommitPages.PAGE;
          return lines(paths, from, Math.min(paths.length, from + CommitPages.PAGE));
        });
    bytes.put("city", Chunk.write(folder, "city", City.write(history, order)));
  }

  private static void each(
      ArrayNode bytes, Path folder, String name, int pages, IntFunction<byte[]> page)
      throws IOException {
    try {
      long[] sizes =
          IntStream.range(0, pages)
              .parallel()
              .mapToLong(number -> {
                try {
                  return Chunk.write(folder, name + "-" + number, page.apply(number));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
              .toArray();
      for (long size : sizes) {
        bytes.add(size);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static byte[] lines(String[] texts, int from, int to) {
    Bytes out = new Bytes(1 << 12);
    for (int i = from; i < to; i++) {
      out.text(texts[i]).u8('\n');
    }
    return out.toArray();
  }

  private static void writeMeasurements(
      ViewerContents contents, History history, TimeOrder order, Path folder) throws IOException {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.set(
        "benchmarks",
        Measurements.benchmarks(
            contents,
            id -> {
              int row = history.row(id);
              return row < 0 ? -1 : order.position(row);
            }));
    json.set("telemetry", Measurements.telemetry(contents));
    Chunk.write(folder, "measurements", json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String digest(byte[] text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
