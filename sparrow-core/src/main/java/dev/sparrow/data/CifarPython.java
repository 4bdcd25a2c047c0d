package dev.sparrow.data;

import dev.sparrow.BadInput;
import dev.sparrow.io.DType;
import dev.sparrow.io.PickledArray;
import dev.sparrow.io.RestrictedUnpickler;
import dev.sparrow.units.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * CIFAR's python format: a file is a pickled dictionary with {@code data}, a uint8 array [N, 3072] of images (channels first), and a list
 * of labels. Pickles are read without running anything.
 *
 * @param variant CIFAR-10 or CIFAR-100
 */
record CifarPython(CifarVariant variant) implements CifarFormat {

  @Override
  public CifarVariant.Layout layout() {
    return variant.python();
  }

  @Override
  public List<String> classNames(DataFile file) {
    String key = variant == CifarVariant.CIFAR10 ? "label_names" : "fine_label_names";
    return complete(list(dictionary(file), key, String.class, file), file);
  }

  @Override
  public List<LabelledImage> images(DataFile file) {
    Map<?, ?> batch = dictionary(file);
    List<Long> labels = list(batch, variant == CifarVariant.CIFAR10 ? "labels" : "fine_labels", Long.class, file);
    Shape expected = Shape.of(labels.size(), CifarVariant.IMAGE_LENGTH);
    if (!(batch.get("data") instanceof PickledArray array) || array.dtype() != DType.U8 || !array.shape().equals(expected)) {
      throw BadInput.data("entry 'data'", "a uint8 array " + expected, kind(batch.get("data")), file.where());
    }
    if (labels.isEmpty()) {
      throw BadInput.data("entry 'data'", "at least one image", "none", file.where());
    }
    return images(array.data(), labels, file);
  }

  private List<LabelledImage> images(ByteBuffer data, List<Long> labels, DataFile file) {
    List<LabelledImage> images = new ArrayList<>(labels.size());
    for (int record = 0; record < labels.size(); record++) {
      byte[] pixels = new byte[CifarVariant.IMAGE_LENGTH];
      data.get(pixels);
      images.add(new LabelledImage(pixels, label(labels.get(record), variant.numClasses(), file, record)));
    }
    return images;
  }

  private static Map<?, ?> dictionary(DataFile file) {
    if (RestrictedUnpickler.read(file.bytes(), file.where()) instanceof Map<?, ?> dictionary) {
      return dictionary;
    }
    throw BadInput.data("pickle", "a dictionary", "something else", file.where());
  }

  private static <T> List<T> list(Map<?, ?> dictionary, String key, Class<T> type, DataFile file) {
    if (dictionary.get(key) instanceof List<?> list && list.stream().allMatch(type::isInstance)) {
      return list.stream().map(type::cast).toList();
    }
    throw BadInput.data("entry '" + key + "'", "a list of " + type.getSimpleName(), kind(dictionary.get(key)), file.where());
  }

  private static String kind(Object entry) {
    if (entry instanceof PickledArray array) {
      return array.dtype() + " array " + array.shape();
    }
    return entry == null ? "nothing" : "another value";
  }
}
