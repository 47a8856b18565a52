using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Tests.Storage;

/// <summary>Looks into a store's file, or spoils it, from outside.</summary>
internal static class StoreFile
{
    public const string Name = "escalation.db";

    public static List<string> Query(string file, string sql)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(
                string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column)))
            );
        return rows;
    }

    public static void Run(string file, string sql)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString()
        );
        connection.Open();
        return connection;
    }
}
