using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Web.Api;
using Escalation.Web.Forms;

namespace Escalation.Web.Api;

/// <summary>
/// Reads the fields of a form (<c>person.name</c>, <c>receivedBy[0].agency</c>, <c>nature</c> as often as needed) into the very body that
/// the HTTP contract takes. What is missing or not allowed is for the case to say; only what cannot be read is said here, and left out.
/// </summary>
internal sealed class OpeningFields
{
    /// <summary>
    /// Local date and time, where a form asks for them apart; <c>raisedAt</c> is an instant, or a local time without an offset.
    /// </summary>
    public const string RaisedOn = "raisedOn",
        RaisedTime = "raisedTime";
    private static readonly string[] LocalTimes = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];
    private static readonly HashSet<string> Names =
    [
        "policy",
        "raisedAt",
        RaisedOn,
        RaisedTime,
        "person",
        "raisedBy",
        "receivedBy",
        "agencies",
        "nature",
        "others",
        "circumstances",
        NamedRole.ReviewingOfficer,
        "named",
        "fields",
        "supporting",
        "conductOfColleague",
        "imminentRisk",
        "startAtStage",
        "startReason",
        "startConsulted",
        "dates",
        .. IntakeText.All.Select(t => t.Id),
    ];

    private readonly FormValues _values;
    private readonly WorkingCalendar _calendar;
    private readonly List<FieldError> _errors = [];

    private OpeningFields(FormValues values, WorkingCalendar calendar)
    {
        _values = values;
        _calendar = calendar;
    }

    /// <param name="values">Rows of lists stand without gaps (<see cref="FormRows.Compact"/>).</param>
    public static (OpeningBody Body, IReadOnlyList<FieldError> Unread) Read(FormValues values, Rules rules)
    {
        var fields = new OpeningFields(values, rules.Calendar);
        return (fields.Body(rules), fields._errors);
    }

    /// <summary>Whether a field, or the list or person that it belongs to, is one of the opening's.</summary>
    public static bool IsKnown(string name) => Names.Contains(name.Split('.', '[')[0]);

    private OpeningBody Body(Rules rules)
    {
        var start = _values.Typed("startAtStage");
        var body = new OpeningBody
        {
            Policy = rules.Policy.Id,
            RaisedAt = RaisedAt(),
            Person = About(),
            RaisedBy = Person("raisedBy"),
            ReceivedBy = People("receivedBy"),
            Agencies = People("agencies"),
            Nature = _values.All("nature"),
            Others = [.. Rows("others").Select(Other)],
            Circumstances = _values.All("circumstances"),
            IndependentReviewingOfficer = InRole(NamedRole.ReviewingOfficer),
            Named = rules.Policy.Roles.ToDictionary(r => r.Id, r => (PersonName?)InRole(NamedRole.FieldOf(r.Id))),
            Fields = OwnFields(),
            Supporting = _values.All("supporting"),
            ConductOfColleague = Flag("conductOfColleague"),
            ImminentRisk = Flag("imminentRisk"),
            StartAtStage = start == rules.Policy.FirstStage.Id ? null : start,
            StartReason = _values.Typed("startReason"),
            StartConsulted = _values.Typed("startConsulted"),
            Dates = Days(rules.Policy),
        };
        return IntakeText.Fill(body, _values.Typed);
    }

    private Person About() =>
        new(
            _values["person.kind"],
            _values.Typed("person.name"),
            Date("person.dateOfBirth", "Date of birth"),
            OnOneLine(_values.Typed("person.address"))
        );

    private OtherPerson Other(string row) =>
        new(_values[$"{row}.name"], _values.Typed($"{row}.role"), _values.Typed($"{row}.agency"));

    private PersonName InRole(string field) =>
        new(_values[$"{field}.name"], _values.Typed($"{field}.role"), _values.Typed($"{field}.email"))
        {
            Phone = _values.Typed($"{field}.phone"),
        };

    /// <summary>Rows with an agency and its person each; a bare name stands for agencies' ids, one a line.</summary>
    private IReadOnlyList<IntakePerson> People(string list) =>
        [
            .. Rows(list).Select(Person),
            .. _values.All(list).Select(id => new IntakePerson(id, null, null, null, null, null, null)),
        ];

    private IEnumerable<string> Rows(string list) =>
        Enumerable.Range(0, FormRows.Count(_values, list)).Select(i => $"{list}[{i}]");

    private IntakePerson Person(string row)
    {
        var agency = _values.Typed($"{row}.agency");
        var agencyName = agency == Party.Other ? _values.Typed($"{row}.agencyName") : null;
        return new IntakePerson(
            agency,
            agencyName,
            _values.Typed($"{row}.name"),
            _values.Typed($"{row}.role"),
            _values.Typed($"{row}.email"),
            _values.Typed($"{row}.caseNumber"),
            new IntakeManager(_values.Typed($"{row}.manager.name"), _values.Typed($"{row}.manager.email"))
        )
        {
            Phone = _values.Typed($"{row}.phone"),
        };
    }

    private Dictionary<string, string> OwnFields()
    {
        const string Own = "fields.";
        return _values
            .Sent.Keys.Where(name => name.StartsWith(Own, StringComparison.Ordinal) && _values.Typed(name) is not null)
            .ToDictionary(name => name[Own.Length..], name => _values[name]);
    }

    /// <summary>Days of the policy's dates, with a time where one was typed beside.</summary>
    private Dictionary<string, string?> Days(Policy policy)
    {
        var days = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var asked in policy.Dates)
        {
            var field = $"dates.{asked.Id}";
            var typed = _values.Typed($"{field}.time");
            if (Date(field, asked.Name) is not { } date)
            {
                if (typed is not null)
                    _errors.Add(new($"{field}.day", "Enter the date of the time that you entered"));
                continue;
            }
            if (typed is null)
                days[asked.Id] = DayText.Of(date, null);
            else if (TypedTime.TryParse(typed, out var time))
                days[asked.Id] = DayText.Of(date, time);
            else
                _errors.Add(new($"{field}.time", "Enter the time like 2:30pm"));
        }
        return days;
    }

    /// <summary>An address is typed on lines, and kept on one.</summary>
    private static string? OnOneLine(string? text)
    {
        var lines = text?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines is null ? null : string.Join(", ", lines.Select(line => line.TrimEnd(',')));
    }

    private bool? Flag(string field)
    {
        if (_values.Typed(field) is not { } text)
            return null;
        if (TypedFlag.Read(text) is { } flag)
            return flag;
        _errors.Add(new(field, "Yes or no"));
        return null;
    }

    /// <summary>Null: now.</summary>
    private DateTimeOffset? RaisedAt()
    {
        if (_values.Typed("raisedAt") is { } text)
            return Instant(text);
        if ((_values.Typed(RaisedOn) ?? _values.Typed(RaisedTime)) is null)
            return null;
        if (_values.Typed(RaisedOn) is null)
            _errors.Add(new(RaisedOn, "Enter the date on which it was raised"));
        if (!TypedTime.TryParse(_values[RaisedTime], out var time))
            _errors.Add(new(RaisedTime, "Enter the time at which it was raised, like 2:30pm"));
        return Date(RaisedOn, "The date on which it was raised") is { } date ? _calendar.Instant(date, time) : null;
    }

    /// <summary>A time without an offset, as <c>&lt;input type="datetime-local"&gt;</c> sends it, is local.</summary>
    private DateTimeOffset? Instant(string text)
    {
        if (InstantConverter.TryParse(text, out var instant))
            return instant;
        if (DateTime.TryParseExact(text, LocalTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return _calendar.Instant(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        _errors.Add(
            new("raisedAt", "An instant such as 2026-12-23T10:00:00Z, or a local time such as 2026-12-23T10:00")
        );
        return null;
    }

    /// <summary>Another year than these is a slip of the finger.</summary>
    private DateOnly? Date(string field, string label)
    {
        if (_values.Typed(field) is not { } text)
            return null;
        if (TypedDate.Read(text) is { Year: >= 1900 and < 2200 } date)
            return date;
        _errors.Add(new(field, TypedDate.Fault(label, text) ?? $"{label} must be a real date"));
        return null;
    }
}
