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
    public async Task A_policy_that_a_document_names_is_built_in_or_given_beside_it_and_is_added_first()
    {
        var (ours, plans) = (_folder["ours.json"], _folder["plans.json"]);
        await File.WriteAllTextAsync(ours, LedCase.From());
        await File.WriteAllTextAsync(plans, LedCase.To());
        var alone = $"{ours}: stages[1].leadsTo[0].policy must not be there: the partnership has no other policy";

        Assert.Equal((1, alone), await RunAsync("check", ours));
        Assert.Equal((0, ""), await RunAsync("check", ours, plans));
        Assert.Equal((1, alone), await RunAsync("add", ours, "--data", _folder["data"]));
        Assert.Equal((0, ""), await RunAsync("add", plans, "--data", _folder["data"]));
        Assert.Equal((0, ""), await RunAsync("add", ours, "--data", _folder["data"]));

        await File.WriteAllTextAsync(ours, LedCase.From(d => d["colour"] = "red"));
        var (code, errors) = await RunAsync("check", ours, plans, _folder["none.json"]);
        Assert.Equal(1, code);
        Assert.StartsWith($"{ours}: colour is not a known field", errors, StringComparison.Ordinal);
        Assert.Contains($"{_folder["none.json"]}: document cannot be read", errors, StringComparison.Ordinal);
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
