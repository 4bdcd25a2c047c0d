package dev.sparrow.interop.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sparrow.checkpoint.ModelOrigin;
import dev.sparrow.config.Arch;
import dev.sparrow.interop.ExportFormat;
import dev.sparrow.interop.MadeUpModels;
import dev.sparrow.interop.ModelExport;
import dev.sparrow.interop.StoredModel;
import dev.sparrow.model.Pass;
import dev.sparrow.model.Recording;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import dev.sparrow.testing.LibtorchLogits;
import dev.sparrow.testing.MadeUpImages;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network with half of its channels pruned, exported without them: still sound models with the masked network's logits. */
class CompactOnnxTest {

  private static final int COUNT = 2;

  @TempDir private Path folder;

  private static Stream<Arguments> everyNetwork() {
    return Arrays.stream(Arch.values()).flatMap(arch -> Stream.of(false, true).map(folded -> Arguments.of(arch, folded)));
  }

  @ParameterizedTest
  @MethodSource("everyNetwork")
  void isSoundSmallerAndTheSame(Arch arch, boolean folded) throws IOException, OrtException {
    int side = folded ? 64 : 32;
    Path file = folder.resolve("compact.onnx");
    float[] images = MadeUpImages.of(COUNT, side);
    try (TensorScope scope = TensorScope.open();
        StoredModel stored = MadeUpModels.of(arch, 8, side, true, ModelOrigin.UNKNOWN)) {
      ModelExport.Report report = ModelExport.write(stored, new ModelExport.Request(ExportFormat.ONNX, folded, OptionalInt.of(1)), file);
      assertThat(report.parameters().after()).isLessThan(report.parameters().before() * 3 / 4);
      ParsedModel model = ParsedModel.parse(Files.readAllBytes(file));
      CheckerRules.check(model);
      assertThat(model.properties()).containsEntry("compact", "true").containsEntry("foldedBatchNorms", String.valueOf(folded));
      try (Pass pass = stored.model().model().forward(Tensors.ofFloats(images, COUNT, 3, side, side), Recording.NONE)) {
        assertThat(LibtorchLogits.difference(Tensors.toFloats(pass.logits()), logits(file, images, side))).isLessThan(1e-4);
      }
    }
  }

  private static float[] logits(Path file, float[] images, int side) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), new long[] {COUNT, 3, side, side});
        OrtSession.Result result = session.run(Map.of("images", input))) {
      float[][] rows = (float[][]) result.get("logits").orElseThrow().getValue();
      float[] flat = new float[COUNT * rows[0].length];
      for (int i = 0; i < flat.length; i++) {
        flat[i] = rows[i / rows[0].length][i % rows[0].length];
      }
      return flat;
    }
  }
}
