using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escalation.Web.Site.SignIn;

/// <summary>Who may call what, read from the endpoints themselves.</summary>
public static class AccessTable
{
    public sealed record Row(string Method, string Path, IReadOnlyList<string> Roles, string What, string? Scope);

    /// <summary>By path, then method.</summary>
    public static IReadOnlyList<Row> Of(IEnumerable<Endpoint> endpoints) =>
        [
            .. from endpoint in endpoints.OfType<RouteEndpoint>()
            let access = endpoint.Metadata.GetMetadata<Access>()
            where access is not null
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
            let path = "/" + endpoint.RoutePattern.RawText?.TrimStart('/')
            orderby path, method
            select new Row(method, path, access.Roles, access.What, access.Scope),
        ];

    /// <summary>A table for the documents.</summary>
    public static string ToMarkdown(IReadOnlyList<Row> rows)
    {
        var text = new StringBuilder("| call | what it does | who |\n| --- | --- | --- |\n");
        foreach (var row in rows)
            text.Append("| `")
                .Append(row.Method)
                .Append(' ')
                .Append(row.Path)
                .Append("` | ")
                .Append(row.What)
                .Append(" | ")
                .AppendJoin(", ", row.Roles)
                .Append(row.Scope is null ? "" : "; " + row.Scope)
                .Append(" |\n");
        return text.ToString();
    }
}
