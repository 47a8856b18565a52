using System.Text;
using CsvHelper;

namespace Escalation.Web.Partnerships.Transfer;

/// <param name="Line">From 1, of the file.</param>
public sealed record LineError(int Line, string Message);

/// <summary>
/// A line of an import, by column. Cells are without the spaces around them and without the apostrophe that kept a
/// spreadsheet from running them.
/// </summary>
internal sealed record ImportRow(int Line, IReadOnlyDictionary<string, string> Cells)
{
    /// <summary>Empty where the line has no such cell.</summary>
    public string this[string column] => Cells.GetValueOrDefault(column, "");
}

/// <summary>A file as read: with commas, semicolons or tabs, with or without a byte order mark.</summary>
/// <param name="Columns">Those of <see cref="DirectoryCsv.Columns"/> that it has.</param>
/// <param name="Errors">Why nothing of it can be imported; empty: it can.</param>
internal sealed record ImportFile(
    IReadOnlyList<ImportRow> Rows,
    IReadOnlySet<string> Columns,
    IReadOnlyList<LineError> Errors
)
{
    private const int MostRows = 20_000,
        MostErrors = 100;
    private const string Torn =
        "A cell has a quotation mark that is not closed, or text after one that is; cells are on one line";

    /// <summary>
    /// UTF-8 or UTF-16 by its mark; without one UTF-8, or Windows' own where it is not that: what Excel writes as plain
    /// CSV.
    /// </summary>
    public static string TextOf(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..])
            return Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2);
        if (bytes is [0xFE, 0xFF, ..])
            return Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);
        }
    }

    public static ImportFile Read(string text)
    {
        text = text.TrimStart('\uFEFF');
        var hinted = text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.IndexOf('\n') >= 0;
        var before = hinted ? 1 : 0;
        if (hinted)
            text = text[(text.IndexOf('\n') + 1)..];
        var errors = new List<LineError>();
        var rows = new List<ImportRow>();
        using var csv = CsvReader.FromText(
            text,
            new CsvReaderOptions
            {
                Separator = SeparatorOf(text),
                TrackLineNumbers = true,
                IncludeValuesInExceptions = false,
                AllowLineBreaksInQuotes = false,
                OnMalformedRecord = bad => Note(new LineError((int)bad.LineNumber + before, Torn)),
            }
        );
        var columns = DirectoryCsv.Columns.Where(c => csv.TryGetFieldIndex(c, out _)).ToHashSet(StringComparer.Ordinal);
        if (Missing(columns) is { } missing)
            return new ImportFile([], columns, [new LineError(1 + before, missing)]);
        while (csv.Read())
        {
            var row = new ImportRow(
                (int)csv.LineNumber + before,
                columns.ToDictionary(
                    c => c,
                    c => FormulaCells.Unescape(csv.GetString(c).Trim()).Trim(),
                    StringComparer.Ordinal
                )
            );
            if (row.Cells.Values.All(v => v.Length == 0))
                continue;
            rows.Add(row);
            if (rows.Count > MostRows)
                return new ImportFile(
                    [],
                    columns,
                    [new LineError(row.Line, $"The file has more than {MostRows} lines: import it in parts")]
                );
        }
        if (rows.Count == 0 && errors.Count == 0)
            errors.Add(new LineError(1 + before, "The file has no lines below its headings"));
        return new ImportFile(rows, columns, errors);

        void Note(LineError error)
        {
            if (errors.Count < MostErrors)
                errors.Add(error);
            else if (errors.Count == MostErrors)
                errors.Add(error with { Message = "This line has a fault too, and more may follow" });
        }
    }

    private static string? Missing(HashSet<string> columns)
    {
        string[] missing =
        [
            .. new[] { DirectoryCsv.Name, DirectoryCsv.Email, DirectoryCsv.Tier }.Where(c => !columns.Contains(c)),
        ];
        if (!columns.Contains(DirectoryCsv.Agency) && !columns.Contains(DirectoryCsv.AgencyName))
            missing = [DirectoryCsv.Agency, .. missing];
        return missing.Length == 0
            ? null
            : $"The first line must name the columns; missing: {string.Join(", ", missing)}";
    }

    /// <summary>The headings have no separator in them, so whichever stands most often in their line is it.</summary>
    private static char SeparatorOf(string text)
    {
        var end = text.IndexOfAny(['\r', '\n']);
        var heads = end < 0 ? text : text[..end];
        return new[] { ',', ';', '\t' }.MaxBy(s => heads.Count(c => c == s));
    }
}
