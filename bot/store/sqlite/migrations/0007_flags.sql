-- What learners say of questions that they think are bad: one row for a learner and a question.

CREATE TABLE flags (
    question_id TEXT NOT NULL,
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    group_id INTEGER NOT NULL REFERENCES groups (id),
    item TEXT NOT NULL,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (question_id, learner_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX flags_of_group ON flags (group_id, at DESC, question_id, learner_id);
CREATE INDEX flags_of_learner ON flags (learner_id);
