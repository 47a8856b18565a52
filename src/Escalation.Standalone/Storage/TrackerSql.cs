using System.Globalization;
using Escalation.Core.Storage;

namespace Escalation.Standalone.Storage;

/// <summary>
/// The text of a tracker query, and the values in it. Every one walks an index in the order of its sort from the
/// cursor on, and stops at the page's end. Filters are tested on the way; the unary plus keeps SQLite from taking one
/// for a better start, which would mean sorting all that it finds.
/// </summary>
internal static class TrackerSql
{
    public static string For(TrackerQuery query)
    {
        var by = query.Agency is null ? "c" : "a";
        return $"""
            SELECT c.row, c.ended, c.sort_at, c.raised_at, c.reference
            FROM {(query.Agency is null ? "cases c" : "case_agencies a CROSS JOIN cases c ON c.id = a.case_id")}
            WHERE {string.Join(" AND ", Conditions(query, by).DefaultIfEmpty("TRUE"))}
            ORDER BY {Order(query.Sort, by)}
            LIMIT $take
            """;
    }

    /// <summary>The values of its filters; those of a cursor and the page's length are set apart.</summary>
    public static void Bind(Statement statement, TrackerQuery query)
    {
        SetIfAny("$partnership", query.Partnership);
        SetIfAny("$agency", query.Agency);
        SetIfAny("$status", query.Status is "active" or "ended" or "all" ? null : query.Status);
        SetIfAny("$stage", query.Stage);
        SetIfAny("$raised_from", query.RaisedFrom?.UtcTicks);
        SetIfAny("$raised_to", query.RaisedTo?.UtcTicks);
        SetIfAny("$due_from", query.DueFrom?.UtcTicks);
        SetIfAny("$due_to", query.DueTo?.UtcTicks);
        SetIfAny("$now", query.Overdue is null ? null : query.Now.UtcTicks);
        if (!string.IsNullOrEmpty(query.Text))
            statement.Set("$text", query.Text).Set("$lower", query.Text.ToLower(CultureInfo.InvariantCulture));

        void SetIfAny(string name, object? value)
        {
            if (value is not null)
                statement.Set(name, value);
        }
    }

    private static string Order(TrackerSort sort, string by) =>
        sort == TrackerSort.Urgency
            ? $"{by}.ended, {by}.sort_at, {by}.reference"
            : $"{by}.raised_at DESC, {by}.reference DESC";

    private static IEnumerable<string> Conditions(TrackerQuery query, string by)
    {
        if (query.Agency is not null)
            yield return "a.agency = $agency";
        if (query.Cursor is not null)
            yield return After(query, by);
        if (Ended(query.Status) is { } ended)
            yield return query.Sort == TrackerSort.Urgency ? $"{by}.ended = {ended}" : $"+{by}.ended = {ended}";
        else if (query.Status != "all")
            yield return "+c.status = $status";
        if (query.Partnership is not null)
            yield return $"+{by}.partnership = $partnership";
        if (query.Stage is not null)
            yield return "+c.stage = $stage";
        if (query.Overdue is { } overdue)
            yield return $"(+c.ended = 0 AND c.deadline IS NOT NULL AND c.deadline <= $now) IS {(overdue ? "TRUE" : "FALSE")}";
        if (query.RaisedFrom is not null)
            yield return $"{Raised(query, by)} >= $raised_from";
        if (query.RaisedTo is not null)
            yield return $"{Raised(query, by)} < $raised_to";
        foreach (var condition in Due(query, by))
            yield return condition;
        if (!string.IsNullOrEmpty(query.Text))
            yield return Text;
    }

    private static int? Ended(string status) =>
        status switch
        {
            "active" => 0,
            "ended" => 1,
            _ => null,
        };

    private static string After(TrackerQuery query, string by) =>
        (query.Sort, Ended(query.Status)) switch
        {
            (TrackerSort.Raised, _) => $"({by}.raised_at, {by}.reference) < ($last_at, $last_reference)",
            (_, null) => $"({by}.ended, {by}.sort_at, {by}.reference) > ($last_ended, $last_at, $last_reference)",
            _ => $"({by}.sort_at, {by}.reference) > ($last_at, $last_reference)",
        };

    /// <summary>By urgency both ends bound the walk; the other sort only tests them.</summary>
    private static IEnumerable<string> Due(TrackerQuery query, string by)
    {
        var walked = query.Sort == TrackerSort.Urgency ? "" : "+";
        if (query.DueFrom is not null || query.DueTo is not null)
            yield return $"{walked}{by}.ended = 0";
        if (query.DueFrom is not null)
            yield return $"{walked}{by}.sort_at >= $due_from";
        if (query.DueTo is not null)
            yield return $"{walked}{by}.sort_at < $due_to";
    }

    private static string Raised(TrackerQuery query, string by) =>
        query.Sort == TrackerSort.Raised ? $"{by}.raised_at" : $"+{by}.raised_at";

    /// <summary>Neither part knows wildcards. Case numbers are stored in lower case.</summary>
    private const string Text = """
        (substr(c.reference, 1, length($text)) = $text COLLATE NOCASE
            OR +c.id IN (SELECT case_id FROM case_numbers WHERE instr(number, $lower) > 0))
        """;
}
