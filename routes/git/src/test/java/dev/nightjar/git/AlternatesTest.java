package dev.nightjar.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.git.objects.Alternates;
import dev.nightjar.model.Failure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a repository says it borrows is no way to take all memory or to wait for ever. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AlternatesTest {
  @TempDir Path folder;
  private Path origin;
  private Path borrower;

  @BeforeEach
  void makeABorrower() throws IOException {
    GitCommand git = GitCommand.init(Files.createDirectory(folder.resolve("origin")));
    git.run("commit", "-q", "--allow-empty", "-m", "one");
    git.run("clone", "-q", "--shared", ".", "../borrower");
    origin = folder.resolve("origin/.git/objects");
    borrower = folder.resolve("borrower");
  }

  private Path alternates() {
    return borrower.resolve(".git/objects/info/alternates");
  }

  private String refusal() {
    return String.valueOf(
        assertThrows(Failure.Misuse.class, () -> GitRepository.open(borrower).close())
            .getMessage());
  }

  @Test
  void objectsAreBorrowedFromEachFolderOnce() throws IOException {
    Path own = borrower.resolve(".git/objects");
    Files.createDirectories(origin.resolve("info"));
    Files.writeString(origin.resolve("info/alternates"), "# a circle\n\n" + own + "\n");
    assertEquals(List.of(own, origin), List.copyOf(Alternates.folders(own)));
    try (GitRepository repository = GitRepository.open(borrower)) {
      assertTrue(repository.commit("HEAD").isPresent());
    }
  }

  @Test
  void aListWithoutEndIsRefused() throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(alternates().toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    assertTrue(refusal().contains("info/alternates is larger than 1 MiB"), refusal());
  }

  @Test
  void aPipeAndADeviceAreRefused() throws Exception {
    Files.delete(alternates());
    assertEquals(0, new ProcessBuilder("mkfifo", alternates().toString()).start().waitFor());
    assertTrue(refusal().contains("info/alternates is a pipe"), refusal());
    Files.delete(alternates());
    Files.createSymbolicLink(alternates(), Path.of("/dev/zero"));
    assertTrue(refusal().contains("info/alternates is a device"), refusal());
  }

  @Test
  void ofOneThatIsBorrowedFromTheSameHolds() throws Exception {
    Files.createDirectories(origin.resolve("info"));
    Files.createSymbolicLink(origin.resolve("info/alternates"), Path.of("/dev/zero"));
    assertTrue(refusal().contains("info/alternates is a device"), refusal());
  }

  @Test
  void aChainWithoutEndIsRefused() throws IOException {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i <= 1000; i++) {
      many.append("/nowhere/").append(i).append('\n');
    }
    Files.writeString(alternates(), many);
    assertTrue(refusal().contains("more than 1000 folders"), refusal());
  }
}
