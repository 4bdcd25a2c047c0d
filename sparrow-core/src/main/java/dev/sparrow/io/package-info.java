/**
 * Bytes on disk: files and folders replaced atomically, checksums, safetensors, sparse files, and pickles read without running them. No natives.
 */
package dev.sparrow.io;
