using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Escalation.Web.CasePages;
using Escalation.Web.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests.Leaks;

/// <summary>Every address that can be read, made from the endpoints themselves.</summary>
public sealed class Surface(TestHost host)
{
    /// <summary>What is asked beyond the address, where that shows more: lists of all statuses, parts that are left out else.</summary>
    private static readonly Dictionary<string, string[]> Queries = new(StringComparer.Ordinal)
    {
        ["/api/escalations"] = ["?status=all", "?status=all&stage=2", "?status=onHold", "?status=all&overdue=true"],
        ["/tracker"] = ["?status=all", "?status=onHold"],
        ["/tracker.csv"] = ["?status=all"],
        ["/tracker/calendar"] = ["", "?month=2026-10"],
        ["/cases/{reference}"] = ["?events=all&order=oldest"],
        ["/cases/{reference}/proof"] = ["", "?words=yes"],
        ["/api/reports/annual"] = ["?partnership=suffolk&year=2026", "?partnership=surrey-adults&year=2026"],
        ["/api/reports/summary-log"] = ["", "?partnership=suffolk", "?partnership=surrey-adults"],
        ["/reports/annual"] = ["?partnership=suffolk&year=2026", "?partnership=suffolk&year=2026&quarter=2"],
        ["/reports/annual.csv"] = ["?partnership=suffolk&year=2026"],
        ["/reports/summary-log"] = ["?year=all", "?partnership=suffolk&year=all"],
        ["/reports/summary-log.csv"] = ["?year=all", "?partnership=suffolk&year=all"],
        ["/api/policies/{id}/timeline"] = ["?raised=2026-09-25T10:00:00Z"],
    };

    /// <summary>Routes that are one case's, a link's, or the stylesheet's.</summary>
    private static readonly string[] Elsewhere = ["{reference}", "{token}", "/assets/"];

    private readonly List<RouteEndpoint> _endpoints =
    [
        .. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>(),
    ];

    /// <summary>Addresses of one case.</summary>
    /// <param name="things">Ids of the case's duties, contacts, late answers and stages: what forms of moves can be about.</param>
    public IEnumerable<string> OfCase(string reference, IReadOnlyList<string> things)
    {
        foreach (var route in Routes("GET").Where(r => r.Contains("{reference}", StringComparison.Ordinal)))
        foreach (
            var path in Filled(Filled(route, "reference", [reference]).First(), "move", Moves.All.Select(m => m.Path))
        )
        foreach (var query in IsAbout(path) ? things.Select(t => $"?of={Uri.EscapeDataString(t)}") : Of(route))
            yield return path + query;
    }

    /// <summary>Addresses that are no single case's.</summary>
    public IEnumerable<string> OfAll(IReadOnlyList<string> references)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["partnership"] = ["suffolk", "surrey-adults"],
            ["agency"] = ["school", "trust"],
            ["contact"] = ["lead"],
            ["id"] = ["suffolk", "surrey-adults"],
            ["policy"] =
            [
                "suffolk",
                .. references.SelectMany(r => new[] { $"suffolk?opened={r}", $"surrey-adults?opened={r}" }),
            ],
        };
        foreach (var route in Routes("GET").Where(r => !Elsewhere.Any(e => r.Contains(e, StringComparison.Ordinal))))
        {
            IEnumerable<string> paths = [route];
            foreach (var (name, given) in values)
                paths = paths.SelectMany(p => Filled(p, name, given));
            foreach (var path in paths)
            {
                Assert.False(
                    path.Contains('{', StringComparison.Ordinal),
                    $"{route}: say in this test what stands in its place."
                );
                foreach (var query in Of(route))
                    yield return path + query;
            }
        }
    }

    /// <summary>Routes of the moves with the type of their body.</summary>
    public IEnumerable<(string Path, Type Body)> Moving(string reference, string duty) =>
        from endpoint in _endpoints
        let body = endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>()?.RequestType
        where
            body is not null && RouteOf(endpoint).StartsWith("/api/escalations/{reference}/", StringComparison.Ordinal)
        from path in Filled(RouteOf(endpoint), "reference", [reference]).SelectMany(p => Filled(p, "duty", [duty]))
        select (path, body);

    /// <summary>The answer as one text; of a file that holds files, theirs too.</summary>
    public static async Task<string> ReadAsync(HttpClient client, string path, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        using var answer = await client.SendAsync(request);
        Assert.True((int)answer.StatusCode < 500, $"{path}: {answer.StatusCode}");
        var text = new StringBuilder(answer.Headers.ToString());
        if (answer.Content.Headers.ContentType?.MediaType != "application/zip")
            return text.Append(await answer.Content.ReadAsStringAsync()).ToString();
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        foreach (var entry in zip.Entries)
        {
            using var content = new StreamReader(entry.Open());
            text.Append(entry.FullName).Append('\n').Append(await content.ReadToEndAsync());
        }
        return text.ToString();
    }

    private IEnumerable<string> Routes(string method) =>
        _endpoints
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(method) == true)
            .Select(RouteOf)
            .Distinct()
            .Order(StringComparer.Ordinal);

    /// <summary>A move that is reached from what it is about, or may be about a stage.</summary>
    private static bool IsAbout(string path) =>
        Moves.All.Any(m => path.EndsWith($"/{m.Path}", StringComparison.Ordinal) && (!m.Listed || m == Moves.Outcome));

    private static string RouteOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    private static IEnumerable<string> Filled(string route, string name, IEnumerable<string> values) =>
        route.Contains($"{{{name}}}", StringComparison.Ordinal)
            ? values.Select(v => route.Replace($"{{{name}}}", v, StringComparison.Ordinal))
            : [route];

    private static IEnumerable<string> Of(string route) => Queries.GetValueOrDefault(route, [""]);
}
