using System.Text;
using System.Text.RegularExpressions;
using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Microsoft.Extensions.Logging;
using Notify.Client;
using Notify.Exceptions;
using Notify.Models;
using Notify.Models.Responses;

namespace Escalation.Web.GovUkNotify;

/// <summary>
/// Sends by GOV.UK Notify, under a template of the service's. "Taken" says that Notify accepted it; whether it arrived, a delivery report
/// says. What its refusals mean, <see cref="NotifyAnswers"/> says.
/// </summary>
public sealed partial class NotifyMailer : IMailer, IDisposable
{
    /// <summary>Notify's limit for a whole message, in bytes, less room for the template's own words.</summary>
    private const int MostText = 1_900_000;

    /// <summary>A page of 250 emails.</summary>
    private const int MostAnswer = 64 * 1024 * 1024;

    private readonly NotifySettings _settings;
    private readonly ILogger<NotifyMailer> _log;
    private readonly HttpClient _client;

    public NotifyMailer(NotifySettings settings, ILogger<NotifyMailer> log)
    {
        (_settings, _log) = (settings, log);
        // No redirect is followed: the key's token is for Notify alone. The framework's request log stays out of it too.
        // A connection lasts a while and no longer, so that another address of Notify's is noticed.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };
        _client = new HttpClient(handler)
        {
            BaseAddress = settings.Url,
            Timeout = settings.Timeout,
            MaxResponseContentBufferSize = MostAnswer,
            DefaultRequestHeaders = { { "Accept", "application/json" }, { "User-Agent", "Escalation" } },
        };
    }

    /// <summary>The reply-to id that Notify does not know, and without which emails go; null: none.</summary>
    public Guid? UnknownReplyTo { get; private set; }

    /// <summary>
    /// Notify sends the same email as often as it is told to. So it is asked first what it knows under the notice's key: an earlier
    /// attempt may have reached it whose answer did not come back, or was not recorded before a crash.
    /// </summary>
    public Task<MailResult> SendAsync(Email email, CancellationToken cancel)
    {
        var text = NotifyText.Of(email);
        return Encoding.UTF8.GetByteCount(text) > MostText
            ? Task.FromResult<MailResult>(new MailResult.Down(MailFaults.Size))
            : AsResultAsync(
                async () => await KnownAsync(email.Key, cancel) ?? await PostAsync(email, text, cancel),
                cancel
            );
    }

    /// <summary>Whether Notify knows the key and has a template that can be filled; sends nothing.</summary>
    public Task<MailResult> CheckAsync(CancellationToken cancel) =>
        AsResultAsync(
            async () =>
            {
                try
                {
                    var template = await AskAsync(
                        notify => notify.GetTemplateByIdAsync($"{_settings.Template}"),
                        cancel
                    );
                    return IsFillable(template) ? new MailResult.Taken(null) : new MailResult.Down(MailFaults.Template);
                }
                catch (NotifyRefusedException e) when (e.Answer.Status == 404)
                {
                    return new MailResult.Down(MailFaults.Template);
                }
            },
            cancel
        );

    /// <summary>What Notify knows of the emails of the last days, the latest first, in pages. Throws where it cannot be asked.</summary>
    /// <param name="olderThan">The last one of the page before; null: the first page.</param>
    internal async Task<IReadOnlyList<NotifyReport>> PageAsync(string? olderThan, CancellationToken cancel)
    {
        var page = await AskAsync(
            notify => notify.GetNotificationsAsync("email", olderThanId: olderThan ?? ""),
            cancel
        );
        return [.. Emails(page).Select(n => new NotifyReport(n.id, n.reference, n.status))];
    }

    public void Dispose() => _client.Dispose();

    /// <summary>What became of an earlier attempt; null: none reached Notify, or Notify itself failed to send it.</summary>
    private async Task<MailResult?> KnownAsync(string key, CancellationToken cancel)
    {
        var found = await AskAsync(notify => notify.GetNotificationsAsync("email", reference: key), cancel);
        if (Emails(found).FirstOrDefault(n => n.status != NotifyStatuses.TechnicalFailure) is not { } known)
            return null;
        return NotifyStatuses.FailureOf(known.status) is { } failure
            ? new MailResult.Refused(failure)
            : new MailResult.Taken(known.id);
    }

