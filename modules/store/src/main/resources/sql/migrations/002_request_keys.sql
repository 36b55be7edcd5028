-- Keys by which requests that are sent twice are known again, with the answer that the first one got. Written in the
-- transaction that did what was asked: there is never one without the other.
CREATE TABLE request_keys (
  tenant text NOT NULL,
  key text NOT NULL,
  digest bytea NOT NULL, -- of the request: another one under the same key is a mistake
  batch uuid NOT NULL,
  answer bytea, -- null only within the transaction
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant, key)
);

CREATE INDEX request_keys_by_age ON request_keys (created_at);

-- The batch that a job belongs to.
CREATE FUNCTION batch_of(job uuid) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT (left(job::text, 28) || '00000000')::uuid
$$;
