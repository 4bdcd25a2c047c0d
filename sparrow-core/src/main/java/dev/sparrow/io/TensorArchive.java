package dev.sparrow.io;

import dev.sparrow.BadInput;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** An open file of named tensors with free text beside them, in one of the formats that Sparrow writes. */
public sealed interface TensorArchive extends TensorSource, Closeable permits SafetensorsFile, SparseTensorsFile {

  /**
   * Opens a file, whose format is told by its content. Its header is checked; tensors are read when asked for.
   *
   * @param file a safetensors or sparrow-sparse file, whatever its name
   * @return to be closed by the caller
   * @throws IOException if it cannot be read
   * @throws BadInput if it is missing, damaged, or of neither format
   */
  static TensorArchive open(Path file) throws IOException {
    if (SparseTensors.recognises(file)) {
      return SparseTensors.read(file);
    }
    if (Files.isRegularFile(file) && !Safetensors.recognises(file)) {
      throw BadInput.data("weights", "a PyTorch, safetensors or sparrow-sparse file", "another", file);
    }
    return Safetensors.read(file);
  }

  /**
   * The name of the file's format.
   *
   * @return safetensors or sparrow-sparse
   */
  String format();

  /**
   * The free-text map stored with the tensors.
   *
   * @return empty if the file has none
   */
  Map<String, String> metadata();
}
