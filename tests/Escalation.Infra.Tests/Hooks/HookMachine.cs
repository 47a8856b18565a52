using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Escalation.Infra.Tests.Hooks;

/// <summary>
/// A machine with nothing on its PATH but what POSIX has, OpenSSL, and stand-ins for az, azd and curl (Hooks/Stubs), which record their
/// calls and answer from files. The hooks themselves are the real ones, carried out by a real shell.
/// </summary>
internal sealed class HookMachine : IDisposable
{
    public const string Subscription = "11111111-1111-1111-1111-111111111111",
        Group = "rg-test";
    public const string Tenant = "55555555-5555-5555-5555-555555555555";
    public const string App = "func-test",
        Url = "https://func-test.azurewebsites.net";
    public const string AppId =
        $"/subscriptions/{Subscription}/resourceGroups/{Group}/providers/Microsoft.Web/sites/{App}";

    public static readonly string[] Secrets =
    [
        "delivery-secret",
        "delivery-secret-previous",
        "intake-secret",
        "link-key",
        "link-key-previous",
    ];

    public static readonly string[] References =
    [
        "Escalation__DeliverySecret",
        "Escalation__DeliverySecretPrevious",
        "Escalation__IntakeSecret",
        "Escalation__LinkKey",
        "Escalation__LinkKeyPrevious",
    ];

    private static readonly string[] Tools =
    [
        "awk",
        "base64",
        "cat",
        "dirname",
        "grep",
        "head",
        "ls",
        "mktemp",
        "mv",
        "openssl",
        "rm",
        "sed",
        "sh",
        "sleep",
        "tr",
    ];

    private readonly string _top = Directory.CreateTempSubdirectory("hooks").FullName;

