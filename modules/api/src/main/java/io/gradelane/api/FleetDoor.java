package io.gradelane.api;

import io.gradelane.core.fleet.Exam;
import io.gradelane.store.fleet.ExamBook;
import io.gradelane.store.fleet.FleetTable;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/**
 * This node's way to what is known of the fleet. Safe on any thread.
 *
 * @param exams those that the interface itself was told
 * @param calendar reads those that stand in a calendar file; none where there is no such file
 */
public record FleetDoor(FleetTable table, ExamBook exams, Supplier<Future<List<Exam>>> calendar) {}
