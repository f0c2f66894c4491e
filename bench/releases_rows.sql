-- Visits of one month with one to three questions each, on PostgreSQL; a few codes are frequent
-- and most are rare. `:visits` is how many, `:hubs` at how many hubs.

SELECT setseed(0.5);

INSERT INTO reception (visit_id, hub_id, digest, received_at)
SELECT ('0190a000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 1, '', '2026-10-15T10:00Z'
FROM generate_series(1, CAST(:visits AS int)) n;

INSERT INTO visit (id, hub_id, opened_at, posted_in, channel, language, area, tenure, heating,
                   home_type, first_visit, late_entry, return_code)
SELECT
    ('0190a000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
    1 + floor(CAST(:hubs AS int) * random() ^ 2),
    '2026-10-15T10:00Z',
    '2026-10',
    (ARRAY['counter', 'appointment', 'phone', 'message'])[1 + floor(4 * random() ^ 3)],
    (ARRAY['nl', 'en', 'ar', 'tr', 'pap-CW', 'es', 'pl', 'zh-Hans', 'ti', 'und', 'tlh'])
        [1 + floor(11 * random() ^ 2)],
    areas.codes[1 + floor(areas.number * random() ^ 2)],
    (ARRAY['social_rent', 'private_rent', 'owner', 'unknown'])[1 + floor(4 * random() ^ 2)],
    (ARRAY['own_boiler', 'block', 'heat_network', 'unknown'])[1 + floor(4 * random() ^ 2)],
    'unknown', 'unknown', false, lpad(to_hex(n), 9, '0')
FROM generate_series(1, CAST(:visits AS int)) n,
    (SELECT array_agg(code ORDER BY code) AS codes, count(*) AS number
     FROM area WHERE kind <> 'project') areas;

-- Drawn once for each visit, whatever order the rows are joined in.
WITH visits AS MATERIALIZED (
    SELECT n, codes, topics, random() AS luck, 1 + floor(20 * random()) AS step,
        floor(topics * random() ^ 2) AS first
    FROM generate_series(1, CAST(:visits AS int)) n,
        (SELECT array_agg(code ORDER BY code) AS codes, CAST(count(*) AS int) AS topics
         FROM topic WHERE parent_code IS NOT NULL) listed
), asked AS MATERIALIZED (
    SELECT n, number, codes[1 + CAST(first + (number - 1) * step AS int) % topics] AS topic,
        (ARRAY['answered', 'partly', 'referred', 'not_answered'])[1 + floor(4 * random() ^ 2)]
            AS outcome
    FROM visits CROSS JOIN generate_series(1, 3) number
    WHERE number = 1 OR (number = 2 AND luck < 0.25) OR (number = 3 AND luck < 0.05)
)
INSERT INTO question (visit_id, number, topic_code, urgency, trigger, outcome, reason, sheet)
SELECT
    ('0190a000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
    number,
    topic,
    'normal',
    (ARRAY['letter', 'bill', 'neighbour', 'unknown'])[1 + floor(4 * random())],
    outcome,
    CASE WHEN outcome = 'not_answered' THEN 'language' END,
    false
FROM asked;
