package dev.sparrow.interop;

import dev.sparrow.checkpoint.ModelCard;
import dev.sparrow.checkpoint.ModelInfo;
import dev.sparrow.units.Versions;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an ONNX model says about its network, for people and for Sparrow. */
final class OnnxProperties {

  private OnnxProperties() {}

  static Map<String, String> of(ModelCard card, boolean folded) {
    ModelInfo model = card.model();
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("architecture", model.network().arch().label());
    properties.put("width", String.valueOf(model.network().width()));
    properties.put("classes", String.valueOf(model.numClasses()));
    properties.put("imageSize", String.valueOf(model.imageSize()));
    properties.put("normalization", model.normalization() + ", inside the model");
    properties.put("nonzeroFraction", String.valueOf(card.nonzeroFraction()));
    properties.put("compact", String.valueOf(card.compact()));
    properties.put("foldedBatchNorms", String.valueOf(folded));
    card.configHash().ifPresent(hash -> properties.put("configHash", hash));
    properties.put("version", Versions.current().get("sparrow"));
    properties.putAll(card.toMetadata());
    return properties;
  }
}
