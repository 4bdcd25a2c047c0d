package dev.sparrow.io;

/**
 * A tensor of a PyTorch checkpoint that is of no kind that networks are made of. It does not keep the rest of the checkpoint from being
 * read.
 *
 * @param kind what it is, for example {@code complex64} or {@code sparse}
 */
public record PyTorchOpaque(String kind) {}
