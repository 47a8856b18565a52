using System.Runtime.CompilerServices;
using Escalation.Core.Policies;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests;

/// <summary>
/// The tables in <c>docs/generated</c> are what the program says of itself. With <c>TABLES_WRITE=1</c> in the environment they are
/// written instead of compared.
/// </summary>
public sealed class GeneratedTablesTests
{
    [Fact]
    public void The_rule_table_is_the_one_generated_from_the_policies() =>
        Holds("rules", RuleTable.ToMarkdown(PolicyCatalogue.BuiltIn.All));

    [Fact]
    public async Task The_access_table_is_the_one_generated_from_the_endpoints()
    {
        await using var host = await TestHost.StartAsync();
        Holds(
            "access",
            AccessTable.ToMarkdown(AccessTable.Of(host.Services.GetRequiredService<EndpointDataSource>().Endpoints))
        );
    }

    [Fact]
    public void What_a_newcomer_reads_first_stays_short() =>
        Assert.InRange(new FileInfo(Top("README.md")).Length, 1, 8 * 1024);

    private static void Holds(string name, string expected)
    {
        var (file, from, to) = (
            Top("docs", "generated", $"{name}.md"),
            $"<!-- {name}: generated -->\n",
            $"<!-- {name}: end -->"
        );
        var text = File.ReadAllText(file);
        var start = text.IndexOf(from, StringComparison.Ordinal) + from.Length;
        var end = text.IndexOf(to, StringComparison.Ordinal);
        Assert.True(start >= from.Length && end >= start, $"{file} has no section between '{from.Trim()}' and '{to}'.");
        if (Environment.GetEnvironmentVariable("TABLES_WRITE") == "1")
            File.WriteAllText(file, text[..start] + expected.TrimEnd() + "\n" + text[end..]);
        else
            Assert.True(
                text[start..end].Trim() == expected.Trim(),
                $"{file} is out of date: run this with TABLES_WRITE=1 and commit it."
            );
    }

    private static string Top(params string[] path) => Path.Combine([Here(), "..", "..", .. path]);

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
