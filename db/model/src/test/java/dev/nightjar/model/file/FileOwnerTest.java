package dev.nightjar.model.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileOwnerTest {
  @TempDir Path folder;

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void whatThisProcessMakesIsItsUsers() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertTrue(FileOwner.self().isPresent());
    assertEquals(FileOwner.self(), FileOwner.of(file));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/"));
    int owner = (int) Files.getAttribute(Path.of("/"), "unix:uid");
    assertEquals(OptionalInt.of(owner), FileOwner.of(link), "what it leads to is meant");
  }

  @Test
  void whatIsGoneHasNoOwner() {
    assertThrows(IOException.class, () -> FileOwner.of(folder.resolve("nothing")));
  }
}
