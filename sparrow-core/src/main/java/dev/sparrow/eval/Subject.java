package dev.sparrow.eval;

import dev.sparrow.attack.Attack;
import dev.sparrow.attack.Transfer;
import dev.sparrow.data.Batch;
import dev.sparrow.data.Batches;
import dev.sparrow.io.Checksums;
import dev.sparrow.model.Classifier;
import dev.sparrow.tensor.NamedTensors;
import dev.sparrow.tensor.TensorScope;
import dev.sparrow.tensor.Tensors;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/**
 * What an evaluation is of: everything that its numbers depend on. A stored state goes on only with the same.
 *
 * @param parts name to checksum or text, in a fixed order
 */
record Subject(Map<String, String> parts) {

  /** Reads all weights and all images. */
  static Subject of(CascadeSetting setting, Batches images, List<Attack> attacks) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("weights", weights(setting.model()));
    parts.put("images", images(images));
    parts.put("attacks", attacks.stream().map(Subject::text).collect(Collectors.joining("; ")));
    parts.put("seed", Long.toString(setting.seed().value()));
    parts.put("batch size", Integer.toString(setting.batchSize()));
    parts.put("computation", setting.model().program() + " in " + setting.precision() + " on " + setting.device());
    return new Subject(parts);
  }

  /** The parts in which another differs, with commas between them; empty if in none. */
  String differences(Map<String, String> other) {
    return parts.keySet().stream().filter(part -> !parts.get(part).equals(other.get(part))).collect(Collectors.joining(", "));
  }

  private static String text(Attack attack) {
    String source = attack instanceof Transfer transfer ? " of " + transfer.source().program() + " " + weights(transfer.source()) : "";
    return attack.name() + " " + attack.threatModel() + " " + attack + source;
  }

  private static String weights(Classifier model) {
    MessageDigest digest = Checksums.sha256();
    feed(digest, model.parameters());
    feed(digest, model.buffers());
    return Checksums.hex(digest);
  }

  private static void feed(MessageDigest digest, NamedTensors tensors) {
    tensors.forEach(
        (name, tensor) -> {
          try (TensorScope scope = TensorScope.open()) {
            Tensor local = tensor.cpu().contiguous();
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(Tensors.bytesOf(local));
          }
        });
  }

  private static String images(Batches images) {
    MessageDigest digest = Checksums.sha256();
    for (int i = 0; i < images.count(); i++) {
      Batch batch = images.get(i);
      ByteBuffer bytes = ByteBuffer.allocate(batch.images().length * Float.BYTES + batch.size() * Long.BYTES);
      bytes.asFloatBuffer().put(batch.images());
      bytes.position(batch.images().length * Float.BYTES).asLongBuffer().put(batch.labels());
      digest.update(bytes.rewind());
    }
    return Checksums.hex(digest);
  }
}
