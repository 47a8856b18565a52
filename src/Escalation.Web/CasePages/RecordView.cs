using Escalation.Core.Calendars;
using Escalation.Core.Reporting;

namespace Escalation.Web.CasePages;

/// <summary>The printable record: the procedure's forms, then how the matter went.</summary>
/// <param name="Head">The chain's head, lower-case hex.</param>
public sealed record RecordView(
    CaseReading Reading,
    IReadOnlyList<RecordSheet> Sheets,
    IReadOnlyList<StageRow> Stages,
    IReadOnlyList<EventLine> Events,
    string Head
)
{
    public static RecordView Of(CaseReading r) =>
        new(r, RecordSheets.Of(r.Case, r.Rules), StageRows.Of(r), EventLines.Record(r), r.Case.Hashes[^1]);

    public string Printed =>
        UkDates.Moment(Reading.Calendar.LocalDate(Reading.Now), Reading.Calendar.LocalTime(Reading.Now));
}
