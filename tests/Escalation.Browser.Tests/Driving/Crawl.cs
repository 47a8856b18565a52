using System.Text.RegularExpressions;

namespace Escalation.Browser.Tests.Driving;

/// <summary>
/// Every page that links lead to from the front door, one of each shape: a reference, an id or a date in an address is
/// as good as another.
/// </summary>
internal sealed partial class Crawl(Visitor visitor)
{
    private const int Most = 400;
    private readonly HashSet<string> _shapes = new(StringComparer.Ordinal);
    private readonly Queue<string> _ahead = new();

    /// <summary>Shapes seen, files to be kept included, each with the address it was seen at.</summary>
    public Dictionary<string, string> Seen { get; } = new(StringComparer.Ordinal);

    /// <param name="look">Called on each page, though on no file, once it is open; it leaves the page open.</param>
    public async Task RunAsync(string from, Func<string, Task> look)
    {
        Add(from);
        while (_ahead.TryDequeue(out var address))
        {
            Assert.True(Seen.Count < Most, "The pages do not end.");
            var answer = await visitor.GoAsync(address);
            Seen[Shape(address)] = address;
            if (answer is null)
                continue;
            await look(address);
            await FindAsync();
        }
    }

    private async Task FindAsync()
    {
        foreach (
            var link in await visitor
                .Page.Locator("a[href]")
                .EvaluateAllAsync<string[]>("links => links.map(a => a.href)")
        )
        {
            var uri = new Uri(link);
            if (
                new Uri(visitor.Page.Url).Authority == uri.Authority
                && !uri.AbsolutePath.StartsWith("/assets/", StringComparison.Ordinal)
            )
                Add(uri.PathAndQuery);
        }
    }

    private void Add(string address)
    {
        if (_shapes.Add(Shape(address)))
            _ahead.Enqueue(address);
    }

    /// <summary><c>/cases/SAN-7K3M-Q9XA/hold?recorded=7</c> is <c>/cases/*/hold?recorded</c>.</summary>
    public static string Shape(string address)
    {
        var parts = address.Split('#')[0].Split('?', 2);
        var path = Variable().Replace(parts[0], "/*");
        if (
            parts[0].StartsWith("/directory/", StringComparison.Ordinal)
            || parts[0].StartsWith("/calendar/", StringComparison.Ordinal)
        )
            path = Contact().Replace(Agency().Replace(Partnership().Replace(path, "$1/*"), "$1/*"), "$1/*");
        var query =
            parts.Length == 1
                ? ""
                : "?"
                    + string.Join(
                        '&',
                        parts[1].Split('&').Select(p => p.Split('=')[0]).Distinct().Order(StringComparer.Ordinal)
                    );
        return path + query;
    }

    [GeneratedRegex(
        "/(?:[A-Z]{2,5}-[0-9A-Z]{4}-[0-9A-Z]{4}|[0-9][0-9a-z-]*)(?=/|$)",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Variable();

    [GeneratedRegex("^(/(?:directory|calendar))/[a-z-]+(?=/|$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Partnership();

    [GeneratedRegex(
        "^(/directory/\\*)/(?!(?:new|import|export)$)[a-z0-9-]+(?=/|$)",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Agency();

    [GeneratedRegex("^(/directory/\\*/\\*/contacts)/(?!new$)[a-z0-9-]+(?=/|$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Contact();
}
