using System.Diagnostics;

namespace Escalation.Infra.Tests.Published;

/// <summary>What azd would deploy: the Functions project published as azd publishes it, into a folder that goes with the tests.</summary>
public sealed class Publish : IAsyncLifetime
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(15);

    public string Folder { get; } = Directory.CreateTempSubdirectory("escalation-published-").FullName;

    public async Task InitializeAsync()
    {
        var (exit, output) = await RunAsync(Folder, "-p:PublishedToBeLookedAt=true");
        Assert.True(exit == 0, output);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary><c>dotnet publish -c Release</c> of the Functions project.</summary>
    public static async Task<(int Exit, string Output)> RunAsync(string folder, params string[] more)
    {
        // Nodes and a compiler that stay behind would keep the output open.
        string[] arguments =
        [
            "publish",
            Path.Combine(Repository.Top, "src", "Escalation.Functions"),
            "-c",
            "Release",
            "-o",
            folder,
            "-nodeReuse:false",
            "-p:UseSharedCompilation=false",
            .. more,
        ];
        using var publish = Process.Start(
            new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true }
        )!;
        using var limit = new CancellationTokenSource(TimeLimit);
        try
        {
            var output = await publish.StandardOutput.ReadToEndAsync(limit.Token);
            await publish.WaitForExitAsync(limit.Token);
            return (publish.ExitCode, output);
        }
        catch (OperationCanceledException e)
        {
            publish.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet publish took longer than {TimeLimit}.", e);
        }
    }
}
