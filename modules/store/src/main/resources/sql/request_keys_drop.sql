DELETE FROM request_keys WHERE created_at < clock_timestamp() - interval '24 hours'
