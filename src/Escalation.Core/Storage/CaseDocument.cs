using System.Collections.Immutable;
using System.Text.Json;
using Escalation.Core.Cases;

namespace Escalation.Core.Storage;

/// <summary>Attempts at sending a queued notice, counted outside the events.</summary>
/// <param name="Attempts">Failed ones since it was queued.</param>
/// <param name="Error">Of the last attempt: a code, never the provider's text.</param>
/// <param name="Down">True: it waits for the installation, which could send to nobody.</param>
public sealed record SendState(int Attempts, DateTimeOffset NextTry, string Error, bool Down = false)
{
    /// <summary>The most bytes that one takes in a document, its key aside.</summary>
    internal const int Room = 200 + NoticeRoom.LongestCode;
}

/// <summary>The private words of one event, as they were sealed (<see cref="EventChain.Seal"/>).</summary>
/// <param name="Salt">16 random bytes, in base64.</param>
/// <param name="Text">Their JSON, to the letter.</param>
public sealed record StoredWords(string Salt, string Text);

/// <summary>A document's text as it was read, and what of it a text that goes on after it need not repeat.</summary>
/// <param name="Events">How many it has.</param>
/// <param name="Repeated">Bytes that a document written anew would not have: frames of writes that went on, attempts at sending.</param>
internal sealed record KeptText(
    ReadOnlyMemory<byte> Text,
    int Events,
    ImmutableDictionary<string, SendState> Sends,
    string? SimilarityKey,
    int Repeated
);

/// <summary>
/// A case as stored: the canonical strings of its events, their private words beside them, and the attempts at sending.
/// <see cref="Case"/> is worked out from the events alone.
/// </summary>
public sealed record CaseDocument
{
    public required Case Case { get; init; }

    /// <summary>Canonical strings, in order.</summary>
    public required EventTexts Events { get; init; }

    /// <summary>By event number; emptied by retention.</summary>
    public required ImmutableDictionary<int, StoredWords> Words { get; init; }

    /// <summary>The chain's head: the hash after the last event.</summary>
    public required byte[] Head { get; init; }

    /// <summary>Salts the digests of commands; null once personal data was removed.</summary>
    public required byte[]? Salt { get; init; }
    public ImmutableDictionary<string, SendState> Sends { get; init; } = ImmutableDictionary<string, SendState>.Empty;

    /// <summary>See <see cref="CaseIndex.SimilarityKey"/>.</summary>
    public string? SimilarityKey { get; init; }

    /// <summary>The version in the store; 0 before the first write.</summary>
    public long Version { get; init; }

    /// <summary>What of it lies in the store already; null when it is to be written whole.</summary>
    internal KeptText? Kept { get; init; }

    /// <summary>
    /// When the case next needs the host: something due, or a notice to try. Null: never again by itself, or only for a newer program.
    /// </summary>
    public DateTimeOffset? NextWake => Earliest(NextTry);

    /// <summary>
    /// As <see cref="NextWake"/>, but no notice waits longer than it can: where the clock was set back since it was put
    /// off, it is due at <paramref name="now"/>.
    /// </summary>
    public DateTimeOffset? NextWakeAt(DateTimeOffset now) => Earliest(notice => NextTryAt(notice, now));

    /// <summary>
    /// The next wake when the notices to try at <paramref name="now"/> are being tried and need nobody before <paramref
    /// name="by"/>.
    /// </summary>
    public DateTimeOffset? NextWakeTrying(DateTimeOffset now, DateTimeOffset by) =>
        Earliest(notice => NextTryAt(notice, now) is var at && at <= now ? by : at);

    /// <summary>When a queued notice is tried next: at once when it was never tried.</summary>
    public DateTimeOffset NextTry(Notice notice) =>
        Sends.TryGetValue(notice.Key, out var state) ? state.NextTry : notice.At;

    /// <summary>
    /// Notices to try now, oldest first. None of a case that this program cannot write: it could not record that they
    /// were sent.
    /// </summary>
    public IEnumerable<Notice> ToSend(DateTimeOffset now) =>
        Case.UnknownEvent is not null
            ? []
            : Case.Notices.Where(n => n.Status == NoticeState.Queued && NextTryAt(n, now) <= now);

    /// <summary>
    /// What was queued, or put off, by a clock that was ahead is due now: a new notice waits for nothing, and no other longer than
    /// <see cref="SendAttempts.LongestWait"/>.
    /// </summary>
    internal DateTimeOffset NextTryAt(Notice notice, DateTimeOffset now)
    {
        var longest = Sends.ContainsKey(notice.Key) ? SendAttempts.LongestWait : TimeSpan.Zero;
        return NextTry(notice) is var at && at - now > longest ? now : at;
    }

    private DateTimeOffset? Earliest(Func<Notice, DateTimeOffset> nextTry)
    {
        if (Case.UnknownEvent is not null)
            return null;
        var next = Due.Next(Case);
        foreach (var notice in Case.Notices)
            if (notice.Status == NoticeState.Queued && nextTry(notice) is var at && (next is null || at < next))
                next = at;
        return next;
    }

    /// <summary>The document with these events appended.</summary>
    /// <param name="newSalt">Makes 16 random bytes for each event with private words.</param>
    public static CaseDocument Append(
        CaseDocument? before,
        Case after,
        IReadOnlyList<Recorded> events,
        byte[] salt,
        Func<byte[]> newSalt
    )
    {
        var texts = (before?.Events ?? EventTexts.None).All.ToBuilder();
        var words = (before?.Words ?? ImmutableDictionary<int, StoredWords>.Empty).ToBuilder();
        var head = before?.Head ?? EventChain.Start;
        Recorded? marked = null;
        foreach (var recorded in events)
        {
            string? seal = null;
            if (recorded.Event.Words is { } said)
            {
                var text = JsonSerializer.Serialize(said, CaseJson.Plain.PrivateWords);
                var own = newSalt();
                seal = EventChain.Seal(own, text);
                words[recorded.Number] = new StoredWords(Convert.ToBase64String(own), text);
            }
            var repeats = recorded.Command is not null && recorded.Command == marked?.Command;
            if (!repeats)
                marked = recorded;
            var canonical = new CanonicalEvent(
                recorded.Number,
                recorded.At,
                recorded.Event,
                repeats ? null : recorded.Command,
                repeats ? marked!.Number : null,
                seal
            ).Write();
            head = EventChain.Next(head, canonical);
            texts.Add(new EventText(canonical, IsToken: false));
        }
        if (after.PersonalDataRemoved)
            words.Clear();
        return new CaseDocument
        {
            Case = after,
            Events = new EventTexts(texts.DrainToImmutable()),
            Words = words.ToImmutable(),
            Head = head,
            Salt = after.PersonalDataRemoved ? null : salt,
            Sends = Remaining(before?.Sends, after),
            SimilarityKey = after.IsOpen ? before?.SimilarityKey : null,
            Version = before?.Version ?? 0,
            Kept = after.PersonalDataRemoved ? null : before?.Kept,
        };
    }

    private static ImmutableDictionary<string, SendState> Remaining(
        ImmutableDictionary<string, SendState>? sends,
        Case after
    ) =>
        sends is null || sends.IsEmpty
            ? ImmutableDictionary<string, SendState>.Empty
            : sends.RemoveRange(
                sends.Keys.Where(k => after.Notices.Find(n => n.Key == k) is not { Status: NoticeState.Queued })
            );
}
