using System.Text.Json;
using Escalation.Core.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>Cases by what they say: lists and dictionaries have no equality of their own.</summary>
internal static class Compare
{
    public static string Text(Case? c) =>
        JsonSerializer.Serialize(c is null ? null : c with { Receipts = c.Receipts.Clear(), People = c.People.Clear() })
        + Sorted(c?.Receipts)
        + Sorted(c?.People);

    private static string Sorted<T>(IEnumerable<KeyValuePair<string, T>>? pairs) =>
        JsonSerializer.Serialize(pairs?.OrderBy(p => p.Key, StringComparer.Ordinal));
}
