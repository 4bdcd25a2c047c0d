package dev.sparrow.analysis;

import dev.sparrow.data.Batch;
import dev.sparrow.loss.CrossEntropy;
import dev.sparrow.mask.MaskSet;
import dev.sparrow.model.Curvature;
import dev.sparrow.model.Mode;
import dev.sparrow.model.ModeGuard;
import dev.sparrow.model.NetworkClassifier;
import dev.sparrow.report.LineChart;
import dev.sparrow.tensor.BlankTensors;
import dev.sparrow.tensor.DeviceBatch;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How curved the loss is around the weights: the eigenvalues of largest magnitude of the Hessian of the mean cross-entropy by all
 * parameters, restricted to the active ones. In evaluation mode, so batch norm is a fixed scale and shift.
 *
 * @param network where it comes from
 * @param images the images: which ones, and after which attack
 * @param count how many
 * @param loss their mean cross-entropy
 * @param parameters active parameters, the dimension of the Hessian
 * @param eigenvalues in the order of their magnitudes
 */
public record HessianSpectrum(String network, String images, int count, double loss, long parameters, List<Eigenvalue> eigenvalues) {

  /** Copies the list. */
  public HessianSpectrum {
    eigenvalues = List.copyOf(eigenvalues);
  }

  /**
   * Finds the largest eigenvalues. Each iteration costs one Hessian-vector product over the images.
   *
   * @param network where it comes from, for people
   * @param model the network, borrowed
   * @param masks which weights are active, borrowed; parameters without a mask are
   * @param description of the images, for people
   * @param images the images, clean or adversarial
   * @param iteration how exact
   * @param eigenvalues how many
   * @return what was found
   */
  public static HessianSpectrum of(
      String network,
      NetworkClassifier model,
      MaskSet masks,
      String description,
      FixedImages images,
      PowerIteration iteration,
      int eigenvalues) {
    try (TensorScope scope = TensorScope.open();
        ModeGuard guard = model.in(Mode.EVAL)) {
      Curvature curvature = new Curvature(model);
      List<Eigenvalue> found =
          iteration.largest(vector -> product(curvature, images, vector), model.parameters(), masks.tensors(), eigenvalues);
      long parameters = model.parameters().asMap().values().stream().mapToLong(tensor -> tensor.numel()).sum();
      long inactive = masks.asMap().values().stream().mapToLong(mask -> mask.size() - mask.active()).sum();
      return new HessianSpectrum(network, description, images.size(), images.loss(model), parameters - inactive, found);
    }
  }

  /** The Hessian of the mean over all images times a vector. */
  static NamedTensors product(Curvature curvature, FixedImages images, NamedTensors vector) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors sum = vector.map((name, tensor) -> BlankTensors.zerosLike(tensor));
      for (Batch batch : images.batches()) {
        try (TensorScope ofBatch = TensorScope.open()) {
          DeviceBatch tensors = images.onDevice(batch);
          NamedTensors product =
              curvature.hessianVectorProduct(
                  tensors.images(), logits -> CrossEntropy.INSTANCE.perImage(logits, tensors.labels()), vector);
          Vectors.add(sum, product, batch.size() / (double) images.size());
        }
      }
      return scope.keep(sum);
    }
  }

  /**
   * Draws how the estimates settled.
   *
   * @param file a PNG, replaced as a whole
   * @throws IOException if it cannot be written
   */
  public void draw(Path file) throws IOException {
    LineChart chart = new LineChart("Largest eigenvalues of the Hessian", "iteration", "Rayleigh quotient");
    for (int i = 0; i < eigenvalues.size(); i++) {
      Eigenvalue eigenvalue = eigenvalues.get(i);
      String name = String.format(Locale.ROOT, "%d: %.4g%s", i + 1, eigenvalue.value(), eigenvalue.converged() ? "" : " (not settled)");
      List<Double> across = IntStream.rangeClosed(1, eigenvalue.iterations()).mapToObj(Double::valueOf).toList();
      chart.line(name, across, eigenvalue.estimates());
    }
    chart.write(file);
  }
}
