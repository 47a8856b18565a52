using Escalation.Core.Storage;

namespace Escalation.Web.Api;

/// <summary>A partnership's calendar.</summary>
/// <param name="Edition">The bank holidays' edition.</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="BankHolidays">From 1 January of last year on; from the first day asked for, where that is earlier.</param>
/// <param name="Closures">Amendments stored, of the same time: the partnership's own, and bank holidays declared late for all.</param>
/// <param name="Days">Every day asked for (<c>from</c>, <c>to</c>; usually the next six weeks), with the reason where
/// it is not worked.</param>
public sealed record CalendarView(
    string Partnership,
    string Edition,
    int Version,
    string Division,
    string Zone,
    TimeOnly Close,
    int FirstYear,
    int LastYear,
    IReadOnlyList<HolidayView> BankHolidays,
    IReadOnlyList<ClosureView> Closures,
    IReadOnlyList<DayView> Days
);

public sealed record HolidayView(DateOnly Date, string Title);

public sealed record ClosureView(DateOnly Date, string Reason, bool BankHoliday, DateTimeOffset At);

public sealed record DayView(DateOnly Date, bool Working, string? Why);

/// <param name="Date">The day that is not worked.</param>
/// <param name="Reason">In words, as explanations will show it.</param>
/// <param name="BankHoliday">A bank holiday declared late; else the partnership's own closure.</param>
/// <param name="AllPartnerships">For an administrator, and a bank holiday only.</param>
public sealed record AmendmentBody(DateOnly? Date, string? Reason, bool? BankHoliday, bool? AllPartnerships);

/// <summary>What an amendment does.</summary>
/// <param name="Applied">False for a preview.</param>
/// <param name="Moved">The open deadlines it moves, from when to when; of many a part (<c>limit</c>, <c>cursor</c>).</param>
/// <param name="Count">How many it moves in all.</param>
/// <param name="Next">Cursor of the next part, for the preview again; null on the last.</param>
public sealed record AmendmentView(
    DateOnly Date,
    string Reason,
    bool Applied,
    IReadOnlyList<MovedDeadline> Moved,
    int Count,
    string? Next
);
