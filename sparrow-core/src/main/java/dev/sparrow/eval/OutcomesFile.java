package dev.sparrow.eval;

import dev.sparrow.io.AtomicFiles;
import dev.sparrow.io.DType;
import dev.sparrow.io.Safetensors;
import dev.sparrow.io.TensorData;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The whole table of outcomes as a file: one row per image, one column per stage, 1 where the image still stands after it. */
public final class OutcomesFile {

  private static final String CLEAN = "clean";

  private OutcomesFile() {}

  /**
   * Writes the table: as a safetensors file where the name says so, else as comma-separated values.
   *
   * @param file replaced if it exists
   * @param result of a cascade
   * @throws IOException if writing fails
   */
  public static void write(Path file, CascadeResult result) throws IOException {
    List<String> attacks = result.attacks().stream().map(AttackReport::name).toList();
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
      Safetensors.write(file, tensors(result.outcomes(), attacks), Map.of());
    } else {
      AtomicFiles.write(file, csv(result.outcomes(), attacks));
    }
  }

  private static String csv(Outcomes outcomes, List<String> attacks) {
    StringBuilder text = new StringBuilder("image,label," + CLEAN);
    attacks.forEach(name -> text.append(',').append(name));
    for (int image = 0; image < outcomes.size(); image++) {
      text.append('\n').append(image).append(',').append(outcomes.label(image));
      for (int stage = 0; stage <= attacks.size(); stage++) {
        text.append(outcomes.stands(image, stage) ? ",1" : ",0");
      }
    }
    return text.append('\n').toString();
  }

  /** {@code image}, {@code label} and {@code stage} int64, see {@link Outcomes#stages}; {@code clean} and one column per attack boolean. */
  private static Map<String, TensorData> tensors(Outcomes outcomes, List<String> attacks) {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    tensors.put("image", longs(IntStream.range(0, outcomes.size()).asLongStream().toArray()));
    tensors.put("label", longs(IntStream.range(0, outcomes.size()).mapToLong(outcomes::label).toArray()));
    tensors.put("stage", longs(outcomes.stages()));
    tensors.put(CLEAN, standing(outcomes, 0));
    for (int i = 0; i < attacks.size(); i++) {
      tensors.put(attacks.get(i), standing(outcomes, i + 1));
    }
    return tensors;
  }

  private static TensorData longs(long[] values) {
    ByteBuffer data = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asLongBuffer().put(values);
    return new TensorData(DType.I64, Shape.of(values.length), data);
  }

  private static TensorData standing(Outcomes outcomes, int stage) {
    ByteBuffer data = ByteBuffer.allocate(outcomes.size());
    for (int image = 0; image < outcomes.size(); image++) {
      data.put((byte) (outcomes.stands(image, stage) ? 1 : 0));
    }
    return new TensorData(DType.BOOL, Shape.of(outcomes.size()), data.flip());
  }
}
