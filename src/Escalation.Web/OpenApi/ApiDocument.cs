using System.Globalization;
using System.Text;
using Escalation.Web.Api;
using Escalation.Web.Site.Problems;
using Escalation.Web.Site.SignIn;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Escalation.Web.OpenApi;

/// <summary><c>/openapi.json</c>: every call with its bodies, who may call it, and the codes.</summary>
internal static class ApiDocument
{
    public const string Path = "/openapi.json";
    private const string SchemeName = "key";

    public static void AddApiDocument(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, ProblemJson.Default);
        });
        services.AddOpenApi(options =>
        {
            options.AddDocumentTransformer(Complete);
            options.AddOperationTransformer(DescribeAsync);
        });
    }

    private static Task Complete(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancel
    )
    {
        var endpoints = context.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints;
        document.Info = new OpenApiInfo
        {
            Title = "Escalation",
            Version = "1",
            Description = Description(AccessTable.ToMarkdown(AccessTable.Of(endpoints))),
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[SchemeName] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An access key.",
        };
        return Task.CompletedTask;
    }

    private static async Task DescribeAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancel
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<Access>().LastOrDefault() is not { } access)
            return;
        operation.Summary = char.ToUpperInvariant(access.What[0]) + access.What[1..];
        operation.Description =
            $"For {string.Join(", ", access.Roles)}{(access.Scope is null ? "" : "; " + access.Scope)}.";
        operation.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SchemeName, context.Document)] = [] },
        ];
        var schema = await context.GetOrCreateSchemaAsync(typeof(ProblemBody), null, cancel);
        foreach (var group in ProblemCodes.All.GroupBy(c => c.Status))
            operation.Responses!.TryAdd(
                group.Key.ToString(CultureInfo.InvariantCulture),
                new OpenApiResponse
                {
                    Description = string.Join(", ", group.Select(c => c.Code)),
                    Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                    {
                        ["application/problem+json"] = new() { Schema = schema },
                    },
                }
            );
    }

    private static string Description(string table)
    {
        var text = new StringBuilder(
            "Deadlines of safeguarding partnerships' escalation procedures. "
                + "Instants are RFC 3339 in UTC, dates YYYY-MM-DD. "
                + "Members that a body has beyond the contract are ignored, "
        )
            .Append("and listed in the answer's ")
            .Append(JsonBody.IgnoredHeader)
            .Append(
                " header.\n\n## Errors\n\nProblem details (RFC 9457) with a stable `code`:\n\n"
                    + "| code | status | meaning |\n| --- | --- | --- |\n"
            );
        foreach (var code in ProblemCodes.All)
            text.Append("| `")
                .Append(code.Code)
                .Append("` | ")
                .Append(code.Status)
                .Append(" | ")
                .Append(code.Title)
                .Append(code.OtherStatuses is null ? "" : ". " + code.OtherStatuses)
                .Append(" |\n");
        return text.Append("\n## Who may call what\n\n").Append(table).ToString();
    }
}
