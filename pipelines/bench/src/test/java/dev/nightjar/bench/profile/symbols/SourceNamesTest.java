package dev.nightjar.bench.profile.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceNamesTest {
  private static final SourceNames NAMES = new SourceNames(Path.of("/cache/tree/base"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          parse.constprop.0             | parse
          parse.isra.0.cold             | parse
          parse.part.12                 | parse
          ns::f(int) [clone .cold]      | ns::f(int)
          ns::f(int) [clone .isra.0] [clone .cold] | ns::f(int)
          a.part                        | a
          partial                       | partial
          operator()(int)               | operator()(int)
          """)
  void aCloneHasTheNameOfWhatWasCloned(String name, String plain) {
    assertEquals(plain, SourceNames.function(name));
  }

  @Test
  void whatStandsInTheVersionsFolderIsRelativeToIt() {
    assertEquals("lib/lz4.c", NAMES.source("/cache/tree/base/lib/../lib/lz4.c"));
    assertEquals("/usr/include/stdio.h", NAMES.source("/usr/include/stdio.h"));
    assertEquals("/cache/tree/basement/a.c", NAMES.source("/cache/tree/basement/a.c"));
    assertNull(NAMES.source("??"));
    assertEquals("bin/lz4", NAMES.object("/cache/tree/base/bin/lz4"));
    assertEquals("libc.so.6", NAMES.object("/usr/lib/libc.so.6"));
    assertEquals("/", NAMES.object("/"));
  }
}