    public HookMachine()
    {
        foreach (var folder in new[] { "bin", "stub/vault", "stub/tags", "tmp" })
            Directory.CreateDirectory(In(folder));
        foreach (var tool in Tools)
            File.CreateSymbolicLink(
                In($"bin/{tool}"),
                Find(tool) ?? throw new InvalidOperationException($"There is no {tool} here.")
            );
        foreach (var stub in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Hooks", "Stubs")))
            Put($"bin/{Path.GetFileName(stub)}", File.ReadAllText(stub), runs: true);
        Put("stub/calls", "");
        Put("stub/fail", "0 nothing\n");
        Put("stub/line-end", "");
        Put("stub/tenant", $"{Tenant}\n");
        Put("stub/resolve-after", "0\n");
        Functions(FunctionNames.All);
        Put("stub/subscription", $"Succeeded\n{Url}/hooks/email-delivery\n");
        Resolve();
    }

    /// <summary>What azd gives a hook; a test takes away or changes what it is about.</summary>
    public Dictionary<string, string> Values { get; } =
        new(StringComparer.Ordinal)
        {
            ["AZURE_SUBSCRIPTION_ID"] = Subscription,
            ["AZURE_TENANT_ID"] = Tenant,
            ["AZURE_RESOURCE_GROUP"] = Group,
            ["AZURE_KEY_VAULT_NAME"] = "kv-test",
            ["AZURE_EVENT_GRID_TOPIC_NAME"] = "evgt-test",
            ["SERVICE_APP_NAME"] = App,
            ["SERVICE_APP_RESOURCE_ID"] = AppId,
            ["SERVICE_APP_ENDPOINT_URL"] = Url,
            ["ESCALATION_AFTER_DEPLOYMENT"] = """{"topicName":"evgt-test"}""",
            ["ESCALATION_ENTRA_CLIENT_ID"] = "22222222-2222-2222-2222-222222222222",
        };

    /// <summary>The shells to run the hooks under: sh, whichever it is, and those that are stricter or looser.</summary>
    public static IEnumerable<string[]> Shells() =>
        new[] { new[] { "sh" }, ["dash"], ["bash", "--posix"], ["busybox", "sh"] }.Where(shell =>
            Find(shell[0]) is not null
        );

    public IReadOnlyList<string> Calls => File.ReadAllLines(In("stub/calls"));

    /// <summary>Everything that could be seen on command lines.</summary>
    public string CommandLines => string.Concat(Calls);

    public IReadOnlyList<string> Vault =>
        [.. Directory.GetFiles(In("stub/vault")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    /// <summary>What a hook left behind in the folder of temporary files.</summary>
    public IReadOnlyList<string> Leftovers => Directory.GetFileSystemEntries(In("tmp"));

    /// <param name="part">Arguments apart by bars.</param>
    public IReadOnlyList<string> CallsWith(string part) =>
        [.. Calls.Where(call => call.Contains(part, StringComparison.Ordinal))];

    public string Secret(string name) => File.ReadAllText(In($"stub/vault/{name}"));

    public void Put(string file, string text, bool runs = false)
    {
        File.Delete(In(file)); // a link to a real tool, maybe
        File.WriteAllText(In(file), text);
        if (runs && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(In(file), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Remove(string file) => File.Delete(In(file));

    /// <summary>az fails a call that contains the pattern, so many times; arguments are apart by bars.</summary>
    public void Fail(string pattern, int times = 999) => Put("stub/fail", $"{times} {pattern}\n");

    public void FailNoMore() => Put("stub/fail", "0 nothing\n");

    /// <summary>A vault as the first run leaves it.</summary>
    public void Fill()
    {
        foreach (var name in Secrets)
            Put(
                $"stub/vault/{name}",
                IsHexadecimal(name) ? Convert.ToHexStringLower(Digest(name)) : Convert.ToBase64String(Digest(name))
            );
    }

    public void Functions(IReadOnlyList<string> names) =>
        Put("stub/functions", string.Concat(names.Select(name => $"{App}/{name}\n")));

    public void Resolve() =>
        Put("stub/references", string.Concat(References.Select(name => $"{name}\tResolved\tNone\n")));

    /// <param name="refreshes">How many the platform needs until it has every secret; 0: it never gets them.</param>
    public void Unresolve(int refreshes, string status = "SecretNotFound", string details = "")
    {
        Put("stub/references", string.Concat(References.Select(name => $"{name}\t{status}\t{details}\n")));
        Put("stub/resolve-after", $"{refreshes}\n");
    }

    /// <summary>An answer of the app to curl.</summary>
    public void Answer(string to, int status, string body = "") => Put($"stub/{to}", $"{status:D3}\n{body}");

    public HookResult Run(string hook, params string[] arguments) => RunUnder(["sh"], hook, arguments);

    public HookResult RunUnder(string[] shell, string hook, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(shell[0])!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _top,
        };
        foreach (
            var argument in shell[1..].Append(Path.Combine(Repository.Top, "infra", "hooks", hook)).Concat(arguments)
        )
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in Values)
            start.Environment[name] = value;
        start.Environment["PATH"] = In("bin");
        start.Environment["STUB"] = In("stub");
        start.Environment["TMPDIR"] = In("tmp");
        start.Environment["ESCALATION_HOOK_WAIT"] = "0";
        using var process = Process.Start(start)!;
        var words = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), $"{hook} does not end.");
        return new HookResult(process.ExitCode, output.Result, words.Result);
    }

    public void Dispose() => Directory.Delete(_top, recursive: true);

    /// <summary>Those that stand in an address.</summary>
    public static bool IsHexadecimal(string secret) => secret.StartsWith("delivery-", StringComparison.Ordinal);

    private static byte[] Digest(string name) => SHA256.HashData(Encoding.UTF8.GetBytes(name));

    private string In(string path) => Path.Combine(_top, path);

    private static string? Find(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, tool))
            .FirstOrDefault(File.Exists);
}

/// <param name="Output">What it told whoever ran it.</param>
/// <param name="Words">What it complained of.</param>
internal sealed record HookResult(int Exit, string Output, string Words)
{
    public string Told => Output + Words;
}
