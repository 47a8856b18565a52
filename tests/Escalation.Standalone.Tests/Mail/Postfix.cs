using System.Diagnostics;
using System.Net.Sockets;
using Escalation.Standalone.Tests.Storage;
using Escalation.Testing;

namespace Escalation.Standalone.Tests.Mail;

/// <summary>A test against Debian's Postfix: skipped, with the reason, where it is not installed or may not be started.</summary>
public sealed class PostfixFactAttribute : FactAttribute
{
    public PostfixFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Postfix.Program) || Environment.UserName != "root")
            Skip = "Needs Debian's postfix, started as root: ./test installs it where it may.";
    }
}

/// <summary>
/// A Postfix of its own: its own folders, a free port of this machine, mailboxes for example.org. It passes nothing on, takes nothing from
/// blocked@example.org, and nothing above 100 KB.
/// </summary>
internal sealed class Postfix : IAsyncDisposable
{
    public const string Program = "/usr/sbin/postfix";
    private const string Prefix = "escalation-postfix-";
    private readonly TemporaryFolder _folder = new($"{Prefix}{Environment.ProcessId}-");
    private readonly string _configuration;

    private Postfix(int port)
    {
        StopAbandoned();
        Port = port;
        _configuration = _folder["conf"];
        foreach (var name in new[] { "conf", "queue", "data", "mail" })
            Directory.CreateDirectory(_folder[name]);
        Run("chmod", "755", _folder.Path);
        File.WriteAllText(Path.Combine(_configuration, "main.cf"), Main());
        File.WriteAllText(Path.Combine(_configuration, "master.cf"), Master());
        Run("chown", "postfix", _folder["data"], _folder["mail"]);
    }

    public int Port { get; }

    public static async Task<Postfix> StartAsync(int port)
    {
        var postfix = new Postfix(port);
        await postfix.StartAsync();
        return postfix;
    }

    public async Task StartAsync()
    {
        Run(Program, "-c", _configuration, "start");
        for (var waited = Stopwatch.StartNew(); ; )
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync("127.0.0.1", Port);
                return;
            }
            catch (SocketException) when (waited.Elapsed < Waiting.AtMost)
            {
                await Task.Yield();
            }
            catch (SocketException e)
            {
                var log = File.ReadAllText(_folder["log"]);
                throw new TimeoutException($"Postfix does not listen on port {Port} after {Waiting.AtMost}: {log}", e);
            }
        }
    }

    public void Stop() => Run(Program, "-c", _configuration, "stop");

    /// <summary>The emails in a mailbox, once there are so many.</summary>
    public async Task<IReadOnlyList<string>> MailboxAsync(string name, int many)
    {
        var folder = Path.Combine(_folder["mail"], name, "new");
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Waiting.AtMost; await Task.Yield())
            if (Directory.Exists(folder) && Directory.GetFiles(folder) is { } files && files.Length >= many)
                return [.. files.Select(File.ReadAllText)];
        throw new TimeoutException($"There are not {many} emails for {name}: {File.ReadAllText(_folder["log"])}");
    }

    public ValueTask DisposeAsync()
    {
        try
        {
            Stop();
        }
        catch (InvalidOperationException)
        {
            // The test has stopped it.
        }
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>One that a killed run left behind holds a port and its daemons, which nobody else would end.</summary>
    private static void StopAbandoned()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            var owner = Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (Directory.Exists($"/proc/{owner}"))
                continue;
            try
            {
                Run(Program, "-c", Path.Combine(folder, "conf"), "stop");
            }
            catch (InvalidOperationException)
            {
                // It runs no more.
            }
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Main() =>
        $$"""
            compatibility_level = 3.6
            queue_directory = {{_folder["queue"]}}
            data_directory = {{_folder["data"]}}
            maillog_file = {{_folder["log"]}}
            maillog_file_prefixes = {{_folder.Path}}
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            myhostname = mail.example.org
            mydestination =
            local_recipient_maps =
            virtual_mailbox_domains = example.org
            virtual_mailbox_maps = inline:{ {rosa@example.org = rosa/}, {robin@example.org = robin/}, {manager@example.org = manager/} }
            virtual_mailbox_base = {{_folder["mail"]}}
            virtual_uid_maps = static:{{Id("-u")}}
            virtual_gid_maps = static:{{Id("-g")}}
            virtual_minimum_uid = 1
            smtpd_relay_restrictions = reject_unauth_destination
            smtpd_sender_restrictions = check_sender_access inline:{ {blocked@example.org = REJECT} }
            message_size_limit = 100000
            virtual_mailbox_limit = 0
            mynetworks =

            """;

    private string Master() =>
        $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            smtp unix - - n - - smtp
            error unix - - n - - error
            retry unix - - n - - error
            virtual unix - n n - - virtual
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd

            """;

    private static string Id(string option) => Run("id", option, "postfix").Trim();

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = program != Program,
            }
        )!;
        // Its daemons keep the pipes of what started them: nothing is read of them to the end.
        var output = program == Program ? "" : process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(Waiting.AtMost))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Waiting.AtMost}.");
        }
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}."
            );
    }
}
