using System.Globalization;
using System.Text.Json;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Api;

namespace Escalation.Web.Api;

/// <summary>The events of a case with their hash chain.</summary>
/// <param name="Rule">How the chain is computed, so that anyone can check it.</param>
/// <param name="Head">The hash after the last event of the case.</param>
/// <param name="Events">Oldest first; a part of them where there are many (<c>limit</c>, <c>cursor</c>).</param>
/// <param name="Next">Cursor of the next events; null on the last.</param>
public sealed record HistoryView(
    string Reference,
    string Rule,
    string Head,
    IReadOnlyList<EventView> Events,
    string? Next
);

/// <param name="Command">Id of the command that caused it; null for what fell due by itself.</param>
/// <param name="Words">What people wrote; null where there is none, retention removed it, or it was said at a stage
/// internal to another agency.</param>
/// <param name="Canonical">
/// The string that was hashed, to the letter. Null for an event of a stage internal to another agency: of it only its number and hash are
/// told, and <paramref name="Type"/> is <c>withheld</c>. Null too for the opening, where it names cases that the caller does not see.
/// </param>
public sealed record EventView(
    int Number,
    DateTimeOffset? At,
    string Type,
    string? Command,
    string? Actor,
    JsonElement? Event,
    PrivateWords? Words,
    string? Canonical,
    string Hash
);

internal static class Histories
{
    public const string Rule =
        "hash n = SHA-256(hash n-1, then the UTF-8 bytes of canonical n); before the first event stand 32 zero bytes. "
        + "seal = SHA-256(the 16-byte salt kept beside the words, then their JSON); it goes when retention removes the words.";

    public static HistoryView Of(ReadableCase c, Paging paging)
    {
        var events = c.History.ToDictionary(e => e.Number);
        var page = paging.Of(c.Hashes.Index(), h => h.Index.ToString("D10", CultureInfo.InvariantCulture));
        var views = page.Items.Select(h =>
            events.TryGetValue(h.Index + 1, out var e)
                ? ViewOf(e, c.Canonical(e), h.Item)
                : Withheld(h.Index + 1, h.Item)
        );
        return new HistoryView(c.Reference, Rule, c.Hashes[^1], [.. views], page.Next);
    }

    private static EventView Withheld(int number, string hash) =>
        new(number, null, "withheld", null, null, null, null, null, hash);

    private static EventView ViewOf(PlacedEvent placed, string? canonical, string hash)
    {
        var recorded = placed.Recorded;
        var shown =
            placed.Event is UnknownEvent
                ? RawEvent(canonical!)
                : JsonSerializer.SerializeToElement(placed.Event, ApiJson.Default.CaseEvent);
        return new EventView(
            placed.Number,
            recorded.At,
            shown.GetProperty("type").GetString() ?? "",
            recorded.Command?.Id,
            recorded.Command?.Actor,
            shown,
            placed.Event.Words,
            canonical,
            hash
        );
    }

    private static JsonElement RawEvent(string canonical)
    {
        using var json = JsonDocument.Parse(canonical);
        return json.RootElement.GetProperty("event").Clone();
    }
}
