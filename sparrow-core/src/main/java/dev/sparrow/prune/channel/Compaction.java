package dev.sparrow.prune.channel;
final class Compaction {}
