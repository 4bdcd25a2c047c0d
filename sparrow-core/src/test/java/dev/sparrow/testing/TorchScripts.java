package dev.sparrow.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sparrow.io.Json;
import dev.sparrow.model.TorchScriptClassifier;
import dev.sparrow.tensor.DeviceSpec;
import dev.sparrow.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;

/** The TorchScript models that Python made ({@code make_models.py} beside them), and what it computed with them. */
public final class TorchScripts {

  /** Classes of most of them. */
  public static final int CLASSES = 10;

  /** Side of the images that Python gave them. */
  public static final int SIZE = 8;

  private TorchScripts() {}

  /** The file of a model. */
  public static Path file(String name) {
    return resource("/torchscript/" + name + ".pt");
  }

  /** Any resource of the tests. */
  public static Path resource(String name) {
    try {
      return Path.of(TorchScripts.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  /** A model for ten classes and small images, closed by the caller. */
  public static TorchScriptClassifier load(String name) {
    return load(name, SIZE);
  }

  /** A model for ten classes, closed by the caller. */
  public static TorchScriptClassifier load(String name, int imageSize) {
    try {
      return TorchScriptClassifier.load(file(name), CLASSES, imageSize, DeviceSpec.CPU);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Python computed, {@code logits} or {@code gradient}, flat. */
  public static float[] expected(String name, String product) {
    JsonNode values = Json.read(resource("/torchscript/expected.json"), JsonNode.class).get(name).get(product);
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values.get(i).asDouble();
    }
    return floats;
  }

  /** The images that Python gave them. */
  public static Tensor images(int count, int size) {
    float[] values = new float[count * 3 * size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 37L % 101 / 100f;
    }
    return Tensors.ofFloats(values, count, 3, size, size);
  }

  /** The direction in which Python took the gradient of the logits of two images. */
  public static Tensor direction() {
    float[] values = new float[2 * CLASSES];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 7 % 11 / 11f - 0.4f;
    }
    return Tensors.ofFloats(values, 2, CLASSES);
  }
}
