using System.Runtime.CompilerServices;
using Escalation.Standalone.Commands;
using Escalation.Standalone.Tests.Storage;
using Escalation.Testing.Cases;

namespace Escalation.Standalone.Tests.Host;

/// <summary><c>policies check</c>: what it finds beyond the document itself.</summary>
public sealed class PolicyCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("name", "Another", null)]
    [InlineData("id", "sefton", "partnership must be sefton, whose policy sefton is")]
    [InlineData("referencePrefix", "SEF", "referencePrefix must be one for each partnership: sefton has SEF")]
    [InlineData("partnership", "sefton", "referencePrefix must be one for each partnership: sefton has SEF")]
    public async Task What_could_not_stand_beside_the_built_in_policies_is_a_fault_as_it_is_when_it_is_added(
        string field,
        string value,
        string? fault
    )
    {
        var file = _folder["policy.json"];
        await File.WriteAllTextAsync(file, OwnDocument.OfEssex(change: d => d[field] = value));

        var check = await RunAsync("check", file);
        var add = await RunAsync("add", file, "--data", _folder["data"]);

        if (fault is null)
            Assert.Equal((0, "", 0, ""), (check.Code, check.Errors, add.Code, add.Errors));
        else
            Assert.Equal(
                (1, $"{file}: {fault}", 1, $"{file}: {fault}"),
                (check.Code, check.Errors, add.Code, add.Errors)
            );
    }

    [Fact]
    public async Task A_policy_is_shown_as_its_ladder_its_dates_and_every_local_setting_and_its_schema_is_printed()
    {
        var file = _folder["policy.json"];
        await File.WriteAllTextAsync(file, OwnDocument.OfEssex());
        var own = await SayAsync("show", file, "--raised", "2026-04-30T08:00:00Z");
        Assert.Contains("### Essex Safeguarding Partnership", own, StringComparison.Ordinal);
        Assert.Contains("- Step 1: outcome by Tuesday 5 May 2026 at 5pm", own, StringComparison.Ordinal);
        Assert.Contains("- workingTime: A working day ends at 17:00", own, StringComparison.Ordinal);
        var builtIn = await SayAsync("show", "surrey-adults");
        Assert.Contains("- Stage 6: referral by ", builtIn, StringComparison.Ordinal);
        Assert.Contains("- stages[5].limits[0].missed: ", builtIn, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(Schema()), await SayAsync("schema"));
        Assert.Equal(1, (await RunAsync("show", _folder["none.json"])).Code);
    }

    private static string Schema([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "generated", "policy.schema.json");

    private static async Task<string> SayAsync(params string[] args)
    {
        using StringWriter output = new(),
            errors = new();
        Assert.Equal(0, await CommandLine.RunAsync(["policies", .. args], output, errors));
        Assert.Empty(errors.ToString());
        return output.ToString();
    }

    private static async Task<(int Code, string Errors)> RunAsync(params string[] args)
    {
        using StringWriter output = new(),
            errors = new();
        var code = await CommandLine.RunAsync(["policies", .. args], output, errors);
        return (code, errors.ToString().TrimEnd());
    }
}
