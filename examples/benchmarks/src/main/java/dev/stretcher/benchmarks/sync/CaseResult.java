package dev.stretcher.benchmarks.sync;

/**
 * What was measured for one case.
 *
 * @param name how tables call it
 * @param warm our syncer in a warm JVM
 * @param process our syncer as a whole process
 */
record CaseResult(String name, Comparison warm, Comparison process) {}
