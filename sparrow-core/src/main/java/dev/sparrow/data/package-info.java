/** Data set formats, downloads, splits, augmentation, prefetched batches. */
package dev.sparrow.data;
