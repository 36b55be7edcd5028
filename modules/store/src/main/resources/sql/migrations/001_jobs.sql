-- Batches, their jobs, every attempt at them, and what happened, numbered.
--
-- Ids are UUIDs of version 7, so they sort by time; a job's id is its batch's with the last 32 bits counted up from 1.
-- So the primary key is the order of a batch's jobs, and a range of ids is a range of time: the great tables are cut
-- into partitions by it, and old ones are dropped whole. No foreign key points to them, and there is no default
-- partition, which could not be dropped.
--
-- Only jobs is updated in numbers. Its rows are narrow, no index but the primary key holds any of its columns, and
-- two thirds of each page are left free: so a claim and a finish stay on the row's page (HOT), whatever old snapshot
-- somebody holds open. All else that grows is written once.

CREATE TABLE sessions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  node text NOT NULL,
  began_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  renewed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  steady_since timestamptz NOT NULL DEFAULT clock_timestamp(), -- its renewals have come in time since then
  lives_until timestamptz NOT NULL,
  ended_at timestamptz, -- nothing can be claimed under it any more
  left_well boolean NOT NULL DEFAULT false, -- it said so itself: its jobs are handed back without a strike
  rescued_at timestamptz -- no job runs under it any more
) WITH (fillfactor = 50);

CREATE INDEX sessions_unrescued ON sessions (id) WHERE rescued_at IS NULL;

CREATE TABLE batches (
  id uuid PRIMARY KEY,
  tenant text NOT NULL,
  name text NOT NULL,
  template bytea, -- the parts of a run spec that its jobs share
  total integer NOT NULL,
  sealed boolean NOT NULL, -- false: more jobs may come
  lane text NOT NULL,
  priority integer NOT NULL,
  paused text, -- why
  up_to integer NOT NULL, -- jobs beyond don't start yet: a sample goes first
  up_to_job uuid NOT NULL, -- the same as an id
  not_before timestamptz,
  stop_percent smallint,
  version integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  cancelled_at timestamptz,
  ended_at timestamptz
) WITH (fillfactor = 50);

CREATE INDEX batches_open ON batches (id) WHERE ended_at IS NULL;

-- How far each session brought each batch: a batch's progress is the sum, and nodes never wait for one another.
CREATE TABLE progress (
  batch uuid NOT NULL,
  session bigint NOT NULL,
  number bigint NOT NULL, -- of the session's last event of this batch
  finished integer NOT NULL,
  dead integer NOT NULL,
  cancelled integer NOT NULL,
  lost integer NOT NULL,
  PRIMARY KEY (batch, session)
) WITH (fillfactor = 50);

CREATE TABLE jobs (
  id uuid NOT NULL,
  session bigint, -- that claimed it last; stays through a rescue, so that a late result is known
  claimed_at timestamptz,
  cost_ms integer NOT NULL,
  state smallint NOT NULL DEFAULT 0, -- 0 waiting, 1 running, 2 finished, 3 dead, 4 cancelled
  attempt smallint NOT NULL DEFAULT 0,
  strikes smallint NOT NULL DEFAULT 0,
  language text NOT NULL,
  server text, -- of the last claim
  PRIMARY KEY (id)
) PARTITION BY RANGE (id);

CREATE TABLE job_specs (
  job uuid NOT NULL,
  ref text NOT NULL,
  spec bytea NOT NULL, -- bytea: JSON columns refuse \u0000, which students print
  PRIMARY KEY (job)
) PARTITION BY RANGE (job);

CREATE TABLE attempts (
  job uuid NOT NULL,
  number smallint NOT NULL,
  ending smallint NOT NULL, -- 1 ran, 2 refused, 3 lost, 4 vanished, 5 rejected, 6 dropped
  outcome smallint, -- Jobe's
  session bigint NOT NULL,
  claimed_at timestamptz NOT NULL,
  ended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  waited_ms integer NOT NULL,
  ran_ms integer NOT NULL,
  server_load smallint NOT NULL, -- runs on the server when it started
  server_slots smallint NOT NULL,
  node text NOT NULL,
  server text NOT NULL,
  reason text NOT NULL,
  result bytea,
  PRIMARY KEY (job, number)
) PARTITION BY RANGE (job);

-- What happened to a batch, written in the same statement as the change. Numbers have no gap within (batch, session),
-- and become visible in order, for the progress row stays locked until the commit.
CREATE TABLE events (
  batch uuid NOT NULL,
  session bigint NOT NULL,
  number bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  kind smallint NOT NULL, -- 1 submitted, 2 progress, 3 steered, 4 ended, 5 reopened
  finished integer NOT NULL, -- the session's counts, this event included
  dead integer NOT NULL,
  cancelled integer NOT NULL,
  lost integer NOT NULL,
  jobs integer[] NOT NULL DEFAULT '{}', -- sequences of the jobs that changed
  states smallint[] NOT NULL DEFAULT '{}', -- and into what
  detail text NOT NULL DEFAULT '',
  PRIMARY KEY (batch, session, number)
) PARTITION BY RANGE (batch);

-- The first id of a moment.
CREATE FUNCTION first_id(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

-- A job's place in its batch.
CREATE FUNCTION sequence_of(job uuid) RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT ('x' || right(job::text, 8))::bit(32)::integer
$$;

-- The week, beginning on Monday in UTC, that holds a moment.
CREATE FUNCTION week_of(moment timestamptz) RETURNS timestamp LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT date_trunc('week', moment AT TIME ZONE 'UTC')
$$;

-- Makes the partitions of one week, where they are missing. Attaching, unlike creating in place, stops no reader.
CREATE FUNCTION add_week(week timestamp) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  parent text;
  part text;
  low uuid := first_id(week AT TIME ZONE 'UTC');
  high uuid := first_id((week + interval '7 days') AT TIME ZONE 'UTC');
BEGIN
  FOREACH parent IN ARRAY ARRAY['jobs', 'job_specs', 'attempts', 'events'] LOOP
    part := parent || to_char(week, '_YYYYMMDD');
    IF to_regclass(part) IS NULL THEN
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', part, parent);
      IF parent = 'jobs' THEN
        EXECUTE format('ALTER TABLE %I SET (fillfactor = 33)', part);
      END IF;
      EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', parent, part, low, high);
    END IF;
  END LOOP;
END
$$;

-- Drops the partitions of one week, with what stands elsewhere about its batches, if all of them have ended.
CREATE FUNCTION drop_week(week timestamp) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  parent text;
  low uuid := first_id(week AT TIME ZONE 'UTC');
  high uuid := first_id((week + interval '7 days') AT TIME ZONE 'UTC');
BEGIN
  IF EXISTS (SELECT FROM batches WHERE id >= low AND id < high AND ended_at IS NULL) THEN
    RETURN false;
  END IF;
  FOREACH parent IN ARRAY ARRAY['jobs', 'job_specs', 'attempts', 'events'] LOOP
    EXECUTE format('DROP TABLE IF EXISTS %I', parent || to_char(week, '_YYYYMMDD'));
  END LOOP;
  DELETE FROM progress WHERE batch >= low AND batch < high;
  DELETE FROM batches WHERE id >= low AND id < high;
  RETURN true;
END
$$;
