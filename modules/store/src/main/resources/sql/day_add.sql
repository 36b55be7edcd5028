-- A partition for the day that is $1 days from now.
SELECT add_day((clock_timestamp() AT TIME ZONE 'UTC')::date + $1::integer)
