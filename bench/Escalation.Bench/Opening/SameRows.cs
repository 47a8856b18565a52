using Microsoft.Data.Sqlite;

namespace Escalation.Bench.Opening;

/// <summary>
/// Every row that opening cases left in a database, by table, ready to be written again: case by case with what belongs to it, and the rows
/// beside the cases.
/// </summary>
internal sealed record SameRows(
    IReadOnlyList<IReadOnlyList<(string Table, object[] Values)>> Cases,
    IReadOnlyList<(string Table, object[] Values)> Beside
)
{
    private static readonly string[] OfCases = ["document_parts", "case_agencies", "case_numbers", "operations"];

    public static SameRows ReadFrom(string file)
    {
        using var connection = Workspace.Connect(file);
        var cases = Rows(connection, "cases", "id")
            .ToDictionary(row => row.Id, row => new List<(string, object[])> { ("cases", row.Values) });
        foreach (var table in OfCases)
        foreach (var (id, values) in Rows(connection, table, "case_id"))
            cases[id].Add((table, values));
        return new SameRows(
            [.. cases.OrderBy(c => c.Key).Select(c => c.Value)],
            [.. Rows(connection, "counters", "0").Select(row => ("counters", row.Values))]
        );
    }

    private static IEnumerable<(long Id, object[] Values)> Rows(SqliteConnection connection, string table, string id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {id}, * FROM {table}";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var values = new object[reader.FieldCount - 1];
            for (var i = 0; i < values.Length; i++)
                values[i] = reader.GetValue(i + 1);
            yield return (reader.GetInt64(0), values);
        }
    }
}
