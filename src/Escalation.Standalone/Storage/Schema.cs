using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Storage;

/// <summary>
/// The tables, as numbered steps: <c>PRAGMA user_version</c> says how many a file has had. A step that has been shipped is never edited.
/// </summary>
internal static class Schema
{
    private static readonly string[] Steps = [FirstTables, DueByReference, DocumentsInParts];

    /// <summary>The version a file has once every step is done.</summary>
    public static int Known => Steps.Length;

    /// <summary>
    /// Instants are UTC ticks of 100 ns. <c>ended</c> (0 or 1) rather than open, so that the tracker's order is
    /// ascending in every column. <c>next_try</c> is the next wake, or later while the case fails to advance.
    /// <c>document</c> is last, so that a query that doesn't ask for it reads none of its overflow pages. The lists are
    /// kept as JSON beside their tables, to know the old rows without searching for them. <c>likeness</c> is the index's
    /// similarity key, under the name that recorded databases have. The two tracker indexes hold
    /// what the tracker filters by, so that what is filtered out costs no row; no index serves one partnership only.
    /// </summary>
    private const string FirstTables = """
        CREATE TABLE cases (
            id INTEGER PRIMARY KEY,
            reference TEXT NOT NULL UNIQUE,
            version INTEGER NOT NULL,
            partnership TEXT NOT NULL,
            policy TEXT NOT NULL,
            status TEXT NOT NULL,
            stage TEXT NOT NULL,
            ended INTEGER NOT NULL,
            raised_at INTEGER NOT NULL,
            sort_at INTEGER NOT NULL,
            deadline INTEGER,
            next_wake INTEGER,
            next_try INTEGER,
            failures INTEGER NOT NULL,
            retain_until INTEGER,
            likeness TEXT,
            queued INTEGER NOT NULL,
            failed INTEGER NOT NULL,
            agencies TEXT NOT NULL,
            numbers TEXT NOT NULL,
            operations TEXT NOT NULL,
            row BLOB NOT NULL,
            document BLOB NOT NULL
        );
        CREATE INDEX cases_urgency ON cases (ended, sort_at, reference, partnership, status, stage, raised_at, deadline);
        CREATE INDEX cases_raised ON cases (raised_at, reference, partnership, ended);
        CREATE INDEX cases_next_try ON cases (next_try, failures, partnership) WHERE next_try IS NOT NULL;
        CREATE INDEX cases_failing ON cases (next_wake, partnership) WHERE failures > 0;
        CREATE INDEX cases_likeness ON cases (likeness, partnership) WHERE likeness IS NOT NULL;
        CREATE INDEX cases_retain_until ON cases (retain_until) WHERE retain_until IS NOT NULL;

        CREATE TABLE case_agencies (
            agency TEXT NOT NULL,
            raised_at INTEGER NOT NULL,
            reference TEXT NOT NULL,
            case_id INTEGER NOT NULL,
            partnership TEXT NOT NULL,
            ended INTEGER NOT NULL,
            sort_at INTEGER NOT NULL,
            PRIMARY KEY (agency, raised_at, reference)
        ) WITHOUT ROWID;
        CREATE INDEX case_agencies_urgency ON case_agencies (agency, ended, sort_at, reference, partnership, case_id);

        CREATE TABLE case_numbers (
            case_id INTEGER NOT NULL,
            number TEXT NOT NULL,
            PRIMARY KEY (case_id, number)
        ) WITHOUT ROWID;

        CREATE TABLE operations (
            operation TEXT NOT NULL,
            case_id INTEGER NOT NULL,
            PRIMARY KEY (operation, case_id)
        ) WITHOUT ROWID;

        CREATE TABLE counters (
            partnership TEXT PRIMARY KEY,
            cases INTEGER NOT NULL,
            open INTEGER NOT NULL,
            queued INTEGER NOT NULL,
            failed INTEGER NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE records (
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (kind, id)
        );
        """;

    /// <summary>
    /// Cases due at one instant come by reference, as they stand in the tracker's indexes: their writes share pages
    /// there, which would else be written once a case.
    /// </summary>
    private const string DueByReference = """
        DROP INDEX cases_next_try;
        CREATE INDEX cases_next_try ON cases (next_try, reference, failures, partnership) WHERE next_try IS NOT NULL;
        """;

    /// <summary>
    /// A document lies beside its case, in the parts it grew by: a case that goes on writes what is new, not all that
    /// was said before. <c>size</c> is the document's length in bytes, <c>last_part</c> that of the part it ends with.
    /// </summary>
    private const string DocumentsInParts = """
        CREATE TABLE document_parts (
            id INTEGER PRIMARY KEY,
            case_id INTEGER NOT NULL,
            part BLOB NOT NULL
        );
        INSERT INTO document_parts (case_id, part) SELECT id, document FROM cases ORDER BY id;
        CREATE INDEX document_parts_case ON document_parts (case_id);
        ALTER TABLE cases ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE cases ADD COLUMN last_part INTEGER NOT NULL DEFAULT 0;
        UPDATE cases SET size = LENGTH(document), last_part = LENGTH(document);
        ALTER TABLE cases DROP COLUMN document;
        """;

    /// <summary>
    /// Brings the file to <see cref="Known"/>, each step in a transaction of its own. Does nothing when it is there
    /// already.
    /// </summary>
    /// <exception cref="StoreException">A later program has written the file.</exception>
    public static void Migrate(SqliteConnection connection)
    {
        var found = Version(connection);
        if (found > Known)
        {
            throw new StoreException(
                $"{connection.DataSource} has schema version {found}, "
                    + $"but this program knows versions up to {Known}: it was written by a later program."
            );
        }

        for (var version = found; version < Known; version++)
            connection.Run($"BEGIN IMMEDIATE; {Steps[version]} PRAGMA user_version = {version + 1}; COMMIT;");
    }

    private static int Version(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar());
    }
}
