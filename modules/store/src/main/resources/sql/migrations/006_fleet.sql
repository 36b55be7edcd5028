-- The hosts behind the servers, and what the loop that keeps them has seen.
--
-- A host is written down before anybody is asked for it, so its row is also the intent. Whoever keeps the fleet reads
-- under the number of his lease, which is kept here, and nothing is written under a lower one from then on.

CREATE TABLE fleet_fence (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  newest bigint NOT NULL -- the highest number that anybody has read under
) WITH (fillfactor = 50);

INSERT INTO fleet_fence (newest) VALUES (0);

CREATE TABLE fleet_host (
  id text PRIMARY KEY, -- also the token of its launch
  ref text NOT NULL, -- the provider's name for it; empty until it is known
  address text NOT NULL,
  created_at timestamptz NOT NULL,
  state text NOT NULL,
  since timestamptz NOT NULL,
  reason text NOT NULL,
  drained_by text, -- who wanted it, while it drains
  began jsonb NOT NULL, -- when each of its states began last
  version bigint NOT NULL
) WITH (fillfactor = 50);

CREATE INDEX fleet_host_living ON fleet_host (created_at, id) WHERE state <> 'terminated';

-- One row a pass: what was seen, what was decided and why.
CREATE TABLE fleet_sample (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  fence bigint NOT NULL,
  target integer NOT NULL,
  sample jsonb NOT NULL
);

CREATE INDEX fleet_sample_at ON fleet_sample (at);
