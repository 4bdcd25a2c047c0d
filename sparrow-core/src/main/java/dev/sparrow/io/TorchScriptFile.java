package dev.sparrow.io;

import dev.sparrow.BadInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * A file of {@code torch.jit.save}: an archive with a program in it. libtorch reads it without looking at checksums, so what a broken one
 * does there is anyone's guess; it is looked at here first.
 */
public final class TorchScriptFile {

  private static final byte[] ZIP = {'P', 'K', 3, 4};

  private TorchScriptFile() {}

  /**
   * Whether a file is a zip archive, by its first bytes: of all files of networks, only those of PyTorch are.
   *
   * @param file any path
   * @return false if there is no such file
   * @throws IOException if it cannot be read
   */
  public static boolean recognises(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream stream = Files.newInputStream(file)) {
      return Arrays.equals(stream.readNBytes(ZIP.length), ZIP);
    }
  }

  /**
   * Holds every entry of a file against its size and its checksum. Nothing in it is run.
   *
   * @param file the file
   * @throws BadInput if it is damaged, or no program of {@code torch.jit.save}
   * @throws IOException if it cannot be read
   */
  public static void check(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw fault("a file", Files.exists(file) ? "a folder" : "nothing", file);
    }
    if (!recognises(file)) {
      throw fault("a zip archive of torch.jit.save", "another file", file);
    }
    try (PyTorchArchive archive = PyTorchArchive.open(file)) {
      if (!archive.isProgram()) {
        throw new PickleFault("a program of torch.jit.save", "a checkpoint of torch.save, which --weights reads");
      }
      archive.requireSound();
    } catch (PickleFault fault) {
      throw fault(fault.expected(), fault.got(), file);
    } catch (ZipException | EOFException e) {
      throw BadInput.data("TorchScript model", "a whole zip archive", PyTorchFile.reason(e), file, e);
    }
  }

  private static BadInput fault(Object expected, Object got, Path file) {
    return BadInput.data("TorchScript model", expected, got, file);
  }
}
