using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Escalation.Standalone.Tests.Mail;

/// <summary>A mail server that speaks SMTP and answers each command as the test says, or hangs, or hangs up.</summary>
internal sealed class Misbehaving : IAsyncDisposable
{
    /// <summary>What a test has it do in place of an answer.</summary>
    public const string Hangs = "hangs",
        HangsUp = "hangs up";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Task _accepting;

    public Misbehaving()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>
    /// Answers to "greeting", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "content", "RSET", "NOOP" in place of the usual ones.
    /// </summary>
    public Dictionary<string, string> Answers { get; } = [];
    public List<string> Capabilities { get; } = ["ENHANCEDSTATUSCODES", "8BITMIME"];
    public bool TlsFromTheStart { get; init; }
    public List<string> Commands { get; } = [];
    public List<string> Emails { get; } = [];
    public int Connections { get; private set; }

    /// <summary>The settings of a host that sends through it.</summary>
    public (string Name, string Value)[] Settings =>
        [
            ("ESCALATION_SMTP__HOST", "127.0.0.1"),
            ("ESCALATION_SMTP__PORT", $"{Port}"),
            ("ESCALATION_SMTP__FROM", "Escalations <escalations@example.org>"),
            ("ESCALATION_PUBLICURL", "https://escalations.example.org"),
        ];

    public string Said(string verb)
    {
        lock (_lock)
            return Commands.FindLast(c => c.StartsWith(verb, StringComparison.Ordinal)) ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                talks.Add(TalkAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            Stream stream = client.GetStream();
            if (TlsFromTheStart)
                stream = await SecureAsync(stream);
            await TalkAsync(stream);
        }
        catch (Exception e)
            when (e
                    is IOException
                        or OperationCanceledException
                        or System.Security.Authentication.AuthenticationException
            )
        {
            // The other side went, or the test is over.
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        if (!await AnswerAsync(stream, "greeting", "220 misbehaving ESMTP"))
            return;
        while (await LineAsync(stream) is { } line)
        {
            lock (_lock)
                Commands.Add(line);
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            var usual = verb switch
            {
                "EHLO" => string.Concat(Capabilities.Select(c => $"250-{c}\r\n")) + "250 HELP",
                "STARTTLS" => "220 go ahead",
                "AUTH" => "235 2.7.0 signed in",
                "DATA" => "354 go ahead",
                "QUIT" => "221 bye",
                _ => "250 2.0.0 fine",
            };
            if (!await AnswerAsync(stream, verb, usual))
                return;
            if (verb == "STARTTLS" && !Answers.ContainsKey(verb))
                stream = await SecureAsync(stream);
            if (verb == "DATA" && !Answers.ContainsKey(verb) && !await ContentAsync(stream))
                return;
        }
    }

    private async Task<bool> ContentAsync(Stream stream)
    {
        var content = new StringBuilder();
        while (await LineAsync(stream) is { } line && line != ".")
            content.AppendLine(line);
        var taken = !Answers.ContainsKey("content");
        if (taken)
            lock (_lock)
                Emails.Add(content.ToString());
        return await AnswerAsync(stream, "content", "250 2.0.0 queued");
    }

    private async Task<bool> AnswerAsync(Stream stream, string verb, string usual)
    {
        var answer = Answers.GetValueOrDefault(verb, usual);
        if (answer == HangsUp)
            return false;
        if (answer == Hangs)
            await new TaskCompletionSource().Task.WaitAsync(_stop.Token);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), _stop.Token);
        return true;
    }

    private async Task<string?> LineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) == 1)
        {
            if (one[0] == '\n')
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }
        return null;
    }

    /// <summary>By a certificate that nobody signed.</summary>
    private async Task<Stream> SecureAsync(Stream stream)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        using var whole = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = whole },
            _stop.Token
        );
        return secure;
    }
}
