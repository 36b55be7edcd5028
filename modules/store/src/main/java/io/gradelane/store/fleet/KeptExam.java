package io.gradelane.store.fleet;

import io.gradelane.core.fleet.Exam;

/**
 * An exam that somebody has told by the interface.
 *
 * @param id never given twice
 * @param by who told it, or changed it last
 */
public record KeptExam(String id, Exam exam, String by) {}
