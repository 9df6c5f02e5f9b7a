package dev.nightjar.store.embedded;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.FolderTree;
import dev.nightjar.store.embedded.folder.FileLease;
import dev.nightjar.store.embedded.folder.PrivateFolder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The servers' programs, unpacked from the class path into the cache folder once for every content.
 *
 * <p>A folder under its final name is whole: it is filled under another name and then renamed.
 */
final class BundledPrograms {
  private final Path cacheFolder;
  private final Platform platform;

  BundledPrograms(Path cacheFolder, Platform platform) {
    this.cacheFolder = cacheFolder;
    this.platform = platform;
  }

  /** The folder that holds PostgreSQL's {@code bin}, {@code lib} and {@code share}. */
  Path postgres() {
    return unpacked("postgresql", platform.postgresArchive(), BundledPrograms::untar);
  }

  /** The Redis server. */
  Path redisServer() {
    String program = platform.program("redis-server");
    return unpacked(
            "redis",
            platform.redisProgram(),
            (bytes, folder) -> {
              Path file = folder.resolve(program);
              Files.copy(bytes, file);
              setMode(file, 0700);
            })
        .resolve(program);
  }

  private Path unpacked(String name, String resource, Unpacking unpacking) {
    Path folder = cacheFolder.resolve(name + "-" + digest(resource));
    if (Files.isDirectory(folder)) {
      return folder;
    }
    PrivateFolder.create(cacheFolder);
    try (FileLease _ = FileLease.exclusive(cacheFolder.resolve("unpack.lock"))) {
      return Files.isDirectory(folder) ? folder : unpack(folder, resource, unpacking);
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "the embedded "
              + name
              + " cannot be unpacked to "
              + folder
              + " ("
              + e.getMessage()
              + "): free some space there (100 MB), or point XDG_CACHE_HOME to another folder",
          e);
    }
  }

  private Path unpack(Path folder, String resource, Unpacking unpacking) throws IOException {
    PrivateFolder.deleteLeftovers(cacheFolder, ".unpacking-");
    Path half = Files.createTempDirectory(cacheFolder, ".unpacking-");
    try (InputStream bytes = open(resource)) {
      unpacking.unpack(bytes, half);
      PrivateFolder.move(half, folder);
      return folder;
    } finally {
      FolderTree.delete(half);
    }
  }

  /** Twelve hexadecimal digits of the SHA-256 of the resource: another build, another folder. */
  private String digest(String resource) {
    try (InputStream bytes = open(resource);
        DigestInputStream digested =
            new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digested.getMessageDigest().digest()).substring(0, 12);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(resource + " on the class path cannot be read", e);
    }
  }

  private InputStream open(String resource) {
    InputStream stream = BundledPrograms.class.getResourceAsStream(resource);
    if (stream == null) {
      throw new Failure.Unavailable(
          "no embedded server is bundled for "
              + platform.system()
              + " on "
              + platform.processor()
              + ": set NIGHTJAR_DATABASE_URL (and NIGHTJAR_REDIS_URL) to servers of your own");
    }
    return stream;
  }

  private static void untar(InputStream bytes, Path folder) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(bytes, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        extract(tar, entry, within(folder, folder.resolve(entry.getName())), folder);
      }
    }
  }

  private static void extract(
      TarArchiveInputStream tar, TarArchiveEntry entry, Path target, Path folder)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.resolveSibling(".").normalize());
    if (entry.isSymbolicLink()) {
      within(folder, target.resolveSibling(entry.getLinkName()));
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
      setMode(target, (entry.getMode() & 0100) != 0 ? 0700 : 0600);
    }
  }

  private static Path within(Path folder, Path target) throws IOException {
    if (!target.normalize().startsWith(folder)) {
      throw new IOException("the archive has an entry outside of itself: " + target);
    }
    return target.normalize();
  }

  private static void setMode(Path file, int mode) throws IOException {
    if (PrivateFolder.hasPosixPermissions()) {
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(mode == 0700 ? "rwx------" : "rw-------"));
    }
  }

  /** Fills a folder from an archive. */
  @FunctionalInterface
  private interface Unpacking {
    void unpack(InputStream bytes, Path folder) throws IOException;
  }
}
