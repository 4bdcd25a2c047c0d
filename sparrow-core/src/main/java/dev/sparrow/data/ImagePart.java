package dev.sparrow.data;

import java.util.List;

/**
 * A file that holds one image.
 *
 * @param file JPEG or PNG
 * @param label its class
 * @param decoder makes the pixels
 */
record ImagePart(DataFile file, int label, ImageDecoder decoder) implements Part {

  @Override
  public String where() {
    return file.where();
  }

  @Override
  public List<LabelledImage> read() {
    return List.of(new LabelledImage(decoder.decode(file), label));
  }
}
