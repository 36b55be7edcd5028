UPDATE request_keys SET answer = $3 WHERE tenant = $1 AND key = $2
