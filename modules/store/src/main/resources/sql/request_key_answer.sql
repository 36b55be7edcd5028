UPDATE request_keys SET answer = $3, status = $4 WHERE tenant = $1 AND key = $2
