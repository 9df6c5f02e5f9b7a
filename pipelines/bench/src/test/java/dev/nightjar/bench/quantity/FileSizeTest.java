package dev.nightjar.bench.quantity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSizeTest {
  @TempDir Path folder;

  @Test
  void isThatOfAFileOrOfAllFilesOfAFolder() throws Exception {
    Files.createDirectories(folder.resolve("out/deep"));
    Files.writeString(folder.resolve("out/a"), "12345");
    Files.writeString(folder.resolve("out/deep/b"), "123");
    Files.createSymbolicLink(folder.resolve("out/link"), folder.resolve("out/a"));
    assertEquals(
        Reading.of(Quantity.SIZE, Map.of("counter", "files", "path", "out/a"), 5),
        FileSize.of(folder, "out/a"));
    assertEquals(8, FileSize.of(folder, "out").value());
  }

  @Test
  void whatIsNotThereHasNoSize() {
    assertThrows(IOException.class, () -> FileSize.of(folder, "out"));
  }
}
