-- What learners say of questions that they think are bad: one row for a learner and a question.

CREATE TABLE flags (
    question_id text COLLATE "C" NOT NULL,
    learner_id bigint NOT NULL REFERENCES learners (id),
    group_id bigint NOT NULL REFERENCES groups (id),
    item text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (question_id, learner_id)
);

CREATE INDEX flags_of_group ON flags (group_id, at DESC, question_id, learner_id);
CREATE INDEX flags_of_learner ON flags (learner_id);
