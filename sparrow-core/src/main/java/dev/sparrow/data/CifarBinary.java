package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * CIFAR's binary format: a file is a sequence of records, a record is one label byte (CIFAR-100: coarse, then fine) and 3072 pixel bytes
 * (1024 red, 1024 green, 1024 blue, row-major). Source: Krizhevsky, 2009, and its web page.
 *
 * @param variant CIFAR-10 or CIFAR-100
 */
record CifarBinary(CifarVariant variant) implements CifarFormat {

  @Override
  public CifarVariant.Layout layout() {
    return variant.binary();
  }

  /** One name per line; blank lines at the end are ignored. */
  @Override
  public List<String> classNames(DataFile file) {
    return complete(file.lines().stream().filter(line -> !line.isBlank()).map(String::strip).toList(), file);
  }

  @Override
  public List<LabelledImage> images(DataFile file) {
    byte[] bytes = file.bytes();
    int length = variant.labelCounts().size() + CifarVariant.IMAGE_LENGTH;
    if (bytes.length == 0 || bytes.length % length != 0) {
      throw BadInput.data("file size", "a multiple of the record size " + length, bytes.length + " bytes", file.where());
    }
    List<LabelledImage> images = new ArrayList<>(bytes.length / length);
    for (int record = 0; record < bytes.length / length; record++) {
      int end = (record + 1) * length;
      byte[] pixels = Arrays.copyOfRange(bytes, end - CifarVariant.IMAGE_LENGTH, end);
      images.add(new LabelledImage(pixels, label(bytes, record * length, file, record)));
    }
    return images;
  }

  private int label(byte[] bytes, int start, DataFile file, int record) {
    int label = 0;
    for (int i = 0; i < variant.labelCounts().size(); i++) {
      label = label(bytes[start + i] & 0xff, variant.labelCounts().get(i), file, record);
    }
    return label;
  }
}
