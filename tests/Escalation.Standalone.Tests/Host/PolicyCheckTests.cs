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

    private static async Task<(int Code, string Errors)> RunAsync(params string[] args)
    {
        using StringWriter output = new(),
            errors = new();
        var code = await CommandLine.RunAsync(["policies", .. args], output, errors);
        return (code, errors.ToString().TrimEnd());
    }
}
