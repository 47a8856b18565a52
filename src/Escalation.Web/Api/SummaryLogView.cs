using Escalation.Core.Reporting;

namespace Escalation.Web.Api;

/// <param name="Agency">Null: of all agencies.</param>
/// <param name="Next">Cursor of the next lines; null on the last.</param>
public sealed record SummaryLogView(
    string Partnership,
    string? Agency,
    IReadOnlyList<SummaryLogRow> Items,
    string? Next
);
