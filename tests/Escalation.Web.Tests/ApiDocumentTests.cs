using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests;

public sealed class ApiDocumentTests
{
    [Fact]
    public async Task The_OpenAPI_document_lists_every_call_and_every_code()
    {
        await using var host = await TestHost.StartAsync();
        var document = await host.Nobody().GetJsonAsync("/openapi.json");
        var description = document.Json["info"]!["description"]!.ToString();
        Assert.All(
            ProblemCodes.All,
            code => Assert.Contains($"| `{code.Code}` | {code.Status} |", description, StringComparison.Ordinal)
        );
        var rows = AccessTable.Of(host.Services.GetRequiredService<EndpointDataSource>().Endpoints);
        Assert.True(rows.Count >= 30);
        Assert.All(
            rows.Where(r => r.Path.StartsWith("/api", StringComparison.Ordinal)),
            row =>
            {
                var call = document.Json["paths"]![row.Path]?[row.Method.ToLowerInvariant()];
                Assert.True(call is not null, row.Path);
                Assert.NotNull(call["security"]);
                Assert.Contains($"| `{row.Method} {row.Path}` |", description, StringComparison.Ordinal);
                Assert.NotNull(call["responses"]!["404"]);
            }
        );
        Assert.Equal("bearer", document.Json["components"]!["securitySchemes"]!["key"]!["scheme"]!.ToString());
        Assert.NotNull(document.Json["components"]!["schemas"]!["CaseView"]!["properties"]!["stage"]);
    }
}
