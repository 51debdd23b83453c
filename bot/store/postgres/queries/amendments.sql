-- What a decision about an item changes, for all rows of a kind at once.

-- name: attempts_regrade(question_ids, learner_ids, credits, points, bodies, voids)!
UPDATE attempts SET credit = given.credit, points = given.points, body = given.body, void = given.void
FROM unnest(
    :question_ids::text[], :learner_ids::bigint[], :credits::double precision[], :points::integer[],
    :bodies::text[], :voids::boolean[]
) AS given (question_id, learner_id, credit, points, body, void)
WHERE attempts.question_id = given.question_id AND attempts.learner_id = given.learner_id;

-- name: questions_reask(round_ids, positions, bodies, versions)!
UPDATE questions SET body = given.body, version = given.version
FROM unnest(:round_ids::text[], :positions::integer[], :bodies::text[], :versions::bigint[])
    AS given (round_id, position, body, version)
WHERE questions.round_id = given.round_id AND questions.position = given.position;

-- name: rounds_recount(ids, bodies)!
UPDATE rounds SET body = given.body, version = rounds.version + 1
FROM unnest(:ids::text[], :bodies::text[]) AS given (id, body)
WHERE rounds.id = given.id AND NOT rounds.open;
