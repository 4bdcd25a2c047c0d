package dev.sparrow.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes what {@code torch.load(file, weights_only=True)} reads as a dictionary of {@code state_dict}, an ordered dictionary of tensors,
 * and of plain data beside it.
 *
 * <p>The file is PyTorch's zip format, version 3: the dictionary as a pickle in {@code archive/data.pkl}, each tensor's bytes in
 * {@code archive/data/0} and so on, none of them compressed, all aligned. The same content makes the same bytes.
 */
public final class PyTorchWriter {

  private static final String FOLDER = "archive/";
  private static final String STATE = "state_dict";

  private PyTorchWriter() {}

  /**
   * Writes a file, atomically (see {@link AtomicFiles}).
   *
   * @param file the file; replaced if it exists
   * @param state name to tensor, in the order of the dictionary
   * @param beside what the outer dictionary holds beside {@code state_dict}, as dictionaries, lists, texts and numbers
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if a key of the outer dictionary is {@code state_dict}
   */
  public static void write(Path file, Map<String, TensorData> state, Map<String, JsonNode> beside) throws IOException {
    if (beside.containsKey(STATE)) {
      throw new IllegalArgumentException("key beside " + STATE + ": expected another, got the same");
    }
    AtomicFiles.write(
        file,
        stream -> {
          AlignedZip zip = new AlignedZip(stream);
          zip.add(FOLDER + "data.pkl", ByteBuffer.wrap(pickle(state, beside)));
          add(zip, ".format_version", "1");
          add(zip, ".storage_alignment", Integer.toString(AlignedZip.ALIGNMENT));
          add(zip, "byteorder", "little");
          int key = 0;
          for (TensorData tensor : state.values()) {
            zip.add(FOLDER + "data/" + key++, tensor.data());
          }
          add(zip, "version", "3\n");
          zip.finish();
        });
  }

  private static void add(AlignedZip zip, String name, String text) throws IOException {
    zip.add(FOLDER + name, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static byte[] pickle(Map<String, TensorData> state, Map<String, JsonNode> beside) {
    PickleWriter pickle = new PickleWriter();
    pickle.emptyDictionary().begin().text(STATE).emptyOrderedDict().begin();
    int key = 0;
    for (Map.Entry<String, TensorData> tensor : state.entrySet()) {
      tensor(pickle.text(tensor.getKey()), key++, tensor.getValue());
    }
    pickle.intoDictionary();
    beside.forEach((name, value) -> pickle.text(name).plain(value));
    return pickle.intoDictionary().end();
  }

  /** {@code _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks)}. */
  private static void tensor(PickleWriter pickle, int key, TensorData tensor) {
    pickle.global("torch._utils", "_rebuild_tensor_v2").begin();
    pickle.begin().text("storage").global("torch", storage(tensor.dtype())).text(Integer.toString(key)).text("cpu");
    pickle.whole(tensor.shape().size()).tuple().persistent();
    pickle.whole(0);
    List<Integer> dims = tensor.shape().dims();
    pickle.begin();
    dims.forEach(pickle::whole);
    pickle.tuple().begin();
    for (int i = 0; i < dims.size(); i++) {
      pickle.whole(dims.subList(i + 1, dims.size()).stream().mapToLong(dim -> Math.max(1, dim)).reduce(1, (a, b) -> a * b));
    }
    pickle.tuple().truth(false).emptyOrderedDict().tuple().call();
  }

  private static String storage(DType dtype) {
    return switch (dtype) {
      case BOOL -> "BoolStorage";
      case U8 -> "ByteStorage";
      case I8 -> "CharStorage";
      case I16 -> "ShortStorage";
      case I32 -> "IntStorage";
      case I64 -> "LongStorage";
      case F16 -> "HalfStorage";
      case BF16 -> "BFloat16Storage";
      case F32 -> "FloatStorage";
      case F64 -> "DoubleStorage";
      case F8_E5M2, F8_E4M3, U16, U32, U64 ->
          throw new IllegalArgumentException("type: expected one that PyTorch has a storage of, got " + dtype);
    };
  }
}
