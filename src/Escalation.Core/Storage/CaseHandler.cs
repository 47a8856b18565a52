using Escalation.Core.Cases;
using Escalation.Core.Notices;

namespace Escalation.Core.Storage;

/// <summary>What became of a command.</summary>
public abstract record Handled
{
    private Handled() { }

    /// <param name="Answer">See <see cref="Answers"/>.</param>
    /// <param name="Opened">True when this very call opened the case; false for a repeat.</param>
    public sealed record Done(CaseDocument Document, string Answer, bool Opened = false) : Handled;

    public sealed record Refused(Refusal Why) : Handled;

    /// <summary>There is no such case.</summary>
    public sealed record Missing : Handled;
}

/// <summary>
/// What advancing a case left for a host that tries the notices itself. Little on purpose: such a host has many cases
/// in hand, and while a write waits for its turn nothing is kept of the case but that.
/// </summary>
/// <param name="Version">The stored version now.</param>
/// <param name="ToSend">True: it has notices to try now.</param>
/// <param name="NextWake">When it next needs the host, those notices being tried; null: never again by itself, or only
/// for a newer program.</param>
/// <param name="IsRefused">True: this program may not write the case, which a newer one wrote.</param>
public sealed record Advanced(long Version, bool ToSend, DateTimeOffset? NextWake, bool IsRefused = false);

/// <summary>
/// The one way in: reads the case, decides, and writes if nobody else did; else it reads again. The command's instant is kept through
/// retries. Everything here may run twice: a repeat of a command answers as the first did, a repeat of a wake does nothing.
/// </summary>
/// <param name="salt">Makes 16 random bytes.</param>
public sealed class CaseHandler(ICaseStore store, ICaseQueries queries, RuleBook rules, IWaker waker, Func<byte[]> salt)
{
    /// <summary>Conflicts in a row after which something else is wrong than other writers.</summary>
    private const int MaxAttempts = 200;

    /// <summary>Possible duplicates that a case names; whoever looks finds the others by these.</summary>
    private const int MostAlike = 20;

    /// <summary>Without a key of its own, an opening that says the very same is the same opening this long (exclusive).</summary>
    public static TimeSpan RepeatWindow { get; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Opens a case, or finds the one that the same request opened. References come from the intake key, so that a request that was cut off
    /// anywhere finishes on its repeat.
    /// </summary>
    /// <param name="open">Its reference is chosen here.</param>
    /// <param name="keyed">True when the caller gave an idempotency key: then the same key with another body is a conflict.</param>
    /// <param name="similarityKey">See <see cref="CaseIndex.SimilarityKey"/>.</param>
    public async Task<Handled> OpenAsync(
        string policy,
        OpenCase open,
        bool keyed,
        string similarityKey,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        if (await rules.ForPolicyAsync(policy, now, cancel) is not { } ruling)
            return new Handled.Refused(
                Refusal.Invalid("policy", FaultCode.NotOffered, "Not a policy of this installation.") with
                {
                    Reason = "There is no such policy.",
                }
            );
        var (own, alike) = (salt(), await queries.SimilarAsync(ruling.Policy.Partnership, similarityKey, cancel));
        var digest = EventChain.Digest(own, open);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            // Written first: most openings are no repeats, and the write says when it is one.
            var reference = Reference.Candidate(ruling.Policy.ReferencePrefix, open.IntakeKey, attempt);
            var named = open with { Reference = reference, PossibleDuplicates = [.. alike.Take(MostAlike)] };
            var decision = Decisions.Open(named, digest, ruling, now);
            if (decision is Decision.Accepted accepted)
            {
                var document = CaseDocument.Append(null, accepted.Case, accepted.Events, own, salt) with
                {
                    SimilarityKey = similarityKey,
                };
                if (CaseRoom.Refused(document, ruling) is { } tooLarge)
                    decision = new Decision.Refused(tooLarge);
                else if (
                    await WriteAsync(Indexing.WriteOf(document, ruling.Policy, document.NextWakeAt(now)), null, cancel)
                )
                    return new Handled.Done(AsWritten(document), Answers.Done, Opened: true);
            }
            // A repeat is answered as it first was, even where its words would be refused by now.
            if (await ReadAsync(reference, cancel) is { } existing)
            {
                if (Repeat(existing, open, keyed, now) is { } first)
                    return first;
            }
            else if (decision is Decision.Refused refused)
            {
                return new Handled.Refused(refused.Why);
            }
        }
        throw new InvalidOperationException("No free reference was found.");
    }

