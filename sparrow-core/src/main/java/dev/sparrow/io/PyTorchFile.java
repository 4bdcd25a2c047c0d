package dev.sparrow.io;

import dev.sparrow.BadInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.zip.ZipException;

/**
 * A file of {@code torch.save}, in its zip format (PyTorch 1.6 and newer) or its stream format (before). Nothing in it is executed: the
 * pickle may hold plain data (see {@link RestrictedUnpickler}), tensors and parameters, sizes, types and devices; every other name is
 * refused. Tensors of types and layouts that networks are not made of, such as complex and sparse ones, are {@link PyTorchOpaque}. Every
 * view lies within its storage, and no tensor is larger than the file.
 *
 * <p>Tensors are read when asked for. Memory: the pickle's values when opened, then what one tensor is spread over and one copy of it.
 */
public final class PyTorchFile implements AutoCloseable {

  private static final byte[] ZIP = {'P', 'K', 3, 4};

  /** A pickle's protocol, whatever it is, and a long integer of ten bytes: the magic number. */
  private static final byte[] LONG_OF_10 = {(byte) 0x8a, 10};

  private static final byte[] TAR = "ustar".getBytes(StandardCharsets.US_ASCII);
  private static final int TAR_OFFSET = 257;

  private enum Format {
    ZIP,
    STREAM,
    TAR,
    OTHER
  }

  /** How often a byte of the file may be read for the tensors of a network; the constant is for tiny files. */
  private static final int SHARING = 2;

  private static final int SPARE_BYTES = 1 << 16;

  private final Path file;
  private final long size;
  private final String format;
  private final PyTorchContainer container;

  private PyTorchFile(Path file, String format, PyTorchContainer container) throws IOException {
    this.file = file;
    this.size = Files.size(file);
    this.format = format;
    this.container = container;
  }

  /**
   * Whether a file is one of {@code torch.save}, by its first bytes.
   *
   * @param file any path
   * @return false if there is no such file
   * @throws IOException if it cannot be read
   */
  public static boolean recognises(Path file) throws IOException {
    return Files.isRegularFile(file) && format(file) != Format.OTHER;
  }

  private static Format format(Path file) throws IOException {
    byte[] head;
    try (InputStream stream = Files.newInputStream(file)) {
      head = stream.readNBytes(TAR_OFFSET + TAR.length);
    }
    if (matches(head, 0, ZIP)) {
      return Format.ZIP;
    }
    if (head.length > 0 && head[0] == (byte) 0x80 && matches(head, 2, LONG_OF_10)) {
      return Format.STREAM;
    }
    return matches(head, TAR_OFFSET, TAR) ? Format.TAR : Format.OTHER;
  }

  private static boolean matches(byte[] head, int from, byte[] magic) {
    return head.length >= from + magic.length && Arrays.equals(head, from, from + magic.length, magic, 0, magic.length);
  }

  /**
   * Opens a file and reads all but its tensors.
   *
   * @param file the file
   * @return to be closed by the caller
   * @throws IOException if it cannot be read
   * @throws BadInput if it is not a sound file of {@code torch.save}, or holds anything but data
   */
  public static PyTorchFile open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw BadInput.data("PyTorch checkpoint", "a file", Files.exists(file) ? "a folder" : "nothing", file);
    }
    try {
      return switch (format(file)) {
        case ZIP -> new PyTorchFile(file, "PyTorch zip", PyTorchZip.open(file));
        case STREAM -> new PyTorchFile(file, "PyTorch stream", PyTorchStream.open(file));
        case TAR -> throw new PickleFault("a zip archive or a stream", "the tar format of PyTorch before 0.1.10");
        case OTHER -> throw new PickleFault("a zip archive or a stream", "neither");
      };
    } catch (PickleFault fault) {
      throw fault(fault, file);
    } catch (ZipException | EOFException e) {
      throw brokenArchive(e, file);
    }
  }

  private static BadInput brokenArchive(IOException cause, Path file) {
    return BadInput.data("PyTorch checkpoint", "a whole zip archive", reason(cause), file, cause);
  }

  /** An end of file has no message of its own: an entry's offset lies beyond it. */
  static String reason(IOException cause) {
    return cause instanceof EOFException ? "an entry beyond its end" : cause.getMessage();
  }

  private static BadInput fault(PickleFault fault, Path file) {
    return BadInput.data("PyTorch checkpoint", fault.expected(), fault.got(), file, fault);
  }

  /**
   * Which of the formats it is.
   *
   * @return {@code PyTorch zip} or {@code PyTorch stream}
   */
  public String format() {
    return format;
  }

  /**
   * What was saved.
   *
   * @return plain values as {@link RestrictedUnpickler} gives them, {@link PyTorchTensor}s and {@link PyTorchOpaque}s
   */
  public Object content() {
    return container.content();
  }

  /**
   * Checks that tensors that are to be read one after another are no more than the file: many views of one storage could take any time and
   * memory.
   *
   * @param tensors some of this file's
   * @throws BadInput if they, or what they are spread over, are more than twice as large
   */
  public void requireReadable(Collection<PyTorchTensor> tensors) {
    long most = SHARING * size + SPARE_BYTES;
    long together = tensors.stream().mapToLong(tensor -> Math.max(tensor.extent(), tensor.bytes())).sum();
    if (together > most) {
      throw BadInput.data("PyTorch checkpoint", "tensors of at most " + most + " bytes together", together, file);
    }
  }

  /**
   * Reads a tensor.
   *
   * @param tensor one of this file's
   * @return its elements, row-major whatever its strides
   * @throws IOException if reading fails
   * @throws BadInput if its storage is damaged
   */
  public TensorData read(PyTorchTensor tensor) throws IOException {
    try {
      return tensor.of(container.bytes(tensor.storage(), tensor.from(), tensor.extent()));
    } catch (PickleFault fault) {
      throw fault(fault, file);
    } catch (ZipException | EOFException e) {
      throw brokenArchive(e, file);
    }
  }

  @Override
  public void close() throws IOException {
    container.close();
  }
}
