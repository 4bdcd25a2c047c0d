package dev.sparrow.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** The networks. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum Arch implements Labelled {
  /** Pre-activation ResNet-18. */
  RESNET18("resnet18"),
  /** Pre-activation ResNet-34. */
  RESNET34("resnet34"),
  /** Pre-activation ResNet-50. */
  RESNET50("resnet50"),
  /** Pre-activation ResNet-101. */
  RESNET101("resnet101"),
  /** Pre-activation ResNet-152. */
  RESNET152("resnet152"),
  /** VGG-11 with batch norm. */
  VGG11("vgg11"),
  /** VGG-13 with batch norm. */
  VGG13("vgg13"),
  /** VGG-16 with batch norm. */
  VGG16("vgg16"),
  /** VGG-19 with batch norm. */
  VGG19("vgg19"),
  /** WideResNet; --depth-factor 34 and --width-factor 10 by default. */
  WIDERESNET("wideresnet"),
  /** Pre-activation ResNet-18 with its widths scaled to a parameter budget; --density picks the budget. */
  SMALLDENSE("smalldense"),
  /** Post-activation ResNet-18, which comes with Robust Bird's script but is not what that trains. */
  RESNET18_POST("resnet18-post");

  private final String label;

  Arch(String label) {
    this.label = label;
  }

  @Override
  @JsonValue
  public String label() {
    return label;
  }

  /**
   * Reads a label.
   *
   * @param label one of resnet18, resnet34, resnet50, resnet101, resnet152, vgg11, vgg13, vgg16, vgg19, wideresnet, smalldense,
   *     resnet18-post
   * @return the constant
   */
  @JsonCreator
  public static Arch parse(String label) {
    return Labelled.parse(Arch.class, "arch", label);
  }
}
