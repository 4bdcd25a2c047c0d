package dev.sparrow.analysis;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A way to tell which places of an image make a network give it a class. Stateless; it borrows its network. */
public interface Attribution {

  /**
   * What it is called.
   *
   * @return a few words for a picture
   */
  String name();

  /**
   * Attributes the logit of one class per image to the places of the image.
   *
   * @param images [N, 3, S, S] float32 in [0, 1], unchanged
   * @param classes [N] int64, the class of each image that is to be explained
   * @return one map of S x S per image
   */
  List<ImportanceMap> maps(Tensor images, Tensor classes);
}
