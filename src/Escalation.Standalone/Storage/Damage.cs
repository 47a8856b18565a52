using Microsoft.Data.Sqlite;

namespace Escalation.Standalone.Storage;

/// <summary>Ways round a damaged page: whoever meets it asks again, of other pages.</summary>
internal static class Damage
{
    /// <summary>The same query by the table itself, for where its index is damaged: slow, and right.</summary>
    public static string WithoutIndex(string sql) =>
        sql.Replace("FROM cases c\n", "FROM cases c NOT INDEXED\n", StringComparison.Ordinal)
            .Replace("FROM cases\n", "FROM cases NOT INDEXED\n", StringComparison.Ordinal)
            .Replace("FROM cases WHERE", "FROM cases NOT INDEXED WHERE", StringComparison.Ordinal);

    /// <summary>The first of these that meets no damaged page; where all do, what the last one threw.</summary>
    /// <param name="ask">The usual way first, then ways that need less.</param>
    public static T Around<T>(params ReadOnlySpan<Func<T>> ask)
    {
        foreach (var one in ask[..^1])
        {
            try
            {
                return one();
            }
            catch (SqliteException e) when (StoreFaults.IsDamage(e))
            {
                // The next one.
            }
        }
        return ask[^1]();
    }
}
