using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Escalation.Testing;

namespace Escalation.Standalone.Tests.Host;

/// <summary>The host as its own process on a free port, as an operator starts it.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    public const string StaffKey = "the-staff-key-of-the-tests",
        IntakeKey = "the-intake-key-of-the-tests";

    /// <summary>
    /// The secrets key of all these hosts, made by the first: outside every data folder, and not in the home of whoever runs the tests.
    /// </summary>
    public static readonly string SecretsKeyFile = Path.Combine(AppContext.BaseDirectory, "tests", "secrets.key");

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly List<(string Words, TaskCompletionSource Said)> _awaited = [];
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) =>
            _address.TrySetException(new InvalidOperationException($"The host ended: {Output}"));
    }

    public HttpClient Client { get; private set; } = null!;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts it and waits until it says where it listens.</summary>
    public static async Task<HostProcess> StartAsync(
        string data,
        string[] args,
        (string Name, string Value)[]? environment = null
    )
    {
        var host = new HostProcess(
            Begin(
                ["--urls", "http://127.0.0.1:0", "--data", data, .. args],
                [("ESCALATION_STAFF_KEY", StaffKey), ("ESCALATION_INTAKE_KEY", IntakeKey), .. environment ?? []]
            )
        );
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        try
        {
            var address = await host._address.Task.WaitAsync(Waiting.AtMost);
            host.Client = new HttpClient { BaseAddress = new Uri(address), Timeout = Waiting.AtMost };
        }
        catch (Exception e)
        {
            await host.DisposeAsync();
            throw new InvalidOperationException(
                $"The host did not say where it listens within {Waiting.AtMost}: {host.Output}",
                e
            );
        }
        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", StaffKey);
        return host;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(
        string[] args,
        (string Name, string Value)[]? environment = null,
        string? input = null
    )
    {
        using var process = Begin(args, environment ?? [], input is not null);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input);
                process.StandardInput.Close();
            }
            await process.WaitForExitAsync(Waiting.Token);
        }
        finally
        {
            process.Kill();
        }
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Done when it has said these words on one line.</summary>
    public async Task SaysAsync(string words)
    {
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_output)
        {
            if (_output.ToString().Contains(words, StringComparison.Ordinal))
                return;
            _awaited.Add((words, said));
        }
        try
        {
            await said.Task.WaitAsync(Waiting.AtMost);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"The host did not say '{words}' within {Waiting.AtMost}: {Output}", e);
        }
    }

    public async Task<JsonElement> GetAsync(string path) => await Client.GetFromJsonAsync<JsonElement>(path);

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await Client.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>SIGKILL: the process has no say. Requests under way lose their connection.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM: as an operator or systemd stops it. How long it took, and how it ended.</summary>
    public async Task<(TimeSpan Took, int Code)> TerminateAsync()
    {
        var watch = Stopwatch.StartNew();
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync(Waiting.Token);
        await _process.WaitForExitAsync(Waiting.Token);
        return (watch.Elapsed, _process.ExitCode);
    }

    /// <summary>Starts it and kills it after a while, whatever it was doing by then.</summary>
    public static async Task KillWhileStartingAsync(string data, string[] args, TimeSpan after)
    {
        using var process = Begin(
            ["--urls", "http://127.0.0.1:0", "--data", data, .. args],
            [("ESCALATION_STAFF_KEY", StaffKey), ("ESCALATION_INTAKE_KEY", IntakeKey)]
        );
        using var moment = new CancellationTokenSource(after);
        var said = (Errors: process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
        try
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => process.WaitForExitAsync(moment.Token));
        }
        finally
        {
            process.Kill();
        }
        await process.WaitForExitAsync(Waiting.Token);
        Assert.Equal("", await said.Errors);
    }

    /// <summary>As the plug being pulled.</summary>
    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(Waiting.Token);
        _process.Dispose();
    }

    private static Process Begin(
        IEnumerable<string> args,
        IEnumerable<(string Name, string Value)> environment,
        bool isTyped = false
    )
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Escalation.Standalone.dll"), .. args]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = isTyped,
        };
        start.Environment["ESCALATION_SECRETS_KEY_FILE"] = SecretsKeyFile;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private void Heard(string? line)
    {
        if (line is null)
            return;
        lock (_output)
        {
            _output.AppendLine(line);
            foreach (var (_, said) in _awaited.Where(a => line.Contains(a.Words, StringComparison.Ordinal)))
                said.TrySetResult();
        }
        const string Says = " Listening on ";
        if (line.IndexOf(Says, StringComparison.Ordinal) is var at and >= 0)
            _address.TrySetResult(line[(at + Says.Length)..].Split(';', ',')[0]);
    }
}
