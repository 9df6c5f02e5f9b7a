package dev.nightjar.kernel.bpf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which bpf programs are run beside the sampler.
 *
 * @param programs those wanted; none by default, as they cost what they see
 * @param library the library in which inference is looked for; empty for the host's libcuda
 * @param launchSymbol the function that begins an inference
 * @param waitSymbol the function whose return ends it
 */
public record BpfOptions(
    List<BpfProgram> programs, Optional<Path> library, String launchSymbol, String waitSymbol) {
  private static final List<String> LIBRARY_FOLDERS =
      List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib");

  /** Nothing is run. */
  public static final BpfOptions NONE =
      new BpfOptions(List.of(), Optional.empty(), "cuLaunchKernel", "cuStreamSynchronize");

  public BpfOptions {
    programs = List.copyOf(programs);
  }

  /** The library that is looked into; empty if it is not named and the host has no libcuda. */
  Optional<Path> foundLibrary() {
    return library.or(() ->
        LIBRARY_FOLDERS.stream()
            .map(folder -> Path.of(folder, "libcuda.so.1"))
            .filter(Files::exists)
            .findFirst());
  }
}
