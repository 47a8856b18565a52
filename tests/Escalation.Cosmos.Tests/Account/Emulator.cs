using System.ComponentModel;
using System.Diagnostics;
using Escalation.Testing;

namespace Escalation.Cosmos.Tests.Account;

/// <summary>The npm emulator in a process of its own, on a free port of this machine, until disposed of.</summary>
public sealed class Emulator : IDisposable
{
    /// <summary>Any will do: the emulator checks none.</summary>
    public const string Key = "bm8ga2V5IGlzIGNoZWNrZWQ=";

    private readonly Process _process;

    private Emulator(Process process, Uri endpoint)
    {
        _process = process;
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; }

    public static async Task<Emulator> StartAsync()
    {
        var folder = Folder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            await InstallAsync(folder);

        var process = Run("node", "start.cjs", folder);
        // What it says of errors it answered is of no use to a test, but must be read lest it stop.
        process.BeginErrorReadLine();
        var port =
            await process.StandardOutput.ReadLineAsync(Waiting.Token)
            ?? throw new InvalidOperationException(
                $"The Cosmos emulator did not start; node start.cjs in {folder} says why."
            );
        return new Emulator(process, new Uri($"http://127.0.0.1:{port}/"));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill();
        _process.Dispose();
    }

    private static string Folder()
    {
        for (var above = new DirectoryInfo(AppContext.BaseDirectory); above is not null; above = above.Parent)
        {
            var folder = Path.Combine(above.FullName, "cosmos-emulator");
            if (File.Exists(Path.Combine(folder, "start.cjs")))
                return folder;
        }

        throw new DirectoryNotFoundException("tests/cosmos-emulator is not above the folder of the tests.");
    }

    private static async Task InstallAsync(string folder)
    {
        using var install = Run("npm", "ci --no-audit --no-fund", folder);
        install.BeginOutputReadLine();
        var errors = await install.StandardError.ReadToEndAsync(Waiting.LongToken);
        await install.WaitForExitAsync(Waiting.LongToken);
        if (install.ExitCode != 0)
            throw new InvalidOperationException(
                $"The Cosmos emulator's packages could not be installed (npm ci in {folder}): {errors}"
            );
    }

    private static Process Run(string program, string arguments, string folder)
    {
        try
        {
            return Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    WorkingDirectory = folder,
                    UseShellExecute = false,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException(
                $"The tests of the Cosmos store need {program} (Node.js with npm) on the PATH, or COSMOS_ENDPOINT.",
                missing
            );
        }
    }
}
