-- A commitment's status rests on evidence of that very commitment, and only while the evidence is accepted.
ALTER TABLE projects_commitment
    ADD CONSTRAINT commitment_status_rests_on_accepted_evidence
    FOREIGN KEY (status_evidence_id, id, status_evidence_state)
    REFERENCES projects_evidence (id, commitment_id, review_state)
    DEFERRABLE INITIALLY DEFERRED;
