using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Escalation.Core.Policies;
using Escalation.Testing.Cases;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Escalation.Core.Tests.Policies;

/// <summary>The JSON Schema of policy documents takes what the program takes, and refuses what has another shape.</summary>
public sealed class PolicySchemaTests
{
    private static readonly string Text = PolicySchema.Text(
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, PolicySchema.CommentsFile))
    );

    private static string File([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "generated", "policy.schema.json");

    [Fact]
    public void The_file_in_the_docs_is_the_schema_that_the_program_prints()
    {
        if (Environment.GetEnvironmentVariable("TABLES_WRITE") == "1")
            System.IO.File.WriteAllText(File(), Text);
        Assert.Equal(Text, System.IO.File.ReadAllText(File()));
    }

    [Fact]
    public void Every_field_is_described_in_the_words_of_documents()
    {
        var fields = Fields(JsonNode.Parse(Text)!, "").ToList();
        Assert.True(fields.Count > 200, $"{fields.Count} fields");
        Assert.All(
            fields,
            field =>
            {
                Assert.False(string.IsNullOrWhiteSpace(field.Description), field.Path);
                Assert.DoesNotMatch(
                    "[<>`]|cref|  |[a-z][A-Z][A-Za-z]*\\.[A-Z]|KnownTiers|Repetition",
                    field.Description
                );
            }
        );
        Assert.Contains(
            "both: The tier of every agency in the case.",
            fields.Single(f => f.Path == ".stages.told").Description,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void No_field_is_offered_that_a_document_cannot_give() =>
        Assert.DoesNotContain(
            Fields(JsonNode.Parse(Text)!, ""),
            field => field.Path.EndsWith(".basis.inFull", StringComparison.Ordinal) || field.Path == ".isOwn"
        );

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
    [InlineData("forms[0].layout", "\"page\"")]
    [InlineData("forms[0].sections[0].lines[0].shows[0]", "\"personNme\"")]
    [InlineData("forms[0].sections[0].lines[0].shows[0]", "\"fields.\"")]
    [InlineData("stages[1].requires[0].kind", "\"number\"")]
    [InlineData("retention", null)]
    public async Task What_has_another_shape_is_refused_by_the_schema_and_by_the_program(string path, string? json)
    {
        var document = OwnDocument.Node("suffolk");
        OwnDocument.Set(document, path, json);
        Assert.NotEmpty(await FaultsAsync(document));
        if (path != "format")
            Assert.NotEmpty(PolicyDocument.Read("own", Encoding.UTF8.GetBytes(document.ToJsonString())).Errors);
    }

    private static IEnumerable<(string Path, string? Description)> Fields(JsonNode schema, string path)
    {
        if (schema["items"] is { } item)
            return Fields(item, path);
        return (schema["properties"] as JsonObject ?? []).SelectMany(field =>
            Fields(field.Value!, $"{path}.{field.Key}")
                .Prepend(($"{path}.{field.Key}", (string?)field.Value!["description"]))
        );
    }

    private static async Task<IEnumerable<ValidationErrorKind>> FaultsAsync(JsonNode document) =>
        (await JsonSchema.FromJsonAsync(Text)).Validate(document.ToJsonString()).Select(e => e.Kind);
}
