-- Results that are known already, by the digest of all that made them.

ALTER TABLE batches ADD COLUMN reuse smallint NOT NULL DEFAULT 0; -- 0 never, 1 known results, 2 new ones instead of them
ALTER TABLE progress ADD COLUMN cached integer NOT NULL DEFAULT 0; -- of the finished ones, those that were known
ALTER TABLE attempts ADD COLUMN origin_job uuid; -- whose result this is, if it was not run
ALTER TABLE attempts ADD COLUMN origin_attempt smallint;

-- Where a result stands. It is no result of its own: with the attempt it is gone.
CREATE TABLE results (
  digest bytea PRIMARY KEY,
  job uuid NOT NULL,
  attempt smallint NOT NULL
);

CREATE INDEX results_of_job ON results (job);
