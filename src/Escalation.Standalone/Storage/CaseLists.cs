namespace Escalation.Standalone.Storage;

/// <summary>
/// The rows that stand for the lists of a case: its agencies with their place in the tracker, case numbers, and
/// operations. Written only where they changed.
/// </summary>
internal static class CaseLists
{
    private const string AddAgency = """
        INSERT INTO case_agencies (agency, raised_at, reference, case_id, partnership, ended, sort_at)
        VALUES ($item, $raised_at, $reference, $id, $partnership, $ended, $sort_at)
        """;

    private const string DropAgency =
        "DELETE FROM case_agencies WHERE agency = $item AND raised_at = $raised_at AND reference = $reference";

    private const string MoveAgency = """
        UPDATE case_agencies SET partnership = $partnership, ended = $ended, sort_at = $sort_at
        WHERE agency = $item AND raised_at = $raised_at AND reference = $reference
        """;

    public static void Replace(
        Statements statements,
        string reference,
        long id,
        IndexColumns? before,
        IndexColumns after
    )
    {
        if (before is null || !before.SameTrackerPlace(after))
            ReplaceAgencies(statements, reference, id, before, after);

        ReplaceItems(
            statements,
            id,
            before?.Numbers ?? "[]",
            after.Numbers,
            "DELETE FROM case_numbers WHERE case_id = $id AND number = $item",
            "INSERT INTO case_numbers (case_id, number) VALUES ($id, $item)"
        );
        ReplaceItems(
            statements,
            id,
            before?.Operations ?? "[]",
            after.Operations,
            "DELETE FROM operations WHERE operation = $item AND case_id = $id",
            "INSERT INTO operations (operation, case_id) VALUES ($item, $id)"
        );
    }

    /// <summary>Where only the place in the tracker changed, the rows stay and move in its index alone.</summary>
    private static void ReplaceAgencies(
        Statements statements,
        string reference,
        long id,
        IndexColumns? before,
        IndexColumns after
    )
    {
        var stay = before is not null && before.Agencies == after.Agencies && before.RaisedAt == after.RaisedAt;
        foreach (var agency in stay || before is null ? [] : IndexColumns.Split(before.Agencies))
            Row(statements[DropAgency], agency, before!).Run();

        foreach (var agency in IndexColumns.Split(after.Agencies))
        {
            var row = Row(statements[stay ? MoveAgency : AddAgency], agency, after)
                .Set("$partnership", after.Partnership)
                .Set("$ended", after.Ended ? 1L : 0L)
                .Set("$sort_at", after.SortAt);
            (stay ? row : row.Set("$id", id)).Run();
        }

        Statement Row(Statement statement, string agency, IndexColumns filing) =>
            statement.Set("$item", agency).Set("$raised_at", filing.RaisedAt).Set("$reference", reference);
    }

    private static void ReplaceItems(
        Statements statements,
        long id,
        string before,
        string after,
        string delete,
        string insert
    )
    {
        if (before == after)
            return;
        foreach (var item in IndexColumns.Split(before))
            statements[delete].Set("$id", id).Set("$item", item).Run();
        foreach (var item in IndexColumns.Split(after))
            statements[insert].Set("$id", id).Set("$item", item).Run();
    }
}
