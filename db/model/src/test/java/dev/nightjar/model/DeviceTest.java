package dev.nightjar.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.model.Device.Kind;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTest {
  @ParameterizedTest
  @CsvSource({
    "cpu, CPU, -1, ''",
    "cuda:0 NVIDIA H200, CUDA, 0, NVIDIA H200",
    "opencl:12 pocl cpu-haswell, OPENCL, 12, pocl cpu-haswell",
    "edu:1 QEMU edu, EDU, 1, QEMU edu",
    "gpu0, OTHER, -1, gpu0",
    "cuda:00 NVIDIA H200, OTHER, -1, cuda:00 NVIDIA H200",
    "cpu:0 mine, OTHER, -1, cpu:0 mine",
    "other:0 mine, OTHER, -1, other:0 mine",
    "cuda:0, OTHER, -1, cuda:0",
    "CPU, OTHER, -1, CPU",
    "'', OTHER, -1, ''",
  })
  void aLabelIsReadAsWritten(String label, Kind kind, int slot, String model) {
    Device device = Device.of(label);
    assertEquals(kind, device.kind());
    assertEquals(slot < 0 ? OptionalInt.empty() : OptionalInt.of(slot), device.slot());
    assertEquals(model, device.model());
    assertEquals(label, device.label());
    assertEquals(device, Device.of(device.label()));
    assertEquals(device.hashCode(), Device.of(device.label()).hashCode());
  }

  @Test
  void theProcessorsAreOne() {
    assertSame(Device.CPU, Device.of("cpu"));
    assertEquals(Device.of("cuda:3 A"), Device.at(Kind.CUDA, 3, " A "));
  }

  @Test
  void aPlaceNeedsADriverANumberAndAModel() {
    assertThrows(IllegalArgumentException.class, () -> Device.at(Kind.CPU, 0, "a"));
    assertThrows(IllegalArgumentException.class, () -> Device.at(Kind.OTHER, 0, "a"));
    assertThrows(IllegalArgumentException.class, () -> Device.at(Kind.CUDA, -1, "a"));
    assertThrows(IllegalArgumentException.class, () -> Device.at(Kind.CUDA, 0, " "));
  }
}
