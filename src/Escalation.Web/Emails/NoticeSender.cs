using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Storage;
using Microsoft.Extensions.Logging;

namespace Escalation.Web.Emails;

/// <summary>Sends the notices of a case that are to be tried now.</summary>
public sealed partial class NoticeSender(
    CaseHandler handler,
    IMailer mailer,
    MailState state,
    SendRecords records,
    EmailWriter writer,
    SecondChannel secondChannel,
    ILogger<NoticeSender> log
)
{
    /// <summary>
    /// Tries every notice of <c>document.ToSend(now)</c> once, and records all attempts in one write. Run twice it may
    /// send twice, under the same key; what was recorded as sent, or is still to be, is not sent again. Sends nothing
    /// and throws while the store takes no writes. Returns how many were due.
    /// </summary>
    /// <param name="document">The case as last written. A notice superseded since then may still go out once.</param>
    public async Task<int> SendDueAsync(CaseDocument document, DateTimeOffset now, CancellationToken cancel)
    {
        var due = document.ToSend(now).ToList();
        await SendAsync(document, due, now, cancel);
        return due.Count;
    }

    /// <summary>As <see cref="SendDueAsync"/>, for one notice. The case as it is then; null when it is not to be tried now.</summary>
    public Task<CaseDocument?> SendAsync(
        CaseDocument document,
        string key,
        DateTimeOffset now,
        CancellationToken cancel
    ) => SendAsync(document, document.ToSend(now).Where(n => n.Key == key).ToList(), now, cancel);

    private async Task<CaseDocument?> SendAsync(
        CaseDocument document,
        List<Notice> due,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        if (due.Count == 0)
            return null;
        // What went out of this case and could not be written is written first: it does not go out again.
        if (await records.CatchUpAsync(document.Case.Reference, now) is { } newer)
        {
            document = newer;
            due = [.. newer.ToSend(now).Where(n => due.Exists(d => d.Key == n.Key))];
        }
        await records.ReadyAsync(now, cancel);
        var rules = await handler.RulesAsync(document.Case, now, cancel);
        var attempts = new List<Attempt>(due.Count);
        CaseDocument? recorded = null;
        try
        {
            foreach (var notice in due)
            {
                cancel.ThrowIfCancellationRequested();
                attempts.Add(await TryAsync(document, notice, rules, now, cancel));
            }
        }
        finally
        {
            if (attempts.Count > 0)
                recorded = await records.WriteAsync(document.Case.Reference, attempts, now);
        }
        return recorded;
    }

    private async Task<Attempt> TryAsync(
        CaseDocument document,
        Notice notice,
        Rules rules,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        try
        {
            if (!notice.IsEmail)
                return AttemptOf(
                    notice,
                    await secondChannel.TellAsync(SecondChannelMessage.Of(document, notice, rules), cancel)
                );
            if (
                CaseContacts.Find(document.Case, rules.Directory, notice.Queued.Contact)
                is not { Person.Email: { Length: > 0 } } recipient
            )
                return new Attempt(notice.Key, null, RecipientFaults.NoAddress, Final: true);
            if (state.Waits() is { } fault)
                return new Attempt(notice.Key, null, fault, Down: true);
            var email = await writer.WriteAsync(new NoticeContext(document, notice, recipient, rules, now));
            var result = await mailer.SendAsync(email, cancel);
            await state.TellAsync(result, cancel);
            return AttemptOf(notice, result) with
            {
                To = new PersonName(email.ToName, recipient.Person.Role, email.ToAddress),
                Invitation = email.Calendar?.Invitation,
            };
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            // Only the kind of exception: its message may hold an address.
            LogFailed(log, document.Case.Reference, notice.Queued.Kind, e.GetType().Name);
            return new Attempt(notice.Key, null, MailFaults.Program, Down: true);
        }
    }

    private static Attempt AttemptOf(Notice notice, MailResult result) =>
        result switch
        {
            MailResult.Taken taken => new Attempt(notice.Key, taken.Operation, null),
            MailResult.TryLater later => new Attempt(notice.Key, null, later.Code, After: later.After),
            MailResult.Down down => new Attempt(notice.Key, null, down.Fault, Down: true, After: down.After),
            MailResult.Refused refused => new Attempt(notice.Key, null, refused.Code, Final: true),
            _ => throw new InvalidOperationException($"No rule for {result.GetType().Name}."),
        };

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Case {Reference}: a {Kind} notice could not be sent ({Exception}); it is tried again"
    )]
    private static partial void LogFailed(ILogger log, string reference, string kind, string exception);
}
