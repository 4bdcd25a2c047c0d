package dev.sparrow.data;

import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * Images and labels as the network takes them. The arrays are made for this batch and belong to whoever receives it; as with every record
 * of arrays, equality is identity of the arrays.
 *
 * @param index position in the epoch, from 0
 * @param imageSize height and width S of the images
 * @param images [N, 3, S, S] flattened, in [0, 1]
 * @param labels [N], each in [0, number of classes)
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record Batch(int index, int imageSize, float[] images, long[] labels) {

  /**
   * The number of images N.
   *
   * @return the batch size, or less in the last batch of an epoch
   */
  public int size() {
    return labels.length;
  }

  /**
   * The first images of this batch.
   *
   * @param count at least 0
   * @return a batch of that many images, or this one if it has no more
   */
  public Batch first(int count) {
    if (size() <= count) {
      return this;
    }
    return new Batch(index, imageSize, Arrays.copyOf(images, count * (images.length / size())), Arrays.copyOf(labels, count));
  }
}