    private async Task<MailResult> PostAsync(Email email, string text, CancellationToken cancel)
    {
        var replyTo = _settings.ReplyToOf(email.ReplyTo);
        try
        {
            var taken = await PostAsync(email, text, replyTo, cancel);
            if (UnknownReplyTo == replyTo)
                UnknownReplyTo = null;
            return taken;
        }
        catch (NotifyRefusedException e)
            when (replyTo is not null && e.Answer.Status == 400 && e.Answer.SpeaksOf("email_reply_to_id"))
        {
            // A reply-to id that is wrong keeps nobody's email.
            if (UnknownReplyTo != replyTo)
                LogReplyTo(_log, replyTo.Value);
            UnknownReplyTo = replyTo;
            return await PostAsync(email, text, null, cancel);
        }
    }

    private async Task<MailResult> PostAsync(Email email, string text, Guid? replyTo, CancellationToken cancel)
    {
        var personalisation = new Dictionary<string, dynamic> { ["subject"] = email.Subject, ["text"] = text };
        var taken = await AskAsync(
            notify =>
                notify.SendEmailAsync(
                    email.ToAddress,
                    $"{_settings.Template}",
                    personalisation,
                    email.Key,
                    replyTo?.ToString()
                ),
            cancel
        );
        return taken?.id is { } id ? new MailResult.Taken(id) : new MailResult.Down(MailFaults.NotUnderstood);
    }

    private static IEnumerable<Notification> Emails(NotificationList? list) =>
        list?.notifications?.OfType<Notification>()
        ?? throw new NotifyClientException("An answer without notifications.");

    /// <summary>It has the two placeholders that emails fill, and no third.</summary>
    private static bool IsFillable(TemplateResponse? template)
    {
        if (template is not { type: "email", subject: { } subject, body: { } body })
            return false;
        var (inSubject, inBody) = (NamesIn(subject), NamesIn(body));
        return inSubject.Contains("subject")
            && inBody.Contains("text")
            && !inSubject.Concat(inBody).Except(["subject", "text"]).Any();
    }

    /// <summary>Names of placeholders as Notify compares them: in any case of letters, without spaces, hyphens and underscores.</summary>
    private static HashSet<string> NamesIn(string text) =>
        [
            .. Placeholder()
                .Matches(text)
                .Select(m => string.Concat(m.Groups["name"].Value.Where(char.IsLetterOrDigit)).ToLowerInvariant()),
        ];

    /// <summary>
    /// One request. The library waits for the answer on the thread that calls it, so it gets one of its own, and none of the pool's, which
    /// bring that answer; what goes wrong it throws wrapped.
    /// </summary>
    private async Task<T> AskAsync<T>(Func<NotificationClient, Task<T>> ask, CancellationToken cancel)
    {
        using var request = new NotifyRequest(_client, cancel);
        var notify = new NotificationClient(request, _settings.Key);
        try
        {
            return await Task
                .Factory.StartNew(() => ask(notify), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .Unwrap();
        }
        catch (AggregateException e) when (e.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    private static async Task<MailResult> AsResultAsync(Func<Task<MailResult>> send, CancellationToken cancel)
    {
        try
        {
            return await send();
        }
        catch (NotifyRefusedException e)
        {
            return NotifyAnswers.Of(e.Answer);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new MailResult.Down(MailFaults.Timeout);
        }
        catch (HttpRequestException e)
        {
            return new MailResult.Down(
                e.HttpRequestError is HttpRequestError.SecureConnectionError
                    ? MailFaults.Certificate
                    : MailFaults.Unreachable
            );
        }
        catch (IOException)
        {
            return new MailResult.Down(MailFaults.Unreachable);
        }
        catch (Exception e) when (e is Newtonsoft.Json.JsonException or NotifyClientException)
        {
            // It said yes, and nobody can tell what it said: the next attempt asks whether it has the email.
            return new MailResult.Down(MailFaults.NotUnderstood);
        }
    }

    [GeneratedRegex(
        @"\(\((?<name>[^()?]+)(\?\?[^()]*)?\)\)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Placeholder();

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "GOV.UK Notify does not know the reply-to id {Id}: emails go without it"
    )]
    private static partial void LogReplyTo(ILogger log, Guid id);
}
