-- Copies of a report's place, year and state stay equal to it; a report's publication reaches its statements by the key.
ALTER TABLE projects_{table}
    ADD CONSTRAINT {table}_copies_its_report
    FOREIGN KEY (report_id, jurisdiction_id, year, report_state)
    REFERENCES projects_report (id, jurisdiction_id, year, state)
    ON UPDATE CASCADE;
