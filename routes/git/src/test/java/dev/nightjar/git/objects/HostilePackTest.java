package dev.nightjar.git.objects;

import static dev.nightjar.git.objects.PackOfAnything.name;
import static dev.nightjar.git.objects.PackOfAnything.size;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.nightjar.git.objects.UnreadableObjectException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Packs made to exhaust memory, time or the reader's arithmetic: each is told of, none is fatal.
 */
class HostilePackTest {
  private static final int MIB = 1 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  static Stream<Arguments> sizesThatAreLies() {
    return Stream.of(
            15L, // more than there is
            5L, // less than there is
            64L * MIB + 1,
            Integer.MAX_VALUE + 1L,
            1L << 40,
            Long.MAX_VALUE,
            -1L,
            1L << 63)
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("sizesThatAreLies")
  void aBlobOfASizeThatIsALieIsToldOf(long size) throws Exception {
    PackOfAnything pack = new PackOfAnything();
    pack.blob(name(1), size, new byte[10]);
    assertUnreadable(pack, name(1));
  }

  @ParameterizedTest
  @MethodSource("sizesThatAreLies")
  void aDeltaOfASizeThatIsALieIsToldOf(long size) throws Exception {
    PackOfAnything pack = new PackOfAnything();
    int base = pack.blob(name(1), 10, new byte[10]);
    pack.delta(name(2), base, size, copying(10, 10, 1));
    assertUnreadable(pack, name(2));
  }

  @ParameterizedTest
  @MethodSource("sizesThatAreLies")
  void aDeltaWhoseResultHasASizeThatIsALieIsToldOf(long size) throws Exception {
    PackOfAnything pack = new PackOfAnything();
    int base = pack.blob(name(1), 10, new byte[10]);
    pack.delta(name(2), base, copying(10, size, 1));
    pack.delta(name(3), base, copying(size, 10, 1));
    assertUnreadable(pack, name(2));
  }

  static Stream<Arguments> brokenDeltas() {
    return Stream.of(
        Arguments.of("nothing at all", new byte[0]),
        Arguments.of("ends within the base's size", new byte[] {(byte) 0x80}),
        Arguments.of("ends within the result's size", new byte[] {10, (byte) 0x80}),
        Arguments.of("has only one size", new byte[] {10}),
        Arguments.of("a size of a hundred bytes", filled(100, (byte) 0x81)),
        Arguments.of("copies from behind the base", new byte[] {10, 10, (byte) 0x91, 5, 10}),
        Arguments.of(
            "copies from before the base", new byte[] {10, 1, (byte) 0x98, (byte) 0xff, 1}),
        Arguments.of("a copy cut short", new byte[] {10, 10, (byte) 0xff, 1}),
        Arguments.of("literal bytes cut short", new byte[] {10, 10, 100, 1, 2, 3}),
        Arguments.of("the reserved command", new byte[] {10, 10, 0}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenDeltas")
  void aBrokenDeltaIsToldOf(String what, byte[] delta) throws Exception {
    PackOfAnything pack = new PackOfAnything();
    int base = pack.blob(name(1), 10, new byte[10]);
    pack.delta(name(2), base, delta);
    assertUnreadable(pack, name(2));
  }

  @Test
  void aDeltaOfItselfAndOneOfNoEntryAreToldOf() throws Exception {
    PackOfAnything pack = new PackOfAnything();
    pack.delta(name(1), 1, copying(10, 10, 1));
    assertUnreadable(pack, name(1));
  }

  /** Every delta is small on disk and 48 MiB inflated; kept at once they would take 4 GiB. */
  @Test
  void aChainOfDeltasThatInflateHugelyTakesBoundedMemory() throws Exception {
    PackOfAnything pack = new PackOfAnything();
    byte[] huge = literal(10, 48 * MIB);
    int at = pack.blob(name(1), 10, new byte[10]);
    at = pack.delta(name(2), at, huge);
    byte[] next = literal(48 * MIB, 48 * MIB);
    for (int i = 3; i < 100; i++) {
      at = pack.delta(name(i), at, next);
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    UnreadableObjectException e = assertUnreadable(pack, name(99));
    assertEquals(Reason.TOO_COSTLY, e.reason());
    assertTrue(THREADS.getCurrentThreadAllocatedBytes() - before < 100L * MIB);
  }

  /** A chain as long as git allows, of deltas that each copy a megabyte, is work but no bomb. */
  @Test
  void aLongChainIsFollowed() throws Exception {
    PackOfAnything pack = new PackOfAnything();
    int at = pack.blob(name(1), MIB, new byte[MIB]);
    for (int i = 2; i < 1000; i++) {
      at = pack.delta(name(i), at, copying(MIB, MIB, 16));
    }
    pack.into(folder.resolve("objects/pack"));
    try (Repository repository = repository();
        ObjectStore store = store(repository);
        ObjectLoader loader = store.newLoader()) {
      assertEquals(MIB, loader.load(name(999)).content().length);
    }
  }

  private UnreadableObjectException assertUnreadable(PackOfAnything pack, ObjectName name)
      throws IOException {
    pack.into(folder.resolve("objects/pack"));
    try (Repository repository = repository();
        ObjectStore store = store(repository);
        ObjectLoader loader = store.newLoader()) {
      return assertThrows(UnreadableObjectException.class, () -> loader.load(name));
    }
  }

  private Repository repository() throws IOException {
    return new FileRepositoryBuilder().setGitDir(folder.toFile()).build();
  }

  private ObjectStore store(Repository repository) {
    return new ObjectStore(repository, folder.resolve("objects"), 64 * MIB);
  }

  /** A delta that copies the first 64 KiB of its base so many times. */
  private static byte[] copying(long baseSize, long resultSize, int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(size(baseSize));
    out.writeBytes(size(resultSize));
    for (int i = 0; i < times; i++) {
      out.write(0x80);
    }
    return out.toByteArray();
  }

  /** A delta that has all of its result in itself. */
  private static byte[] literal(long baseSize, int resultSize) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(resultSize + resultSize / 64);
    out.writeBytes(size(baseSize));
    out.writeBytes(size(resultSize));
    byte[] piece = new byte[65];
    piece[0] = 64;
    for (int i = 0; i < resultSize / 64; i++) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  private static byte[] filled(int length, byte value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, value);
    return bytes;
  }
}
