/** Networks as ONNX models. No libtorch, and no ONNX library: a model is a Protocol Buffers message. */
package dev.sparrow.interop.onnx;
