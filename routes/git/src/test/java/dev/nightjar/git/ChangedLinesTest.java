package dev.nightjar.git;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.git.ChangedLines.Span;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangedLinesTest {
  @Test
  void spansAreThoseOfTheLaterCommit() {
    ChangedLines changed =
        ChangedLines.of(
            """
            diff --git src/a.c src/a.c
            index 1..2 100644
            --- src/a.c
            +++ src/a.c
            @@ -10,2 +10,3 @@ int f(void)
            -one
            -two
            +++ src/no-file.c
            +@@ -1 +1 @@
            +three
            \\ No newline at end of file
            @@ -30,2 +31,0 @@
            -gone
            -gone
            @@ -50 +49 @@
            -a
            +b
            --- with space.c
            +++ with space.c\t
            @@ -0,0 +1,2 @@
            +a
            +b
            """);

    assertEquals(
        List.of(new Span(10, 12), new Span(32, 32), new Span(49, 49)),
        changed.of(Path.of("src/a.c")));
    assertEquals(List.of(new Span(1, 2)), changed.of(Path.of("with space.c")));
    assertEquals(List.of(), changed.of(Path.of("src/no-file.c")));
    assertEquals(2, changed.files().size());
  }

  @Test
  void whatIsNoDifferenceChangesNothing() {
    assertEquals(List.of(), ChangedLines.of("Binary files a and b differ\n").files());
    assertEquals(List.of(), ChangedLines.of("").files());
    assertEquals(List.of(), ChangedLines.of("@@ -1,9999999999 +1 @@\n+a").files());
  }
}
