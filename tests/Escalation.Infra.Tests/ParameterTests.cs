using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Escalation.Infra.Tests.Compiling;

namespace Escalation.Infra.Tests;

/// <summary>What the templates take and give.</summary>
public sealed partial class ParameterTests
{
    private static readonly JsonObject Main = Bicep.Build("infra/main.bicep"),
        Group = Bicep.Build("infra/group.bicep");

    [Theory]
    [InlineData("parameters")]
    [InlineData("outputs")]
    public void The_subscription_s_template_and_the_group_s_take_and_give_the_same(string part)
    {
        Assert.Equal(Main.Names(part), Group.Names(part));
        foreach (var name in Main.Names(part))
            Assert.Equal(WithoutValue(Main[part]![name]!), WithoutValue(Group[part]![name]!));
    }

    [Fact]
    public void Every_parameter_and_output_that_azd_sees_and_every_parameter_of_a_module_has_a_description()
    {
        var nodes = Bicep.Deployed.SelectMany(file => Bicep.Build(file).All()).OfType<JsonObject>();
        var templates = nodes.Where(node => node.ContainsKey("$schema")).ToList();
        var parameters = templates.SelectMany(template => template["parameters"]?.AsObject() ?? []);
        var outputs = Main["outputs"]!.AsObject();

        Assert.True(templates.Count > 15);
        Assert.All(parameters.Concat(outputs), item => Assert.NotEmpty(item.Value!.Text("metadata.description")));
    }

    [Fact]
    public void The_parameters_file_gives_every_parameter_from_a_variable_of_its_own_with_the_template_s_default()
    {
        var given = File("infra/main.parameters.json")
            .ToDictionary(p => p.Key, p => Variable().Match(p.Value!.Text("value")));
        var known = Main["parameters"]!.AsObject();

        Assert.Equal(known.Select(p => p.Key).Order(StringComparer.Ordinal), given.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(given.Count, given.Values.DistinctBy(value => value.Groups["name"].Value).Count());
        Assert.All(
            known,
            parameter =>
            {
                var text = given[parameter.Key].Groups["default"];
                Assert.Equal(Default(parameter.Value!), text.Success ? text.Value : null);
            }
        );
    }

    [Fact]
    public void The_group_s_parameters_file_is_the_subscription_s() =>
        Assert.Equal(Repository.Read("infra/main.parameters.json"), Repository.Read("infra/group.parameters.json"));

    [Fact]
    public void No_secret_is_a_parameter_or_an_output_of_what_azd_deploys()
    {
        var types = Main["parameters"]!
            .AsObject()
            .Concat(Main["outputs"]!.AsObject())
            .Select(item => item.Value!.Text("type"));

        Assert.DoesNotContain(types, type => type.StartsWith("secure", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_region_without_Flex_Consumption_or_without_zones_is_refused_before_anything_is_made()
    {
        var allowed = Main.Texts("parameters.location.allowedValues");

        Assert.Contains("uksouth", allowed);
        Assert.DoesNotContain("ukwest", allowed);
        Assert.DoesNotContain("switzerlandnorth", allowed);
        Assert.Equal(allowed.Order(StringComparer.Ordinal), allowed);
    }

    private static JsonObject File(string file) => JsonNode.Parse(Repository.Read(file))!["parameters"]!.AsObject();

    private static string WithoutValue(JsonNode item)
    {
        var copy = item.DeepClone().AsObject();
        copy.Remove("value");
        return copy.ToJsonString();
    }

    /// <summary>Null where the template asks for it. azd knows who deploys without being told.</summary>
    private static string? Default(JsonNode parameter)
    {
        var isWhoDeploys = parameter.Text("metadata.description").StartsWith("Object id of", StringComparison.Ordinal);
        if (isWhoDeploys || parameter["defaultValue"] is not { } value)
            return null;
        return value.GetValueKind() == JsonValueKind.String ? value.ToString() : value.ToJsonString();
    }

    [GeneratedRegex(@"^\$\{(?<name>[A-Z_]+)(=(?<default>[^}]*))?\}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
