package dev.nightjar.bench.profile.symbols;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.bench.profile.symbols.Symbols.Place;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PlacedFunctionsTest {
  private static final String OBJECT = "/tree/driver";

  @Test
  void aFileThatOnlyAnInlinedFunctionsCallerIsSaidToBeInGivesWayToWhereItsInstructionsStand() {
    PlacedFunctions functions = new PlacedFunctions(new SourceNames(Path.of("/tree")));
    functions.meet(OBJECT, new Place("format", "/tree/include/format.h", 20));
    functions.meet(OBJECT, new Place("hash", "/tree/a.c", 1));
    functions.meet(OBJECT, new Place("hash", "/tree/b.c", 2));

    assertEquals(
        "include/format.h",
        functions.at(OBJECT, new Place("format", "/tree/src/format.cc", 30)).file());
    assertEquals("b.c", functions.at(OBJECT, new Place("hash", "/tree/b.c", 9)).file());
    assertEquals("x.c", functions.at(OBJECT, new Place("other", "/tree/x.c", 9)).file());
    assertEquals("driver", functions.at(OBJECT, new Place("hash", "/tree/b.c", 9)).object());
  }
}