    /// <summary>What the request that opened this case is told again; null when the case is another opening's.</summary>
    private static Handled? Repeat(CaseDocument existing, OpenCase open, bool keyed, DateTimeOffset now)
    {
        if (existing.Case.IntakeKey != open.IntakeKey || (!keyed && existing.Case.OpenedAt + RepeatWindow <= now))
            return null;
        var digest = existing.Case.Receipts[OpenRules.CommandId].Digest;
        return digest is null || digest == EventChain.Digest(existing.Salt, open)
            ? new Handled.Done(existing, Answers.Done)
            : new Handled.Refused(
                new Refusal(Codes.Conflict, "This idempotency key was already used with another body.")
            );
    }

    public async Task<CaseDocument?> ReadAsync(string reference, CancellationToken cancel) =>
        await store.ReadAsync(reference, cancel) is { } stored ? DocumentFormat.Read(stored) : null;

    /// <summary>The case's rules as they are now: its pinned policy, the partnership's calendar and directory.</summary>
    public Task<Rules> RulesAsync(Case c, DateTimeOffset now, CancellationToken cancel) =>
        rules.ForCaseAsync(c, now, cancel);

    /// <summary>Carries a command out.</summary>
    /// <param name="now">When it arrived.</param>
    public Task<Handled> ExecuteAsync(
        string reference,
        CaseCommand command,
        DateTimeOffset now,
        CancellationToken cancel
    ) =>
        ChangeAsync(
            reference,
            null,
            new Change(
                now,
                (document, ruling) => Decisions.Decide(document.Case, command, Digest(document, command), ruling, now)
            )
            {
                Command = command,
            },
            AsHandled,
            cancel
        );

    /// <summary>Carries out what is due. A stale or doubled wake changes nothing.</summary>
    /// <param name="read">The case as just read, to save reading it again; null to read it.</param>
    public Task<Handled> AdvanceAsync(
        string reference,
        StoredCase? read,
        DateTimeOffset now,
        CancellationToken cancel
    ) => ChangeAsync(reference, read, Advancing(now), AsHandled, cancel);

    /// <summary>
    /// As the other, for a host that then tries the notices itself: what is to be sent now wakes the case only at
    /// <paramref name="sentBy"/>, so that a host that stops in between is late by no more than that. Where nothing was
    /// due nothing is written, and the wake stays. Null: there is no such case.
    /// </summary>
    public Task<Advanced?> AdvanceAsync(
        string reference,
        StoredCase? read,
        DateTimeOffset now,
        DateTimeOffset sentBy,
        CancellationToken cancel
    ) =>
        ChangeAsync(
            reference,
            read,
            Advancing(now) with
            {
                SentBy = sentBy,
            },
            (handled, document) =>
                document is null
                    ? null
                    : new Advanced(
                        document.Version,
                        document.ToSend(now).Any(),
                        document.NextWakeTrying(now, sentBy),
                        handled is Handled.Refused
                    ),
            cancel
        );

    /// <summary>Removes personal data when its time has come.</summary>
    public Task<Handled> ForgetAsync(string reference, DateTimeOffset now, CancellationToken cancel) =>
        ChangeAsync(
            reference,
            null,
            new Change(now, (document, ruling) => Decisions.Forget(document.Case, ruling, now)),
            AsHandled,
            cancel
        );

    /// <summary>Records how attempts at sending went, in one write.</summary>
    public Task<Handled> RecordAttemptsAsync(
        string reference,
        IReadOnlyList<Attempt> attempts,
        DateTimeOffset now,
        CancellationToken cancel
    ) =>
        ChangeAsync(
            reference,
            null,
            new Change(now, (document, ruling) => SendAttempts.Decide(document, attempts, ruling, now))
            {
                Beside = document => document with { Sends = SendAttempts.Postponed(document, attempts, now) },
            },
            AsHandled,
            cancel
        );

