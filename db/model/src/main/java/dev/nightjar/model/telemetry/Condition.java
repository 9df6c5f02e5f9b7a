package dev.nightjar.model.telemetry;

/** A condition of the machine that disturbs what is measured on it. */
public enum Condition {
  STEAL("the hypervisor gave the CPU to others"),
  THROTTLING("the control group's CPU quota was used up"),
  MEMORY_PRESSURE("memory was short"),
  PAGE_CACHE_EVICTION("pages had to be read back from disk"),
  IO("the disk was busy"),
  CPU_COMPETITION("other programs took the CPU"),
  SLOW_CLOCK("the CPU's clock was slower than usual");

  private final String sentence;

  Condition(String sentence) {
    this.sentence = sentence;
  }

  /** What happened, for people. */
  public String sentence() {
    return sentence;
  }
}
