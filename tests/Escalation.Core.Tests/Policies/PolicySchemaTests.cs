using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Escalation.Core.Policies;
using Escalation.Testing.Cases;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Escalation.Core.Tests.Policies;

/// <summary>The JSON Schema of policy documents takes what the program takes, and refuses what has another shape.</summary>
public sealed class PolicySchemaTests
{
    private static string File([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "generated", "policy.schema.json");

    [Fact]
    public void The_file_in_the_docs_is_the_schema_that_the_program_prints()
    {
        if (Environment.GetEnvironmentVariable("TABLES_WRITE") == "1")
            System.IO.File.WriteAllText(File(), PolicySchema.Text);
        Assert.Equal(PolicySchema.Text, System.IO.File.ReadAllText(File()));
    }

    public static IEnumerable<object[]> Ids { get; } = [.. Sample.Policies.Select(p => new object[] { p })];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Every_built_in_document_is_valid(string id) =>
        Assert.Equal([], await FaultsAsync(OwnDocument.Node(id)));

    [Theory]
    [InlineData("stages[0].limits[0].length", "3")]
    [InlineData("stages[0].limits[0].for", "\"talk\"")]
    [InlineData("stages[0].limits[0].limit.workingDays", "\"three\"")]
    [InlineData("stages[0].outcomes[0]", "\"solved\"")]
    [InlineData("stages[0].told", "\"everyone\"")]
    [InlineData("workingTime.division", "\"wales\"")]
    [InlineData("workingTime.close", "\"5pm\"")]
    [InlineData("version", "\"3\"")]
    [InlineData("format", "1")]
    [InlineData("name", "\"\"")]
    [InlineData("retention", null)]
    public async Task What_has_another_shape_is_refused_by_the_schema_and_by_the_program(string path, string? json)
    {
        var document = OwnDocument.Node("suffolk");
        OwnDocument.Set(document, path, json);
        Assert.NotEmpty(await FaultsAsync(document));
        if (path != "format")
            Assert.NotEmpty(PolicyDocument.Read("own", Encoding.UTF8.GetBytes(document.ToJsonString())).Errors);
    }

    private static async Task<IEnumerable<ValidationErrorKind>> FaultsAsync(JsonNode document) =>
        (await JsonSchema.FromJsonAsync(PolicySchema.Text)).Validate(document.ToJsonString()).Select(e => e.Kind);
}
