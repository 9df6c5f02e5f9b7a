package dev.nightjar.kernel.modules;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a PCI function sits, which is how the modules name devices.
 *
 * @param domain 0 to 0x7fff
 * @param bus 0 to 0xff
 * @param slot 0 to 0x1f
 * @param function 0 to 7
 */
public record PciAddress(int domain, int bus, int slot, int function) {
  private static final Pattern TEXT =
      Pattern.compile("(?:([0-9a-fA-F]{4,8}):)?([0-9a-fA-F]{2}):([0-9a-fA-F]{2})\\.([0-7])");
  private static final int PRESENT = 0x80000000;
  private static final int NULL_DOMAIN = 0x7fff;
  private static final int NULL_BUS = 0xff;

  public PciAddress {
    if (!fits(domain, 0x7fff) || !fits(bus, 0xff) || !fits(slot, 0x1f) || !fits(function, 7)) {
      throw new IllegalArgumentException(
          "no PCI function: %x:%x:%x.%x".formatted(domain, bus, slot, function));
    }
  }

  private static boolean fits(int value, int most) {
    return value >= 0 && value <= most;
  }

  /** Reads {@code 0000:65:00.0}, also without the domain, which is 0 then. */
  public static Optional<PciAddress> parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String domain = matcher.group(1);
    long number = domain == null ? 0 : Long.parseLong(domain, 16);
    return number > 0x7fff
        ? Optional.empty()
        : Optional.of(
            new PciAddress(
                (int) number,
                Integer.parseInt(matcher.group(2), 16),
                Integer.parseInt(matcher.group(3), 16),
                Integer.parseInt(matcher.group(4), 16)));
  }

  /** A device of {@code ai_gpu}'s null-hardware mode, in a domain that no machine has. */
  public static PciAddress nullDevice(int index) {
    return new PciAddress(NULL_DOMAIN, NULL_BUS, index, 0);
  }

  public static PciAddress ofNumber(int number) {
    return new PciAddress(
        number >> 16 & 0x7fff, number >> 8 & 0xff, number >> 3 & 0x1f, number & 7);
  }

  public int number() {
    return PRESENT | domain << 16 | bus << 8 | slot << 3 | function;
  }

  @Override
  public String toString() {
    return "%04x:%02x:%02x.%x".formatted(domain, bus, slot, function);
  }
}
