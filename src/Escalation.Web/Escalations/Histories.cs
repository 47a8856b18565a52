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
/// <param name="Canonical">The string that was hashed, to the letter. Null for an event of a stage internal to another agency: of it only its number and hash are told, and <paramref name="Type"/> is <c>withheld</c>.</param>
public sealed record EventView(
    int Number, DateTimeOffset? At, string Type, string? Command, string? Actor, JsonElement? Event, PrivateWords? Words, string? Canonical, string Hash);

internal static class Histories
{
    public const string Rule =
        "hash n = SHA-256(hash n-1, then the UTF-8 bytes of canonical n); before the first event stand 32 zero bytes. "
        + "seal = SHA-256(the 16-byte salt kept beside the words, then their JSON); it goes when retention removes the words.";

    public static HistoryView Of(CaseDocument document, Policy policy, Caller caller)
    {
        var placed = PlacedEvent.Of(document);
        var events = placed.Zip(document.Events, EventChain.Hashes(document.Events)).Select(e => ViewOf(document.Case, policy, caller, e.First, e.Second, Convert.ToHexStringLower(e.Third)));
        return new HistoryView(document.Case.Reference, Rule, Convert.ToHexStringLower(document.Head), [.. events]);
    }

    private static EventView ViewOf(Case c, Policy policy, Caller caller, PlacedEvent placed, string canonical, string hash)
    {
        if (!caller.MaySee(c, policy, placed))
            return new EventView(placed.Number, null, "withheld", null, null, null, null, null, hash);
        var recorded = placed.Recorded;
        var shown = placed.Event is UnknownEvent ? RawEvent(canonical) : JsonSerializer.SerializeToElement(placed.Event, ApiJson.Default.CaseEvent);
        return new EventView(
            placed.Number, recorded.At, shown.GetProperty("type").GetString() ?? "", recorded.Command?.Id, recorded.Command?.Actor, shown,
            caller.MayReadWords(c, policy, placed) ? Words(placed.Event.Words, caller) : null, canonical, hash);
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
