using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Escalation.Testing;

namespace Escalation.Standalone.Tests.Mail;

/// <summary>A real mail server (maildev, on node) and what it received.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client;

    private MailServer(Process process, HttpClient client) => (_process, _client) = (process, client);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<MailServer> StartAsync(int port)
    {
        var folder = Folder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            await InstallAsync(folder);
        var web = FreePort();
        var start = new ProcessStartInfo(
            "node",
            [
                Path.Combine(folder, "node_modules/maildev/dist/bin/maildev.js"),
                "--ip",
                "127.0.0.1",
                "--smtp",
                $"{port}",
                "--web-ip",
                "127.0.0.1",
                "--web",
                $"{web}",
                "--silent",
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var server = new MailServer(
            Process.Start(start)!,
            new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{web}") }
        );
        try
        {
            await server.ListeningAsync(port);
            return server;
        }
        catch (Exception e)
        {
            await server.DisposeAsync();
            throw new TimeoutException($"maildev does not listen on ports {port} and {web} after {Waiting.AtMost}.", e);
        }
    }

    /// <summary>Every email received, whole, as it came over the wire.</summary>
    public async Task<IReadOnlyList<string>> SourcesAsync()
    {
        var emails = JsonSerializer.Deserialize<JsonElement>(await _client.GetStringAsync("/api/email"));
        var list = emails.ValueKind is JsonValueKind.Array ? emails : emails.GetProperty("emails");
        var sources = new List<string>();
        foreach (var email in list.EnumerateArray())
            sources.Add(await _client.GetStringAsync($"/api/email/{email.GetProperty("id").GetString()}/source"));
        return sources;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(Waiting.Token);
        _process.Dispose();
    }

    private static async Task InstallAsync(string folder)
    {
        using var npm = Process.Start(
            new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"])
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
            }
        )!;
        try
        {
            await npm.WaitForExitAsync(Waiting.LongToken);
        }
        catch (OperationCanceledException e)
        {
            npm.Kill(entireProcessTree: true);
            throw new TimeoutException($"'npm ci' in {folder} did not end within five minutes.", e);
        }
        Assert.Equal(0, npm.ExitCode);
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "tests/smtp/package.json")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "tests/smtp");
    }

    private async Task ListeningAsync(int port)
    {
        for (var waited = Stopwatch.StartNew(); ; )
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, port);
                _ = await _client.GetStringAsync("/api/email");
                return;
            }
            catch (Exception e) when (e is SocketException or HttpRequestException && waited.Elapsed < Waiting.AtMost)
            {
                await Task.Yield();
            }
        }
    }
}
