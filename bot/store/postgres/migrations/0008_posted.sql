-- Which posted message a platform means by one of its ids. A message that it has in parts is settled with their
-- ids joined by commas, and each of them is looked for.

CREATE INDEX outbox_refs ON outbox USING gin (string_to_array(ref, ',')) WHERE action = 'post' AND ref <> '';
