package dev.sparrow.data;

/**
 * One image as it comes from a file.
 *
 * @param pixels [3 * S * S] unsigned bytes, channels first
 * @param label its class
 */
record LabelledImage(byte[] pixels, int label) {}
