package io.gradelane.store.postgres;

import io.gradelane.store.jobs.ClaimContract;
import io.gradelane.store.jobs.EndContract;
import io.gradelane.store.jobs.ErasureContract;
import io.gradelane.store.jobs.EventLogContract;
import io.gradelane.store.jobs.FinishContract;
import io.gradelane.store.jobs.LeaseContract;
import io.gradelane.store.jobs.RepeatContract;
import io.gradelane.store.jobs.RescueContract;
import io.gradelane.store.jobs.ResultContract;
import io.gradelane.store.jobs.SteerContract;
import io.gradelane.store.jobs.SubmitContract;
import org.junit.jupiter.api.Nested;

/** Jobs in PostgreSQL do what every {@code JobStore} does. */
final class PostgresJobContractsTest {

  @Nested
  final class Submitting extends SubmitContract implements InPostgres {}

  @Nested
  final class Claiming extends ClaimContract implements InPostgres {}

  @Nested
  final class Finishing extends FinishContract implements InPostgres {}

  @Nested
  final class Steering extends SteerContract implements InPostgres {}

  @Nested
  final class Reading extends ResultContract implements InPostgres {}

  @Nested
  final class Repeating extends RepeatContract implements InPostgres {}

  @Nested
  final class Erasing extends ErasureContract implements InPostgres {}

  @Nested
  final class Ending extends EndContract implements InPostgres {}

  @Nested
  final class Rescuing extends RescueContract implements InPostgres {}

  @Nested
  final class Logging extends EventLogContract implements InPostgres {}

  @Nested
  final class Leasing extends LeaseContract implements InPostgres {}
}
