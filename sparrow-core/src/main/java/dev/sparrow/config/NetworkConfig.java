package dev.sparrow.config;

import org.apiguardian.api.API;

/**
 * Which network a run trains.
 *
 * @param arch the architecture
 * @param width base channels; 64 is the published ResNet and VGG, small experiments take 8 or 16
 * @param depthFactor depth of a WideResNet, 6 n + 4
 * @param widthFactor widening factor of a WideResNet
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record NetworkConfig(Arch arch, int width, int depthFactor, int widthFactor) {

  /** ResNet-18 at its published width. */
  public static final NetworkConfig DEFAULT = new NetworkConfig(Arch.RESNET18, 64, 34, 10);

  /** Checks the ranges. */
  public NetworkConfig {
    Check.atLeast("width", 1, width);
    Check.atLeast("depth-factor", 10, depthFactor);
    Check.atLeast("width-factor", 1, widthFactor);
  }
}
