UPDATE leases SET lives_until = clock_timestamp() WHERE name = $1 AND fence = $2
