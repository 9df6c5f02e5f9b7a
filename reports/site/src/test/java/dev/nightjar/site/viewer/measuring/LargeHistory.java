package dev.nightjar.site.viewer.measuring;

import dev.nightjar.store.report.HistoryChange;
import dev.nightjar.store.report.HistoryCommit;
import dev.nightjar.store.report.HistoryRef;
import dev.nightjar.viewer.HistorySource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A history of any length with the entropy of a real one: blocks of 256 commits in a row are drawn
 * from a real history, with their gaps in time, authors, parents and subjects; ids are random. The
 * gaps are scaled by a factor drawn for each, so that no time repeats.
 */
final class LargeHistory implements HistorySource {
  private static final int BLOCK = 256;
  private static final int ID_BYTES = 20;
  private static final int PATHS = 6000;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Real(long seconds, int author, int[] parentDistances, String subject) {}

  private final List<Real> real = new ArrayList<>();
  private final Map<String, Integer> authors = new HashMap<>();
  private final int size;
  private final long seed;
  private final byte[] ids;

  /** Samples so many commits from the repository in a folder. */
  LargeHistory(Path repository, int size, long seed) throws IOException {
    this.size = size;
    this.seed = seed;
    this.ids = new byte[size * ID_BYTES];
    new Random(seed).nextBytes(ids);
    read(repository);
  }

  private void read(Path repository) throws IOException {
    Process git =
        new ProcessBuilder(
                "git",
                "-C",
                repository.toString(),
                "log",
                "--all",
                "--date-order",
                "--reverse",
                "--format=%H%x09%ct%x09%an%x09%P%x09%s")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Map<String, Integer> places = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(git.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split("\t", 5);
        int place = real.size();
        places.put(parts[0], place);
        List<Integer> distances = new ArrayList<>();
        for (String parent : parts[3].split(" ")) {
          Integer at = places.get(parent);
          if (at != null) {
            distances.add(place - at);
          }
        }
        real.add(
            new Real(
                Long.parseLong(parts[1]),
                authors.computeIfAbsent(parts[2], any -> authors.size()),
                distances.stream().mapToInt(Integer::intValue).toArray(),
                parts[4]));
      }
    }
  }

  /** How many commits it is drawn from. */
  int realSize() {
    return real.size();
  }

  @Override
  public void commits(Consumer<HistoryCommit> sink) {
    Random random = new Random(seed + 1);
    double seconds = 1_100_000_000;
    int at = 0;
    for (int i = 0; i < size; i++) {
      if (i % BLOCK == 0) {
        at = 1 + random.nextInt(real.size() - BLOCK - 1);
      }
      Real drawn = real.get(at);
      double gap = Math.clamp(drawn.seconds() - real.get(at - 1).seconds(), 0, 500_000);
      seconds += gap * 0.08 * (0.5 + random.nextDouble());
      sink.accept(
          new HistoryCommit(
              i, id(i), parents(i, drawn), drawn.author(), (long) seconds, drawn.subject()));
      at++;
    }
  }

  private byte[] id(int index) {
    byte[] id = new byte[ID_BYTES];
    System.arraycopy(ids, index * ID_BYTES, id, 0, ID_BYTES);
    return id;
  }

  private byte[] parents(int index, Real drawn) {
    int[] distances = drawn.parentDistances().length == 0 ? new int[] {1} : drawn.parentDistances();
    if (index == 0) {
      return new byte[0];
    }
    byte[] parents = new byte[distances.length * ID_BYTES];
    for (int i = 0; i < distances.length; i++) {
      int parent = index - Math.clamp(distances[i], 1, index);
      System.arraycopy(ids, parent * ID_BYTES, parents, i * ID_BYTES, ID_BYTES);
    }
    return parents;
  }

  /** Two changes a commit, of few files often and of many seldom. */
  @Override
  public void changes(Consumer<HistoryChange> sink) {
    Random random = new Random(seed + 2);
    for (int i = 0; i < size; i++) {
      for (int change = 0; change < 2; change++) {
        int file = (int) (PATHS * Math.pow(random.nextDouble(), 3));
        sink.accept(
            new HistoryChange(
                i,
                'M',
                "part" + file % 17 + "/area" + file % 131 + "/File" + file + ".java",
                null,
                (int) Math.exp(random.nextGaussian() * 1.6 + 2),
                (int) Math.exp(random.nextGaussian() * 1.6 + 1.5)));
      }
    }
  }

  @Override
  public Map<Long, String> people() {
    Map<Long, String> people = new HashMap<>();
    authors.forEach((name, id) -> people.put((long) id, name));
    return people;
  }

  @Override
  public List<HistoryRef> refs() {
    return List.of(new HistoryRef("refs/heads/main", id(size - 1)));
  }

  @Override
  public String defaultBranch() {
    return "main";
  }
}
