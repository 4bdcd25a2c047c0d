/** Channels that are pruned as a whole: which ones, their masks, and the smaller network without them. */
package dev.sparrow.prune.channel;
