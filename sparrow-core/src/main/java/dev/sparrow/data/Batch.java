package dev.sparrow.data;

/**
 * Images and labels as the network takes them. The arrays are made for this batch and belong to whoever receives it; as with every record
 * of arrays, equality is identity of the arrays.
 *
 * @param index position in the epoch, from 0
 * @param imageSize height and width S of the images
 * @param images [N, 3, S, S] flattened, in [0, 1]
 * @param labels [N], each in [0, number of classes)
 */
public record Batch(int index, int imageSize, float[] images, long[] labels) {

  /**
   * The number of images N.
   *
   * @return the batch size, or less in the last batch of an epoch
   */
  public int size() {
    return labels.length;
  }
}
