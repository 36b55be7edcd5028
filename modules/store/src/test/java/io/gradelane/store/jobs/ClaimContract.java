package io.gradelane.store.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobId;
import io.gradelane.core.job.JobState.Running;
import io.gradelane.store.jobs.Jobs.Claimed;
import io.gradelane.store.jobs.Jobs.Offer;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A job is claimed once, under a session that lives, if it may start. */
public abstract class ClaimContract extends JobStoreFixture {

  @Test
  void aClaimIsOneAttempt() {
    BatchId batch = submit(2);

    Claimed claimed = claim(session, batch, 1).getFirst();

    assertThat(claimed).isEqualTo(new Claimed(new Claim(batch.job(1), 1, session), 0));
    assertThat(state(batch.job(1))).isEqualTo(new Running(1, 0, session, "s1"));
    assertThat(claim(session, batch, 1)).isEmpty();
  }

  @Test
  void whatAClaimDidCanBeLookedUpByItsSession() throws Exception {
    BatchId batch = submit(3);
    Claimed claimed = claim(session, batch, 1).getFirst();
    finish(ran(claim(session, batch, 2).getFirst().claim(), "ended"));
    List<JobId> all = List.of(batch.job(1), batch.job(2), batch.job(3));

    assertThat(get(store.jobs().claimed(session, all))).containsExactly(claimed);
    assertThat(get(store.jobs().claimed(session + 1, all))).isEmpty();
  }

  @Test
  void twoThatClaimTheSameShareIt() throws Exception {
    BatchId batch = submit(200);
    JobStore other = open(vertx, LONG);
    long otherSession = get(other.sessions().open("node-2"));
    List<Future<List<Claimed>>> claims = new ArrayList<>();
    for (int from = 1; from <= 200; from += 20) {
      List<Offer> offers = offers(batch, IntStream.range(from, from + 20).toArray());
      claims.add(store.jobs().claim(session, offers));
      claims.add(other.jobs().claim(otherSession, offers.reversed()));
    }
    get(Future.all(claims));

    assertThat(claims.stream().flatMap(done -> done.result().stream()))
        .extracting(claimed -> claimed.claim().job())
        .hasSize(200)
        .doesNotHaveDuplicates();
    get(other.close());
  }

  @Test
  void nothingIsClaimedUnderASessionThatHasEnded() {
    BatchId batch = submit(1);
    get(store.sessions().leave(session));

    assertThat(claim(session, batch, 1)).isEmpty();
    assertThat(get(store.sessions().renew(session))).isEmpty();
  }

  @Test
  void nothingIsClaimedUnderASessionWhoseTimeIsOver() throws Exception {
    BatchId batch = submit(1);
    JobStore mortal = open(vertx, OVER);
    long dead = get(mortal.sessions().open("node-2"));
    assertThat(get(mortal.sessions().renew(dead))).isPresent();

    assertThat(get(mortal.jobs().claim(dead, offers(batch, 1)))).isEmpty();
    get(mortal.close());
  }

  @Test
  void nothingIsClaimedThatMayNotStart() {
    BatchControl free = BatchControl.in("bulk");
    Instant later = Instant.parse("2031-01-01T00:00:00Z");

    assertThat(claim(session, submit(free.pause("by ada"), 1), 1)).isEmpty();
    assertThat(claim(session, submit(free.startAt(later), 1), 1)).isEmpty();
    assertThat(claim(session, submit(free.startAt(Instant.EPOCH), 1), 1)).hasSize(1);
    assertThat(claim(session, submit(free.sample(2), 3), 1, 2, 3))
        .extracting(claimed -> claimed.claim().job().sequence())
        .containsExactlyInAnyOrder(1, 2);
  }
}
