-- Partitions for the week that is $1 weeks from now.
SELECT add_week(week_of(clock_timestamp() + $1 * interval '7 days'))
