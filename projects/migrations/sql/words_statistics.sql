-- Common words are told from rare ones by the table's statistics: five thousand words instead of a thousand.
ALTER TABLE projects_{table}words ALTER COLUMN words SET STATISTICS 500;
