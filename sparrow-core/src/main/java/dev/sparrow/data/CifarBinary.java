package dev.sparrow.data;

import dev.sparrow.BadInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * CIFAR's binary layout: a file is a sequence of records, a record is one label byte (CIFAR-100: coarse, then fine) and 3072 pixel bytes
 * (1024 red, 1024 green, 1024 blue, row-major). Source: Krizhevsky, 2009, and its web page.
 *
 * @param variant CIFAR-10 or CIFAR-100
 */
record CifarBinary(CifarVariant variant) {

  private int recordLength() {
    return variant.labelCounts().size() + CifarVariant.IMAGE_LENGTH;
  }

  /** A file of records. */
  Part records(DataFile file) {
    return new Part() {
      @Override
      public String where() {
        return file.where();
      }

      @Override
      public List<LabelledImage> read() {
        return parse(file.bytes(), file.where());
      }
    };
  }

  /** The class names: one per line, blank lines at the end ignored. */
  List<String> classNames(DataFile file) {
    List<String> names = file.lines().stream().filter(line -> !line.isBlank()).map(String::strip).toList();
    if (names.size() != variant.numClasses()) {
      throw BadInput.data("class names", variant.numClasses(), names.size(), file.where());
    }
    return names;
  }

  private List<LabelledImage> parse(byte[] bytes, String where) {
    int length = recordLength();
    if (bytes.length == 0 || bytes.length % length != 0) {
      throw BadInput.data("file size", "a multiple of the record size " + length, bytes.length + " bytes", where);
    }
    List<LabelledImage> images = new ArrayList<>(bytes.length / length);
    for (int start = 0; start < bytes.length; start += length) {
      int label = label(bytes, start, where);
      int pixels = start + length - CifarVariant.IMAGE_LENGTH;
      images.add(new LabelledImage(Arrays.copyOfRange(bytes, pixels, start + length), label));
    }
    return images;
  }

  private int label(byte[] bytes, int start, String where) {
    int label = 0;
    for (int i = 0; i < variant.labelCounts().size(); i++) {
      label = bytes[start + i] & 0xff;
      if (label >= variant.labelCounts().get(i)) {
        throw BadInput.data("label", "0 to " + (variant.labelCounts().get(i) - 1), label, where + ", record " + start / recordLength());
      }
    }
    return label;
  }
}
