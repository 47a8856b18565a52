using System.CommandLine;
using System.Security.Cryptography;
using Escalation.Standalone.Settings;
using Escalation.Standalone.Storage;
using Escalation.Web.Site.SignIn;

namespace Escalation.Standalone.Commands;

/// <summary><c>keys add</c>, on a data folder that no host is using.</summary>
internal sealed class KeysAddCommand : DetailedCommand
{
    private readonly Option<string> _role = new("--role")
    {
        Description = "Administrator, BusinessManager, Practitioner or Intake",
        HelpName = "ROLE",
    };

    private readonly Option<string> _name = new("--name") { Description = "Whose it is, in words", HelpName = "NAME" };

    private readonly Option<string> _partnership = new("--partnership")
    {
        Description = "Needed for a BusinessManager and a Practitioner",
        HelpName = "ID",
    };

    private readonly Option<string> _agency = new("--agency")
    {
        Description = "Needed for a Practitioner",
        HelpName = "ID",
    };

    public KeysAddCommand()
        : base(
            "add",
            "Make an access key and print it, this once",
            "Needs --role and --name. The host must not be running: it holds the data folder."
        )
    {
        Add(_role);
        Add(_name);
        Add(_partnership);
        Add(_agency);
        Add(Data);
        SetAction(AddAsync);
    }

    private async Task AddAsync(ParseResult parsed, CancellationToken cancel)
    {
        var output = parsed.InvocationConfiguration.Output;
        await using var store = SqliteCaseStore.Open(parsed.GetRequiredValue(Data));
        var key = new AccessKey(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)),
            parsed.GetValue(_role) ?? "",
            parsed.GetValue(_partnership),
            parsed.GetValue(_agency),
            parsed.GetValue(_name) ?? ""
        );
        if (key.Fault() is { } fault)
            throw new HostFault($"No key was made. {fault}");
        var text = await new AccessKeys(store, TimeProvider.System).AddAsync(key, null, cancel);
        await output.WriteLineAsync(KeysListCommand.Line(key));
        await output.WriteLineAsync($"Key (shown only now): {text}");
    }
}
