using System.Text.Json;
using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Core.Storage;

/// <summary>What queries need of a case, worked out from it at every write.</summary>
internal static class Indexing
{
    /// <param name="wake">When the host looks at it next; the tracker shows the case's own next wake.</param>
    public static CaseWrite WriteOf(CaseDocument document, Policy policy, DateTimeOffset? wake)
    {
        if (document.Kept?.Repeated > CaseSize.MostRepeated)
            document = document with { Kept = null };
        var c = document.Case;
        var row = TrackerRow.Of(document, policy);
        return new CaseWrite(
            c.Reference,
            document.Version,
            DocumentFormat.WriteOn(document),
            new CaseIndex
            {
                Partnership = c.Partnership,
                Policy = c.Policy.Id,
                Status = c.Status,
                Open = c.IsOpen,
                Stage = c.Stage.Id,
                Agencies = Audience.Of(c, policy),
                RaisedAt = c.RaisedAt,
                SortAt = row.SortAt!.Value,
                Deadline = row.OverdueAt,
                NextWake = wake,
                RetainUntil = c is { PersonalDataRemoved: false, LegalHold: false } ? c.RetainUntil : null,
                SimilarityKey = document.SimilarityKey,
                CaseNumbers = c.Intake?.CaseNumbers is { } numbers
                    ? [.. numbers.Values.Select(n => n.ToLowerInvariant())]
                    : [],
                Queued = row.NoticesQueued,
                Failed = row.NoticesFailed,
                Operations = [.. c.Notices.Select(n => n.Operation).OfType<string>()],
                Row = JsonSerializer.SerializeToUtf8Bytes(row, TrackerJson.Plain.TrackerRow),
            }
        )
        {
            Kept = document.Kept?.Text ?? default,
        };
    }
}
