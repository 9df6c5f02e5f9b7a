package dev.nightjar.bench.profile.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.bench.profile.symbols.Symbols.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SymbolsTest {
  @TempDir Path folder;

  private Map<Long, List<Place>> places(String answer) throws Exception {
    Path file = folder.resolve("answer.txt");
    Files.writeString(file, answer);
    return Symbols.places(file);
  }

  @Test
  void inlinedFunctionsStandBeforeTheOneTheyAreIn() throws Exception {
    assertEquals(
        Map.of(
            0x1abL,
            List.of(
                new Place("count", "/src/lz4.c", 12), new Place("compress(int)", "/src/a:b.c", 7))),
        places(
            """
            0x00000000000001ab
            count
            /src/lz4.c:12 (discriminator 3)
            compress(int)
            /src/a:b.c:7
            0x0000000000000200
            ??
            ??:0
            """));
  }

  @Test
  void aPlaceWithoutALineKeepsItsFunction() throws Exception {
    assertEquals(
        Map.of(1L, List.of(new Place("f", "", 0)), 2L, List.of(new Place("g", "g.c", 0))),
        places("0x1\nf\n??:?\n0x2\ng\ng.c:?\n"));
  }

  @Test
  void anAnswerThatIsNoneNamesNothing() throws Exception {
    assertEquals(Map.of(), places("0xyz\nf\nf.c:1\n"));
    assertEquals(Map.of(), places(""));
  }

  @Test
  void noProgramIsAskedAboutWhatIsNoFile() throws Exception {
    Symbols symbols = new Symbols(folder);

    assertEquals(Map.of(), symbols.at("/dev/zero", List.of(1L)));
    assertEquals(Map.of(), symbols.at("[kernel.kallsyms]", List.of(1L)));
    assertEquals(Map.of(), symbols.at("\0", List.of(1L)));
  }
}
