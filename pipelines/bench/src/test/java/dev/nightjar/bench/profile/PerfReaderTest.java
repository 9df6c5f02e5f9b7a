package dev.nightjar.bench.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.bench.profile.PerfReader.Frame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerfReaderTest {
  @TempDir Path folder;

  @Test
  void samplesAreCountedByTheirStacks() throws Exception {
    String sample =
        """
        \t           4a1c parse+0x1c (/home/me/program (deleted))
        \t           20d07 operator new(unsigned long)+0x7 (/usr/lib/libstdc++.so.6)
        \tffffffff821ecc51 [unknown] ([kernel.kallsyms])

        """;
    Path text = folder.resolve("perf.txt");
    Files.writeString(text, sample + "# a remark\n" + sample + "\t 1 other (x)\n");
    PerfReader reader = new PerfReader();

    reader.read(text);

    assertEquals(2, reader.samples().size());
    assertArrayEquals(
        new long[] {2},
        reader
            .samples()
            .get(
                List.of(
                    new Frame("/home/me/program (deleted)", "parse", 0x4a1c),
                    new Frame("/usr/lib/libstdc++.so.6", "operator new(unsigned long)", 0x20d07),
                    new Frame("[kernel.kallsyms]", "[unknown]", 0xffffffff821ecc51L))));
  }
}
