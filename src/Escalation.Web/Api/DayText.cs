using System.Globalization;
using Escalation.Core.Cases;

namespace Escalation.Web.Api;

/// <summary>A day of a case in the HTTP contract: <c>2027-03-25</c>, or with its local time <c>2027-03-25T16:00</c>.</summary>
internal static class DayText
{
    private const string Day = "yyyy-MM-dd",
        Moment = "yyyy-MM-dd'T'HH:mm";

    public static string Of(DateOnly date, TimeOnly? time) =>
        time is { } at
            ? date.ToDateTime(at).ToString(Moment, CultureInfo.InvariantCulture)
            : date.ToString(Day, CultureInfo.InvariantCulture);

    public static string Of(GivenDay day) => Of(day.Date, day.Time);

    /// <summary>Null: it is neither.</summary>
    public static GivenDay? Read(string text) =>
        DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new GivenDay(date)
        : DateTime.TryParseExact(text, Moment, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? new GivenDay(DateOnly.FromDateTime(moment), TimeOnly.FromDateTime(moment))
        : null;
}
