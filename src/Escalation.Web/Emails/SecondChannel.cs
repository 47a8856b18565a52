using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Escalation.Core.Notices;
using Escalation.Web.Site;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Emails;

/// <summary>
/// The way that is not email, for what email cannot tell: always the log, and a webhook where one is set. A message may be posted twice
/// after a crash.
/// </summary>
public sealed partial class SecondChannel : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly SecondChannelOptions _options;
    private readonly IOptions<WebOptions> _web;
    private readonly ILogger<SecondChannel> _log;
    private readonly HttpClient _client;

    public SecondChannel(SecondChannelOptions options, IOptions<WebOptions> web, ILogger<SecondChannel> log)
    {
        (_options, _web, _log) = (options, web, log);
        // The log is this channel's own; the framework's would hold the webhook's address, which is a secret.
        _client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                ConnectCallback = ConnectAsync,
            }
        )
        {
            Timeout = options.Timeout,
        };
    }

    /// <summary>Whether there is more than the log.</summary>
    public bool HasWebhook => _options.Url is not null;

    /// <summary>Never throws for a webhook that does not take it: says so, and it is worth another try.</summary>
    public async Task<MailResult> TellAsync(SecondChannelMessage message, CancellationToken cancel)
    {
        // What is of the installation, its own log line has said.
        if (message.Reference is not null)
            LogMessage(_log, message.Text);
        if (_options.Url is not { } url)
            return new MailResult.Taken(null);
        var whole = message with { Page = message.Page is { } path ? _web.Value.PublicUrl.TrimEnd('/') + path : null };
        var code = await PostAsync(url, _options.Format is WebhookFormat.Teams ? TeamsCard.Of(whole) : whole, cancel);
        if (code is null)
            return new MailResult.Taken(null);
        LogNotTaken(_log, code);
        return new MailResult.TryLater(code);
    }

    /// <summary>Null: it was taken.</summary>
    private async Task<string?> PostAsync(Uri url, object body, CancellationToken cancel)
    {
        try
        {
            using var answer = await _client.PostAsJsonAsync(url, body, Json, cancel);
            return answer.IsSuccessStatusCode ? null : $"webhook{(int)answer.StatusCode}";
        }
        catch (HttpRequestException e) when (e.InnerException is InsideException)
        {
            return "webhookInside";
        }
        catch (HttpRequestException)
        {
            return "webhookUnreachable";
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return "webhookTimeout";
        }
    }

    /// <summary>
    /// Looks at the address that is really connected to, so that a name cannot be one thing when checked and another when used.
    /// </summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await System.Net.Dns.GetHostAddressesAsync(host, cancel);
        var allowed = addresses.Where(a => _options.Allows(host, a)).ToArray();
        if (allowed.Length == 0 && addresses.Length > 0)
            throw new InsideException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _client.Dispose();

    private sealed class InsideException : Exception;

    [LoggerMessage(Level = LogLevel.Error, Message = "{Text}")]
    private static partial void LogMessage(ILogger log, string text);

    [LoggerMessage(Level = LogLevel.Error, Message = "The webhook did not take it ({Code})")]
    private static partial void LogNotTaken(ILogger log, string code);
}
