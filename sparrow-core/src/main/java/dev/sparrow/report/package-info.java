/** What a run leaves behind: its folder, records, tables, curves, HTML page and TensorBoard events. No natives. */
package dev.sparrow.report;
