using Escalation.Web.Forms;

namespace Escalation.Web.Api;

/// <summary>Rows of an opening's lists in a form: <c>others[0].name</c>.</summary>
internal static class FormRows
{
    /// <summary>Beyond this nothing is read: a form never shows as many.</summary>
    private const int Most = 60;
    private static readonly string[] Lists = ["receivedBy", "agencies", "others"];

    /// <summary>How many rows a list has, once <see cref="Compact"/> moved them up.</summary>
    public static int Count(FormValues values, string list) => Filled(values, list).Count;

    /// <summary>Rows moved up over empty ones, so that a row's number is the entry's number. Line ends as a program sends them.</summary>
    public static FormValues Compact(FormValues values)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values.Sent)
            if (!Lists.Any(list => name.StartsWith(list + "[", StringComparison.Ordinal)))
                kept[name] = Lines(value);
        foreach (var list in Lists)
        foreach (var (i, row) in Filled(values, list).Index())
        foreach (var name in NamesOf(values, list, row))
            kept[$"{list}[{i}]{name[(name.IndexOf(']') + 1)..]}"] = Lines(values.Sent[name]);
        return new FormValues(kept);
    }

    /// <summary>A form with one row may leave its number out: <c>receivedBy.agency</c> is <c>receivedBy[0].agency</c>.</summary>
    public static FormValues Numbered(FormValues values)
    {
        var numbered = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values.Sent)
        {
            var list = Lists.FirstOrDefault(l => name.StartsWith(l + ".", StringComparison.Ordinal));
            numbered.TryAdd(list is null ? name : $"{list}[0]{name[list.Length..]}", value);
        }
        return new FormValues(numbered);
    }

    private static List<int> Filled(FormValues values, string list) =>
        [
            .. Enumerable
                .Range(0, Most)
                .Where(row => NamesOf(values, list, row).Any(name => values.Typed(name) is not null)),
        ];

    private static IEnumerable<string> NamesOf(FormValues values, string list, int row) =>
        values.Sent.Keys.Where(name => name.StartsWith($"{list}[{row}].", StringComparison.Ordinal));

    private static string Lines(string value) => value.ReplaceLineEndings("\n");
}
