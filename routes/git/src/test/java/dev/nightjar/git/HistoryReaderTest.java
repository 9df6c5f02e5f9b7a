package dev.nightjar.git;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.git.history.HistoryRequest;
import dev.nightjar.git.history.KnownCommits;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reading ends when its receiver has had enough. */
class HistoryReaderTest {
  private static final int COMMITS = 20_000;

  @TempDir Path folder;

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void endsAtOnceWhenTheReceiverThrowsWhileTheWalkWaits() {
    GitCommand git = GitCommand.init(folder);
    ImportStream stream = new ImportStream();
    int last = stream.commit("refs/heads/main", "first\n", 1);
    for (int i = 2; i <= COMMITS; i++) {
      last = stream.commit("refs/heads/main", "change " + i + "\n", i, last);
    }
    stream.into(git);
    HistoryRequest request =
        new HistoryRequest(List.of(git.text("rev-parse", "main")), KnownCommits.NONE, false, 2);
    try (GitRepository repository = GitRepository.open(folder)) {
      assertThrows(
          CancellationException.class,
          () ->
              repository
                  .history()
                  .read(
                      request,
                      (block, total) -> {
                        while (!isWalkWaiting()) {
                          Thread.onSpinWait();
                        }
                        throw new CancellationException("enough");
                      }));
    }
  }

  /** Whether the thread that walks has found no place for what comes next. */
  private static boolean isWalkWaiting() {
    return Thread.getAllStackTraces().values().stream()
        .map(frames -> Arrays.stream(frames).map(StackTraceElement::getMethodName).toList())
        .anyMatch(methods -> methods.contains("walk") && methods.contains("park"));
  }
}