    /// <summary>Records a delivery report.</summary>
    /// <param name="failure">A code; null when it was delivered.</param>
    public Task<Handled> RecordDeliveryAsync(
        string reference,
        string key,
        string? failure,
        DateTimeOffset now,
        CancellationToken cancel
    ) =>
        ChangeAsync(
            reference,
            null,
            new Change(
                now,
                (document, ruling) =>
                    failure is null
                        ? Decisions.Delivered(document.Case, ruling, key, now)
                        : Decisions.Failed(document.Case, ruling, key, failure, null, now)
            ),
            AsHandled,
            cancel
        );

    /// <param name="Now">When what asks for it arrived.</param>
    private sealed record Change(DateTimeOffset Now, Func<CaseDocument, Rules, Decision> Decide)
    {
        /// <summary>What is changed beside the events.</summary>
        public Func<CaseDocument, CaseDocument>? Beside { get; init; }
        public CaseCommand? Command { get; init; }

        /// <summary>See <see cref="AdvanceAsync(string, StoredCase?, DateTimeOffset, DateTimeOffset, CancellationToken)"/>.</summary>
        public DateTimeOffset? SentBy { get; init; }
    }

    private static Change Advancing(DateTimeOffset now) =>
        new(now, (document, ruling) => Decisions.Advance(document.Case, ruling, now));

    private static Handled AsHandled(Handled handled, CaseDocument? document) => handled;

    /// <param name="answer">Makes the answer, of the case as it is then: before the write, so that the case need not be
    /// kept until it is done.</param>
    private async Task<T> ChangeAsync<T>(
        string reference,
        StoredCase? read,
        Change change,
        Func<Handled, CaseDocument?, T> answer,
        CancellationToken cancel
    )
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (((attempt == 0 ? read : null) ?? await store.ReadAsync(reference, cancel)) is not { } stored)
                return answer(new Handled.Missing(), null);
            var (answered, write, wake) = await PrepareAsync(stored, change, answer, cancel);
            if (write is null || await WriteAsync(write, wake, cancel))
                return answered;
        }
        throw new InvalidOperationException($"Case {reference} is written by too many at once.");
    }

    /// <summary>What a change comes to; without a write when it changes nothing. The wake is the case's before it.</summary>
    private async ValueTask<(T Answer, CaseWrite? Write, DateTimeOffset? Wake)> PrepareAsync<T>(
        StoredCase stored,
        Change change,
        Func<Handled, CaseDocument?, T> answer,
        CancellationToken cancel
    )
    {
        var document = DocumentFormat.Read(stored);
        var ruling = await rules.ForCaseAsync(document.Case, change.Now, cancel);
        var decision = change.Decide(document, ruling);
        if (decision is Decision.Refused refused)
            return (answer(new Handled.Refused(refused.Why), document), null, null);
        var accepted = (Decision.Accepted)decision;
        var after =
            accepted.Events.Count == 0
                ? document
                : CaseDocument.Append(document, accepted.Case, accepted.Events, document.Salt!, salt);
        after = change.Beside?.Invoke(after) ?? after;
        if (ReferenceEquals(after, document))
            return (answer(new Handled.Done(document, accepted.Answer), document), null, null);
        var policy = accepted.Policy ?? ruling.Policy;
        var now = ruling with { Policy = policy };
        if (change.Command is { } command && CaseRoom.Refused(document, after, command, now) is { } tooLarge)
            return (answer(new Handled.Refused(tooLarge), document), null, null);
        if (after.Case.Policy != document.Case.Policy)
            await rules.PinAsync(after.Case, cancel);
        var wake = change.SentBy is { } by ? after.NextWakeTrying(change.Now, by) : after.NextWakeAt(change.Now);
        var write = Indexing.WriteOf(after, policy, wake);
        var written = AsWritten(after);
        return (answer(new Handled.Done(written, accepted.Answer), written), write, document.NextWake);
    }

    /// <param name="wake">The case's next wake before the write: who keeps it is told only where the write makes it another.</param>
    private async Task<bool> WriteAsync(CaseWrite write, DateTimeOffset? wake, CancellationToken cancel)
    {
        if (!await store.WriteAsync(write, cancel))
            return false;
        if (write.Index.NextWake != wake)
            await waker.WakeAsync(write.Reference, write.Index.NextWake, cancel);
        return true;
    }

    private static CaseDocument AsWritten(CaseDocument document) =>
        document with
        {
            Version = document.Version + 1,
            Kept = null,
        };

    private static string Digest(CaseDocument document, CaseCommand command) =>
        EventChain.Digest(document.Salt, command);
}
