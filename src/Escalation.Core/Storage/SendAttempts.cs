using System.Collections.Immutable;
using Escalation.Core.Cases;
using Escalation.Core.Notices;

namespace Escalation.Core.Storage;

/// <summary>What became of one attempt at sending a notice.</summary>
/// <param name="Operation">The provider's id when it was taken.</param>
/// <param name="Error">A code when it was not; null when it was taken.</param>
/// <param name="Final">True: it will never reach this recipient.</param>
/// <param name="Down">True: the installation could send to nobody.</param>
/// <param name="After">How long the provider asks to wait.</param>
public sealed record Attempt(
    string Key,
    string? Operation,
    string? Error,
    bool Final = false,
    bool Down = false,
    TimeSpan? After = null
)
{
    /// <summary>Who it was sent to, as the email said it; null: nobody was found.</summary>
    public PersonName? To { get; init; }

    /// <summary>The calendar entry in it; null: there was none.</summary>
    public Invitation? Invitation { get; init; }
}

/// <summary>
/// What attempts at sending a case's notices come to: events where something is decided, and when each waiting one is tried again.
/// </summary>
internal static class SendAttempts
{
    /// <summary>No notice waits longer for its next try, whatever the provider asks.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromHours(1);

    /// <summary>Several attempts, as one decision.</summary>
    public static Decision Decide(
        CaseDocument document,
        IReadOnlyList<Attempt> attempts,
        Rules rules,
        DateTimeOffset now
    )
    {
        var (c, events) = (document.Case, new List<Recorded>());
        foreach (var attempt in attempts)
            Take(Judge(c, attempt, rules, now));
        if (Waiting(document, attempts) is var (since, fault))
            Take(Decisions.Delayed(c, rules, since, fault, now));
        return new Decision.Accepted(events, c, Answers.Done);

        void Take(Decision decision)
        {
            var accepted = (Decision.Accepted)decision;
            c = accepted.Case;
            events.AddRange(accepted.Events);
        }
    }

    /// <summary>
    /// When each of the notices that were not taken is tried again. Where the server takes nothing at all, the case's other emails wait
    /// with the one that was tried, untried: then all are due together, and go out in order once it is mended.
    /// </summary>
    public static ImmutableDictionary<string, SendState> Postponed(
        CaseDocument document,
        IReadOnlyList<Attempt> attempts,
        DateTimeOffset now
    )
    {
        var sends = document.Sends;
        foreach (var attempt in attempts.Where(a => a.Error is not null))
        {
            if (document.Case.Notices.Find(n => n.Key == attempt.Key) is not { Status: NoticeState.Queued } notice)
                continue;
            var count = (sends.TryGetValue(attempt.Key, out var state) ? state.Attempts : 0) + 1;
            var usual = attempt.Down ? DeliveryRules.BackoffWhileDown(count) : DeliveryRules.Backoff(count);
            var wait = attempt.After is { } asked && asked > usual ? asked : usual;
            var next = now + (wait < LongestWait ? wait : LongestWait);
            sends = sends.SetItem(
                attempt.Key,
                new SendState(count, next, NoticeRoom.Code(attempt.Error!), attempt.Down)
            );
            if (attempt.Down && notice.IsEmail && MailFaults.StopsEverything(attempt.Error!))
                sends = WithTheOthers(document, sends, now, next, attempt.Error!);
        }
        return sends;
    }

    /// <summary>Every email of the case that is due, or waits for the installation already.</summary>
    private static ImmutableDictionary<string, SendState> WithTheOthers(
        CaseDocument document,
        ImmutableDictionary<string, SendState> sends,
        DateTimeOffset now,
        DateTimeOffset next,
        string fault
    )
    {
        foreach (var other in document.Case.Notices.Where(n => n is { Status: NoticeState.Queued, IsEmail: true }))
        {
            var waits = sends.GetValueOrDefault(other.Key);
            if (waits is { Down: true } || document.NextTryAt(other, now) <= now)
                sends = sends.SetItem(
                    other.Key,
                    new SendState(waits?.Attempts ?? 0, next, NoticeRoom.Code(fault), Down: true)
                );
        }
        return sends;
    }

    private static Decision Judge(Case c, Attempt attempt, Rules rules, DateTimeOffset now)
    {
        if (attempt.Error is null)
            return Decisions.Sent(c, rules, attempt.Key, attempt.Operation, attempt.To, now, attempt.Invitation);
        var notice = c.Notices.Find(n => n.Key == attempt.Key);
        var givenUp =
            !attempt.Down && notice is { Status: NoticeState.Queued } && now - notice.At >= DeliveryRules.GiveUpAfter;
        return attempt.Final || givenUp
            ? Decisions.Failed(c, rules, attempt.Key, attempt.Error, attempt.To, now)
            : new Decision.Accepted([], c, Answers.Done);
    }

    /// <summary>Since when the oldest notice waits for the installation, and why; null when none does.</summary>
    private static (DateTimeOffset Since, string Fault)? Waiting(CaseDocument document, IReadOnlyList<Attempt> attempts)
    {
        (DateTimeOffset Since, string Fault)? oldest = null;
        foreach (var attempt in attempts.Where(a => a.Down))
            if (
                document.Case.Notices.Find(n => n.Key == attempt.Key)
                    is { Status: NoticeState.Queued, IsEmail: true } notice
                && (oldest is null || notice.At < oldest.Value.Since)
            )
                oldest = (notice.At, attempt.Error!);
        return oldest;
    }
}
