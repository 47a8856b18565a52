using Microsoft.Data.Sqlite;

namespace Escalation.Bench.Scale;

/// <summary>Prepared INSERTs of one made-up case after another.</summary>
internal sealed class ScaleRows(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _case = Prepare(
        connection,
        "cases",
        [
            "id",
            "reference",
            "version",
            "partnership",
            "policy",
            "status",
            "stage",
            "ended",
            "raised_at",
            "sort_at",
            "deadline",
            "next_wake",
            "next_try",
            "failures",
            "retain_until",
            "likeness",
            "queued",
            "failed",
            "agencies",
            "numbers",
            "operations",
            "row",
            "size",
            "last_part",
        ]
    );
    private readonly SqliteCommand _part = Prepare(connection, "document_parts", ["case_id", "part"]);
    private readonly SqliteCommand _agency = Prepare(
        connection,
        "case_agencies",
        ["agency", "raised_at", "reference", "case_id", "partnership", "ended", "sort_at"]
    );
    private readonly SqliteCommand _number = Prepare(connection, "case_numbers", ["case_id", "number"]);
    private readonly byte[] _row = Filled(ScaleFile.RowBytes);
    private readonly byte[] _document = Filled(ScaleFile.DocumentBytes);

    public void Add(int number, DateTimeOffset raisedAt, string reference)
    {
        var (id, partnership, open) = (
            number + 1,
            ScaleFile.PartnershipOf(number),
            number / ScaleFile.Partnerships % ScaleFile.OpenOneIn == 0
        );
        var (raised, sort) = (raisedAt.UtcTicks, raisedAt.AddDays(3).UtcTicks);
        object due = open ? sort : DBNull.Value;
        object retain = open ? DBNull.Value : raisedAt.AddYears(6).UtcTicks;
        object similarityKey = open ? $"likeness {reference}" : DBNull.Value;
        string[] agencies = [$"agency-{number % 20}", $"agency-{20 + (number / 20 % 20)}"];
        string[] numbers = [$"r-{number}", $"c-{number}"];
        Run(
            _case,
            id,
            reference,
            7,
            partnership,
            "sandwell",
            open ? "open" : "resolved",
            "1",
            open ? 0 : 1,
            raised,
            sort,
            due,
            due,
            due,
            0,
            retain,
            similarityKey,
            0,
            0,
            Json(agencies),
            Json(numbers),
            "[]",
            _row,
            _document.Length,
            _document.Length
        );
        Run(_part, id, _document);
        foreach (var agency in agencies)
            Run(_agency, agency, raised, reference, id, partnership, open ? 0 : 1, sort);
        foreach (var own in numbers.Order(StringComparer.Ordinal))
            Run(_number, id, own);
    }

    public void Dispose()
    {
        _case.Dispose();
        _part.Dispose();
        _agency.Dispose();
        _number.Dispose();
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string table, string[] columns)
    {
        var command = connection.CreateCommand();
        command.CommandText =
            $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(c => "$" + c))})";
        foreach (var column in columns)
            command.Parameters.AddWithValue("$" + column, DBNull.Value);
        return command;
    }

    private static void Run(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private static string Json(string[] items) => System.Text.Json.JsonSerializer.Serialize(items);

    private static byte[] Filled(int length)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill((byte)'x');
        return bytes;
    }
}
