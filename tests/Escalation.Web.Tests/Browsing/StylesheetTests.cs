using System.Diagnostics;

namespace Escalation.Web.Tests.Browsing;

/// <summary>The compiled stylesheet is committed, so that building the program needs no Node.js; here there is one.</summary>
public sealed class StylesheetTests
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_committed_stylesheet_is_what_its_sources_give()
    {
        var folder = Folder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            await NpmAsync(folder, "ci", "--silent", "--no-audit", "--no-fund");

        var compiled = await NpmAsync(folder, "run", "--silent", "styles");

        var committed = await File.ReadAllTextAsync(Path.Combine(folder, "app.css"));
        Assert.True(
            committed == compiled,
            "app.css is not what the .scss files give: run 'npm ci && npm run build' in src/Escalation.Web/Assets."
        );
        Assert.Contains("Crown Copyright", committed, StringComparison.Ordinal);
    }

    private static async Task<string> NpmAsync(string folder, params string[] arguments)
    {
        using var npm = Process.Start(
            new ProcessStartInfo("npm", arguments)
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        using var limit = new CancellationTokenSource(TimeLimit);
        var output = await npm.StandardOutput.ReadToEndAsync(limit.Token);
        await npm.WaitForExitAsync(limit.Token);
        Assert.Equal(0, npm.ExitCode);
        return output;
    }

    private static string Folder()
    {
        for (var above = new DirectoryInfo(AppContext.BaseDirectory); above is not null; above = above.Parent)
        {
            var folder = Path.Combine(above.FullName, "src", "Escalation.Web", "Assets");
            if (File.Exists(Path.Combine(folder, "package.json")))
                return folder;
        }
        throw new DirectoryNotFoundException("src/Escalation.Web/Assets is not above the folder of the tests.");
    }
}
