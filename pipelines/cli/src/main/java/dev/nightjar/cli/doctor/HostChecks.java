package dev.nightjar.cli.doctor;

import dev.nightjar.kernel.HostOffer;
import dev.nightjar.kernel.HostPlatform;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks of the machine itself: tools, kernel interfaces, devices, disk. */
final class HostChecks {
  private static final long FREE_BYTES_LEAST = 2L << 30;

  private final HostPlatform platform;

  HostChecks(HostPlatform platform) {
    this.platform = platform;
  }

  /** Everything there is to say about the host. */
  List<Finding> all(Path dataFolder) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.live("java", Runtime.version() + " at " + System.getProperty("java.home")));
    findings.add(git());
    findings.add(disk(dataFolder));
    platform.offers().forEach(offer -> findings.add(finding(offer)));
    return findings;
  }

  private static Finding git() throws InterruptedException {
    return ProgramAnswer.of("git", "--version")
        .map(version -> Finding.live("git", version))
        .orElseGet(() ->
            Finding.absent(
                "git",
                "not on the PATH; ingest reads repositories without it",
                "install git: comparing two revisions needs its worktrees"));
  }

  private static Finding disk(Path dataFolder) {
    Path existing = dataFolder;
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isWritable(existing)) {
      return Finding.problem(
          "data folder",
          dataFolder + " cannot be written",
          "make it writable, or set XDG_DATA_HOME to a folder that is");
    }
    try {
      FileStore store = Files.getFileStore(existing);
      long free = store.getUsableSpace();
      String detail = "%s, %.1f GiB free".formatted(dataFolder, free / (double) (1L << 30));
      return free >= FREE_BYTES_LEAST
          ? Finding.live("data folder", detail)
          : Finding.problem("data folder", detail, "free some space: the stores want 2 GiB");
    } catch (IOException e) {
      return Finding.problem("data folder", dataFolder + ": " + e.getMessage(), "check the disk");
    }
  }

  private static Finding finding(HostOffer offer) {
    return switch (offer.state()) {
      case THERE -> Finding.live(offer.subject(), offer.detail());
      case ABSENT -> Finding.absent(offer.subject(), offer.detail(), offer.remedy());
      case AMISS -> Finding.problem(offer.subject(), offer.detail(), offer.remedy());
    };
  }
}
