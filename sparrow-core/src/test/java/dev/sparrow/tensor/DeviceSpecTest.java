package dev.sparrow.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparrow.BadInput;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class DeviceSpecTest {

  @Test
  void cpuIsTheProcessor() {
    assertThat(DeviceSpec.resolve("cpu")).isEqualTo(DeviceSpec.CPU).hasToString("cpu");
    assertThat(DeviceSpec.CPU.isCuda()).isFalse();
    assertThat(new DeviceSpec(2)).hasToString("cuda:2");
  }

  @Test
  void unknownNamesAreRefused() {
    for (String name : new String[] {"gpu", "cuda:", "cuda:x", "CUDA", "cuda:-1", ""}) {
      assertThatThrownBy(() -> DeviceSpec.resolve(name))
          .isInstanceOf(BadInput.class)
          .hasMessage("--device: expected cpu, cuda, cuda:N or auto, got '" + name + "'");
    }
  }

  @Test
  void absentGpuIsSaid() {
    Assumptions.assumeFalse(torch.hasCUDA(), "this machine has a GPU");
    assertThat(DeviceSpec.resolve("auto")).isEqualTo(DeviceSpec.CPU);
    for (String name : new String[] {"cuda", "cuda:3"}) {
      assertThatThrownBy(() -> DeviceSpec.resolve(name))
          .isInstanceOfSatisfying(BadInput.class, fault -> assertThat(fault.isUsage()).isTrue())
          .hasMessage("--device: expected cpu (no CUDA device was found), got " + name);
    }
  }
}
