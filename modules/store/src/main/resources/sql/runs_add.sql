-- Plainly: ON CONFLICT would cost each row twice as much. If one of them is there already, runs_add_missing goes on.
INSERT INTO runs
  (run, waited_ms, took_ms, state, status, server_load, server_slots, request, tenant, lane, language, node, outcome,
   doubt, servers)
SELECT run, waited_ms, took_ms, state, status, load, slots, request, tenant, lane, language, node, outcome, doubt,
       string_to_array(servers, ' ')
FROM unnest(
  $1::uuid[], $2::integer[], $3::integer[], $4::smallint[], $5::smallint[], $6::smallint[], $7::smallint[], $8::text[],
  $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[])
AS given (run, waited_ms, took_ms, state, status, load, slots, request, tenant, lane, language, node, outcome, doubt,
          servers)
