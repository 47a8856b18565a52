using Microsoft.Data.Sqlite;

namespace Escalation.Bench.DueCases;

/// <summary>The documents as the product left them, by reference: what Quartz's jobs write.</summary>
internal sealed class AfterImages
{
    private readonly Dictionary<string, byte[]> _documents = new(StringComparer.Ordinal);

    private AfterImages()
    {
    }

    public IReadOnlyCollection<string> References => _documents.Keys;
    public double AverageSize => _documents.Values.Average(d => d.Length);

    public byte[] this[string reference] => _documents[reference];

    public static AfterImages ReadFrom(string file)
    {
        var images = new AfterImages();
        using var connection = Workspace.Connect(file);
        using var command = new SqliteCommand("SELECT reference, document FROM cases", connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            images._documents[reader.GetString(0)] = reader.GetFieldValue<byte[]>(1);
        return images;
    }
}
