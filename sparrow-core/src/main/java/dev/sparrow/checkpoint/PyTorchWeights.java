package dev.sparrow.checkpoint;

import dev.sparrow.BadInput;
import dev.sparrow.arch.Blueprint;
import dev.sparrow.io.DType;
import dev.sparrow.io.PyTorchFile;
import dev.sparrow.io.PyTorchTensor;
import dev.sparrow.io.TensorConversion;
import dev.sparrow.io.TensorSource;
import dev.sparrow.units.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The weights of a network in a PyTorch checkpoint, of any type, with their masks applied. Batch counters, which files before PyTorch 0.4.1
 * do not have, start at 0 where all of them are missing.
 */
final class PyTorchWeights implements TensorSource, MaskSource {

  private static final String COUNTER = ".num_batches_tracked";

  private final PyTorchFile file;
  private final Path path;
  private final StateDict dictionary;
  private final Map<String, PyTorchTensor> masks;
  private final Map<String, Object> facts;
  private final Set<String> counters = new LinkedHashSet<>();

  PyTorchWeights(
      PyTorchFile file,
      Path path,
      StateDict dictionary,
      Map<String, PyTorchTensor> masks,
      Map<String, Object> facts,
      Blueprint network) {
    this.file = file;
    this.path = path;
    this.dictionary = dictionary;
    this.facts = facts;
    this.masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
    if (dictionary.tensors().keySet().stream().noneMatch(name -> name.endsWith(COUNTER))) {
      network.buffers().keySet().stream().filter(name -> name.endsWith(COUNTER)).forEach(counters::add);
    }
  }

  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(dictionary.tensors().keySet());
    names.addAll(counters);
    return Collections.unmodifiableSet(names);
  }

  @Override
  public DType dtype(String name) {
    return counters.contains(name) ? DType.I64 : TensorConversion.wide(tensor(name).dtype());
  }

  @Override
  public Shape shape(String name) {
    return counters.contains(name) ? Shape.of() : tensor(name).shape();
  }

  @Override
  public void readInto(String name, ByteBuffer target) throws IOException {
    long bytes = shape(name).size() * dtype(name).bytes();
    if (target.remaining() != bytes) {
      throw BadInput.data("tensor '" + name + "'", target.remaining() + " bytes", bytes, path);
    }
    if (counters.contains(name)) {
      target.putLong(0);
      return;
    }
    ByteBuffer values = target.slice().order(ByteOrder.LITTLE_ENDIAN);
    TensorConversion.widen(file.read(tensor(name)), values, where(name));
    if (masks.containsKey(name)) {
      apply(mask(name), values);
    }
    target.position(target.limit());
  }

  private static void apply(boolean[] active, ByteBuffer weights) {
    for (int i = 0; i < active.length; i++) {
      if (!active[i]) {
        weights.putFloat(i * Float.BYTES, 0);
      }
    }
  }

  @Override
  public Set<String> masked() {
    return masks.keySet();
  }

  @Override
  public boolean[] mask(String name) throws IOException {
    return TensorConversion.mask(file.read(masks.get(name)), where(name));
  }

  @Override
  public long overruled(String name) throws IOException {
    boolean[] active = mask(name);
    ByteBuffer weights = ByteBuffer.allocate(active.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    TensorConversion.widen(file.read(tensor(name)), weights, where(name));
    long overruled = 0;
    for (int i = 0; i < active.length; i++) {
      overruled += !active[i] && weights.getFloat(i * Float.BYTES) != 0 ? 1 : 0;
    }
    return overruled;
  }

  /** What the checkpoint has beside these weights. */
  Findings findings() {
    Map<String, Integer> converted = new TreeMap<>();
    for (PyTorchTensor tensor : dictionary.tensors().values()) {
      if (tensor.dtype() != TensorConversion.wide(tensor.dtype())) {
        converted.merge(tensor.dtype().name(), 1, Integer::sum);
      }
    }
    boolean normalization = StoredNormalization.isAmong(names());
    MaskKind kind = dictionary.masks().isEmpty() ? MaskKind.REFERENCE : MaskKind.PRUNE;
    Optional<MaskKind> found = masks.isEmpty() ? Optional.empty() : Optional.of(kind);
    return new Findings(
        file.format(), dictionary.key(), dictionary.prefix(), normalization, found, converted, dictionary.leftOut(), facts);
  }

  private PyTorchTensor tensor(String name) {
    PyTorchTensor tensor = dictionary.tensors().get(name);
    if (tensor == null) {
      throw BadInput.data("tensor", "'" + name + "'", "no tensor of that name", path);
    }
    return tensor;
  }

  private String where(String name) {
    return name + " in " + path;
  }
}
