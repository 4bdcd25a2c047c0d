package dev.sparrow.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@code torch.save} writes since PyTorch 1.6: an archive of stored entries, {@code NAME/data.pkl}, {@code NAME/data/KEY} for every
 * storage, and {@code NAME/byteorder}.
 */
final class PyTorchZip implements PyTorchContainer {

  private static final String BYTE_ORDER = "byteorder";

  private final PyTorchArchive archive;
  private final Object content;

  private PyTorchZip(Path file, PyTorchArchive archive) throws IOException {
    this.archive = archive;
    if (archive.isProgram()) {
      throw new PickleFault("a checkpoint of torch.save", "a TorchScript model, which evaluate --torchscript takes");
    }
    archive.requireStored();
    checkByteOrder();
    PyTorchGlobals globals = new PyTorchGlobals(Files.size(file));
    byte[] pickle = archive.pickle();
    this.content = globals.unpickle(new PickleInput(new ByteArrayInputStream(pickle), pickle.length));
    for (PyTorchStorage storage : globals.storages().values()) {
      long size = archive.size(entry(storage));
      if (size != storage.bytes()) {
        throw new PickleFault(storage.bytes() + " bytes in storage '" + storage.key() + "'", size);
      }
    }
  }

  static PyTorchZip open(Path file) throws IOException {
    PyTorchArchive archive = PyTorchArchive.open(file);
    try {
      return new PyTorchZip(file, archive);
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  private static String entry(PyTorchStorage storage) {
    return "data/" + storage.key();
  }

  private void checkByteOrder() throws IOException {
    if (archive.holds(BYTE_ORDER)) { // files of PyTorch before 2.1 do not say, and are little-endian in practice
      String order = new String(archive.read(BYTE_ORDER), StandardCharsets.ISO_8859_1);
      if (!order.equals("little")) {
        throw new PickleFault("little-endian storages", order.equals("big") ? "big-endian ones" : "another byte order");
      }
    }
  }

  @Override
  public Object content() {
    return content;
  }

  @Override
  public ByteBuffer bytes(PyTorchStorage storage, int from, int length) throws IOException {
    return ByteBuffer.wrap(archive.read(entry(storage), from, length));
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
