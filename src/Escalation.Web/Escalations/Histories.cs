using System.Text.Json;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Api;
using Escalation.Web.SignIn;

namespace Escalation.Web.Escalations;

/// <summary>The events of a case with their hash chain.</summary>
/// <param name="Rule">How the chain is computed, so that anyone can check it.</param>
/// <param name="Head">The hash after the last event.</param>
public sealed record HistoryView(string Reference, string Rule, string Head, IReadOnlyList<EventView> Events);

/// <param name="Command">Id of the command that caused it; null for what fell due by itself.</param>
/// <param name="Words">What people wrote; null where there is none, retention removed it, or it was said at a stage internal to another agency.</param>
/// <param name="Canonical">The string that was hashed, to the letter.</param>
public sealed record EventView(
    int Number, DateTimeOffset At, string Type, string? Command, string? Actor, JsonElement Event, PrivateWords? Words, string Canonical, string Hash);

internal static class Histories
{
    public const string Rule =
        "hash n = SHA-256(hash n-1, then the UTF-8 bytes of canonical n); before the first event stand 32 zero bytes. "
        + "seal = SHA-256(the 16-byte salt kept beside the words, then their JSON); it goes when retention removes the words.";

    public static HistoryView Of(CaseDocument document, Policy policy, Caller caller)
    {
        var hashes = EventChain.Hashes(document.Events);
        var recorded = DocumentFormat.Recorded(document.Events, document.Words);
        var (events, mayRead) = (new List<EventView>(), true);
        foreach (var (e, canonical, hash) in recorded.Zip(document.Events, hashes))
        {
            if (e.Event is StageOpened opened)
                mayRead = caller.MayRead(document.Case, policy, opened.Stage);
            events.Add(ViewOf(e, canonical, Convert.ToHexStringLower(hash), mayRead ? Words(e.Event.Words, caller) : null));
        }
        return new HistoryView(document.Case.Reference, Rule, Convert.ToHexStringLower(document.Head), events);
    }

    private static EventView ViewOf(Recorded recorded, string canonical, string hash, PrivateWords? words)
    {
        var shown = recorded.Event is UnknownEvent ? RawEvent(canonical) : JsonSerializer.SerializeToElement(recorded.Event, ApiJson.Default.CaseEvent);
        return new EventView(
            recorded.Number, recorded.At, shown.GetProperty("type").GetString() ?? "", recorded.Command?.Id, recorded.Command?.Actor,
            shown, words, canonical, hash);
    }

    private static JsonElement RawEvent(string canonical)
    {
        using var json = JsonDocument.Parse(canonical);
        return json.RootElement.GetProperty("event").Clone();
    }

    /// <summary>Addresses of people are for those who run the partnership.</summary>
    private static PrivateWords? Words(PrivateWords? words, Caller caller) => words?.People is null || caller.IsManager
        ? words
        : words with { People = words.People.ToDictionary(p => p.Key, p => p.Value with { Email = null }) };
}
