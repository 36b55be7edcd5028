-- Keys also stand for what is no batch; then the status of the answer tells what it was.
ALTER TABLE request_keys ALTER COLUMN batch DROP NOT NULL;
ALTER TABLE request_keys ADD COLUMN status smallint; -- null only within the transaction, and of what older versions answered
