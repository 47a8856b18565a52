using System.Text.Json;
using Escalation.Core.Notices;
using Escalation.Core.Storage;

namespace Escalation.Standalone.Outbox;

/// <summary>Keeps emails in the store instead of sending them. The same key again is the same email.</summary>
public sealed class OutboxMailer(IRecords records, TimeProvider clock) : IMailer
{
    private const string Kind = "outbox";
    private readonly SemaphoreSlim _one = new(1, 1);
    private int? _count;

    public async Task<MailResult> SendAsync(Email email, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            _count ??= (await records.ListAsync(Kind, "", cancel)).Count;
            var kept = KeptEmail.Of(email, _count.Value + 1, clock.GetUtcNow());
            if (await records.WriteAsync(Kind, email.Key, JsonSerializer.Serialize(kept, KeptEmail.Json), 0, cancel))
                _count++;
            return new MailResult.Taken(null);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>By instant, then in the order they came.</summary>
    public async Task<IReadOnlyList<KeptEmail>> ListAsync(CancellationToken cancel) =>
        [
            .. (await records.ListAsync(Kind, "", cancel))
                .Select(r => JsonSerializer.Deserialize<KeptEmail>(r.Body, KeptEmail.Json)!)
                .OrderBy(e => e.At)
                .ThenBy(e => e.Number),
        ];
}

/// <summary>An email as the outbox shows it.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Calendar">The iCalendar entry, or null.</param>
public sealed record KeptEmail(
    int Number,
    string Key,
    string To,
    string Name,
    string? ReplyTo,
    string Subject,
    string Text,
    string Html,
    CalendarEntry? Calendar,
    IReadOnlyList<string> Links,
    DateTimeOffset At
)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static KeptEmail Of(Email email, int number, DateTimeOffset at) =>
        new(
            number,
            email.Key,
            email.ToAddress,
            email.ToName,
            email.ReplyTo,
            email.Subject,
            email.Text,
            email.Html,
            email.Calendar,
            email.Links,
            at
        );
}
