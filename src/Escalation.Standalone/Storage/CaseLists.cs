namespace Escalation.Standalone.Storage;

/// <summary>The rows that stand for the lists of a case: its agencies with their place in the tracker, case numbers, and operations. Written only where they changed.</summary>
internal static class CaseLists
{
    private const string AddAgency =
        """
        INSERT INTO case_agencies (agency, raised_at, reference, case_id, partnership, ended, sort_at)
        VALUES ($item, $raised_at, $reference, $id, $partnership, $ended, $sort_at)
        """;

    private const string DropAgency = "DELETE FROM case_agencies WHERE agency = $item AND raised_at = $raised_at AND reference = $reference";

    public static void Replace(Statements statements, string reference, long id, Filing? before, Filing after)
    {
        if (before is null || !before.SameTrackerPlace(after))
            ReplaceAgencies(statements, reference, id, before, after);

        ReplaceItems(
            statements,
            id,
            before?.Numbers ?? "[]",
            after.Numbers,
            "DELETE FROM case_numbers WHERE case_id = $id AND number = $item",
            "INSERT INTO case_numbers (case_id, number) VALUES ($id, $item)");
        ReplaceItems(
            statements,
            id,
            before?.Operations ?? "[]",
            after.Operations,
            "DELETE FROM operations WHERE operation = $item AND case_id = $id",
            "INSERT INTO operations (operation, case_id) VALUES ($item, $id)");
    }

    private static void ReplaceAgencies(Statements statements, string reference, long id, Filing? before, Filing after)
    {
        foreach (var agency in before is null ? [] : Filing.Split(before.Agencies))
        {
            statements[DropAgency]
                .Set("$item", agency)
                .Set("$raised_at", before!.RaisedAt)
                .Set("$reference", reference)
                .ExecuteNonQuery();
        }

        foreach (var agency in Filing.Split(after.Agencies))
        {
            statements[AddAgency]
                .Set("$item", agency)
                .Set("$raised_at", after.RaisedAt)
                .Set("$reference", reference)
                .Set("$id", id)
                .Set("$partnership", after.Partnership)
                .Set("$ended", after.Ended ? 1L : 0L)
                .Set("$sort_at", after.SortAt)
                .ExecuteNonQuery();
        }
    }

    private static void ReplaceItems(Statements statements, long id, string before, string after, string delete, string insert)
    {
        if (before == after)
            return;
        foreach (var item in Filing.Split(before))
            statements[delete].Set("$id", id).Set("$item", item).ExecuteNonQuery();
        foreach (var item in Filing.Split(after))
            statements[insert].Set("$id", id).Set("$item", item).ExecuteNonQuery();
    }
}
