using System.Text;
using Escalation.Core.Storage;

namespace Escalation.Testing.Storage;

/// <summary>Cases for tests of a store, to which documents and rows are bytes without a meaning.</summary>
public static class SampleCases
{
    /// <summary>Raised on 1 June 2026 at 09:00 UTC; due on 4 June at 16:00, which is also its next wake.</summary>
    public static CaseIndex AnOpenCase { get; } =
        new()
        {
            Partnership = "sandwell",
            Policy = "sandwell/1",
            Status = "open",
            Open = true,
            Stage = "1",
            Agencies = ["oak-primary", "childrens-trust"],
            RaisedAt = At("2026-06-01T09:00:00Z"),
            SortAt = At("2026-06-04T16:00:00Z"),
            Deadline = At("2026-06-04T16:00:00Z"),
            NextWake = At("2026-06-04T16:00:00Z"),
            Row = Bytes("{}"),
        };

    /// <summary>The same, ended on 5 June 2026 at 10:00 UTC.</summary>
    public static CaseIndex AnEndedCase { get; } =
        AnOpenCase with
        {
            Status = "resolved",
            Open = false,
            SortAt = At("2026-06-05T10:00:00Z"),
            Deadline = null,
            NextWake = null,
        };

    public static DateTimeOffset At(string instant) =>
        DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>A write whose tracker row is the reference, so that a page can be read as references.</summary>
    public static CaseWrite Write(
        string reference,
        long expectedVersion = 0,
        CaseIndex? index = null,
        string? document = null
    ) =>
        new(
            reference,
            expectedVersion,
            Bytes(document ?? $$"""{"reference":"{{reference}}","version":{{expectedVersion + 1}}}"""),
            (index ?? AnOpenCase) with
            {
                Row = Bytes(reference),
            }
        );
}
