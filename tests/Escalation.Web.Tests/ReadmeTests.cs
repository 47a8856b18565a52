using System.Runtime.CompilerServices;
using Escalation.Core.Policies;
using Escalation.Web.SignIn;
using Escalation.Web.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests;

/// <summary>README's tables are what the program says of itself. With <c>README_WRITE=1</c> in the environment the tables are written instead of compared.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_rule_table_is_the_one_generated_from_the_policies() => Holds("rules", RuleTable.ToMarkdown(PolicyCatalogue.BuiltIn.All));

    [Fact]
    public async Task The_access_table_is_the_one_generated_from_the_endpoints()
    {
        await using var host = await TestHost.StartAsync();
        Holds("access", AccessTable.ToMarkdown(AccessTable.Of(host.Services.GetRequiredService<EndpointDataSource>().Endpoints)));
    }

    private static void Holds(string name, string expected)
    {
        var (file, from, to) = (Readme(), $"<!-- {name}: generated -->\n", $"<!-- {name}: end -->");
        var text = File.ReadAllText(file);
        var start = text.IndexOf(from, StringComparison.Ordinal) + from.Length;
        var end = text.IndexOf(to, StringComparison.Ordinal);
        Assert.True(start >= from.Length && end >= start, $"README has no section between '{from.Trim()}' and '{to}'.");
        if (Environment.GetEnvironmentVariable("README_WRITE") == "1")
            File.WriteAllText(file, text[..start] + expected.TrimEnd() + "\n" + text[end..]);
        else
            Assert.True(text[start..end].Trim() == expected.Trim(), $"README's {name} table is out of date: run the test with README_WRITE=1 and commit it.");
    }

    private static string Readme([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "README.md");
}
