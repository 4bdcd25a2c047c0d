package dev.sparrow.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sparrow.units.Labelled;
import org.apiguardian.api.API;

/** The data sets that a run can name. */
@API(status = API.Status.MAINTAINED, since = "0.1")
public enum DatasetName implements Labelled {
  /** CIFAR-10, binary or python layout. */
  CIFAR10("cifar10"),
  /** CIFAR-100, binary or python layout. */
  CIFAR100("cifar100"),
  /** Tiny-ImageNet, original layout or training and validation folders. */
  TINYIMAGENET("tinyimagenet"),
  /** Any folder with one sub-folder of images per class. */
  IMAGEFOLDER("imagefolder"),
  /** 2,000 training and 500 test images of CIFAR-10, bundled; needs no path. */
  CIFAR10_SAMPLE("cifar10-sample");

  private final String label;

  DatasetName(String label) {
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
   * @param label one of cifar10, cifar100, tinyimagenet, imagefolder, cifar10-sample
   * @return the constant
   */
  @JsonCreator
  public static DatasetName parse(String label) {
    return Labelled.parse(DatasetName.class, "dataset", label);
  }
}
