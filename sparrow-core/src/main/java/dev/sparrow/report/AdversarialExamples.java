package dev.sparrow.report;

import dev.sparrow.BadInput;
import dev.sparrow.io.DType;
import dev.sparrow.io.Json;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.SafetensorsFile;
import dev.sparrow.io.TensorData;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apiguardian.api.API;

/**
 * {@code adversarial.safetensors}: images before and after an attack, and what the network took them for. Tensors: {@code images}
 * (adversarial) and {@code clean}, float32 [N, 3, S, S]; {@code labels}, {@code cleanPredictions} and {@code predictions}, int64 [N]. The
 * metadata has the {@code attack} and, as a JSON array, the {@code classNames}. {@code evaluate --input} reads it too.
 *
 * @param attack the attack's name
 * @param imageSize side of the images in pixels
 * @param classNames of the data set, by label
 * @param images one per image
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public record AdversarialExamples(String attack, int imageSize, List<String> classNames, List<Item> images) {

  private static final int CHANNELS = 3;

  /** Copies the lists. */
  public AdversarialExamples {
    classNames = List.copyOf(classNames);
    images = List.copyOf(images);
  }

  /**
   * One image.
   *
   * @param clean [3, S, S] row-major, in [0, 1]
   * @param adversarial same shape
   * @param label true class
   * @param before class predicted for the clean image
   * @param after class predicted for the adversarial image
   */
  public record Item(float[] clean, float[] adversarial, long label, long before, long after) {}

  /**
   * The first images under the names of their classes.
   *
   * @param most how many at most
   * @return the images
   */
  public List<AdversarialExample> named(int most) {
    return images.stream().limit(most).map(this::named).toList();
  }

  private AdversarialExample named(Item item) {
    return new AdversarialExample(item.clean, item.adversarial, name(item.label), name(item.before), name(item.after));
  }

  private String name(long label) {
    return label >= 0 && label < classNames.size() ? classNames.get((int) label) : String.valueOf(label);
  }

  /**
   * Stores the images, atomically.
   *
   * @param file replaced if it exists
   * @throws IOException if writing fails
   */
  public void write(Path file) throws IOException {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    tensors.put("images", pixels(images.stream().map(Item::adversarial).toList()));
    tensors.put("clean", pixels(images.stream().map(Item::clean).toList()));
    tensors.put("labels", classes(Item::label));
    tensors.put("cleanPredictions", classes(Item::before));
    tensors.put("predictions", classes(Item::after));
    Safetensors.write(file, tensors, Map.of("attack", attack, "classNames", Json.line(classNames)));
  }

  /**
   * Reads images back.
   *
   * @param file the file
   * @return the images
   * @throws IOException if reading fails
   * @throws BadInput if it is no such file
   */
  public static AdversarialExamples read(Path file) throws IOException {
    try (SafetensorsFile stored = Safetensors.read(file)) {
      TensorData adversarial = checked(stored, "images", DType.F32, file);
      Shape shape = adversarial.shape();
      if (shape.rank() != 4 || shape.dim(0) < 1 || shape.dim(1) != CHANNELS || shape.dim(2) != shape.dim(3)) {
        throw BadInput.data("shape of tensor 'images'", "[N, 3, S, S] with N of at least 1", shape.dims(), file);
      }
      TensorData clean = checked(stored, "clean", DType.F32, file);
      if (!clean.shape().equals(shape)) {
        throw BadInput.data("shape of tensor 'clean'", shape, clean.shape(), file);
      }
      int count = shape.dim(0);
      long[] labels = labels(stored, "labels", count, file);
      long[] before = labels(stored, "cleanPredictions", count, file);
      long[] after = labels(stored, "predictions", count, file);
      List<Item> items =
          IntStream.range(0, count).mapToObj(i -> new Item(image(clean, i), image(adversarial, i), labels[i], before[i], after[i])).toList();
      Map<String, String> metadata = stored.metadata();
      String[] names = Json.parse(metadata.getOrDefault("classNames", "[]"), String[].class, file + ", classNames");
      return new AdversarialExamples(metadata.getOrDefault("attack", "attack"), shape.dim(2), List.of(names), items);
    }
  }

  private static TensorData checked(SafetensorsFile file, String name, DType type, Path where) throws IOException {
    if (file.entry(name).dtype() != type) {
      throw BadInput.data("type of tensor '" + name + "'", type, file.entry(name).dtype(), where);
    }
    return file.get(name);
  }

  private static long[] labels(SafetensorsFile file, String name, int count, Path where) throws IOException {
    TensorData data = checked(file, name, DType.I64, where);
    if (!data.shape().equals(Shape.of(count))) {
      throw BadInput.data("shape of tensor '" + name + "'", Shape.of(count), data.shape(), where);
    }
    long[] labels = new long[count];
    data.data().asLongBuffer().get(labels);
    return labels;
  }

  private static float[] image(TensorData data, int index) {
    float[] pixels = new float[Math.toIntExact(data.shape().size() / data.shape().dim(0))];
    data.data().asFloatBuffer().position(index * pixels.length).get(pixels);
    return pixels;
  }

  private TensorData pixels(List<float[]> stack) {
    ByteBuffer data = ByteBuffer.allocate(stack.size() * CHANNELS * imageSize * imageSize * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    stack.forEach(image -> {
      for (float pixel : image) {
        data.putFloat(pixel);
      }
    });
    return new TensorData(DType.F32, Shape.of(stack.size(), CHANNELS, imageSize, imageSize), data.flip());
  }

  private TensorData classes(ToLongFunction<Item> label) {
    ByteBuffer data = ByteBuffer.allocate(images.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    images.forEach(item -> data.putLong(label.applyAsLong(item)));
    return new TensorData(DType.I64, Shape.of(images.size()), data.flip());
  }
}
