using System.Globalization;
using Escalation.Core.Calendars;
using Escalation.Core.Cases;
using Escalation.Web.Forms;
using Escalation.Web.Intake;

namespace Escalation.Web.Raising;

/// <summary>Reads the form into the very body that the HTTP contract takes. What is missing or not allowed is for the case to say; only what cannot be read is said here, and left out of the body.</summary>
internal static class RaiseReader
{
    public const string RaisedOn = "raisedOn", RaisedTime = "raisedTime";

    public static (OpeningBody Body, IReadOnlyList<FieldError> Unread) Read(RaiseForm form)
    {
        var (values, policy, errors) = (form.Values, form.Policy, new List<FieldError>());
        var others = Enumerable.Range(0, RaiseRows.Count(values, form.Others)).Select(i => Person(values, $"{form.Others}[{i}]")).ToList();
        var body = new OpeningBody
        {
            Policy = policy.Id,
            RaisedAt = RaisedAt(values, form.Rules.Calendar, errors),
            Person = new Person(values.Typed("person.kind") ?? (policy.Parties.PersonKinds is [var only] ? only : ""), values.Typed("person.name"), Date(values, "person.dateOfBirth", "Date of birth", errors), OnOneLine(values.Typed("person.address"))),
            RaisedBy = Person(values, "raisedBy"),
            ReceivedBy = policy.Parties.Receiving ? others : null,
            Agencies = policy.Parties.Receiving ? null : others,
            Nature = values.All("nature"),
            NatureOther = values.Typed("natureOther"),
            Concern = values.Typed("concern"),
            Details = values.Typed("details"),
            Evidence = values.Typed("evidence"),
            OutcomeSought = values.Typed("outcomeSought"),
            Others = [.. Enumerable.Range(0, RaiseRows.Count(values, "others")).Select(i => new OtherPerson(values[$"others[{i}].name"], values.Typed($"others[{i}].role"), values.Typed($"others[{i}].agency")))],
            Circumstances = values.All("circumstances"),
            IndependentReviewingOfficer = form.OfficerRule is null ? null : Officer(values),
            Fields = policy.Fields.SelectMany(f => new[] { f.Id, $"{f.Id}.legalStatus" }).Where(id => values.Typed($"fields.{id}") is not null).ToDictionary(id => id, id => values[$"fields.{id}"]),
            Supporting = values.All("supporting"),
            ConductOfColleague = values[RaiseForm.Conduct] == "yes",
            ImminentRisk = form.IsUrgent,
            StartAtStage = policy.Skip.Forward && values.Typed("startAtStage") is { } stage && stage != policy.FirstStage.Id ? stage : null,
            StartReason = policy.Skip.Forward ? values.Typed("startReason") : null,
        };
        return (body, errors);
    }

    private static IntakePerson Person(FormValues values, string row)
    {
        var manager = new IntakeManager(values.Typed($"{row}.manager.name"), values.Typed($"{row}.manager.email"));
        var agency = values.Typed($"{row}.agency");
        return new IntakePerson(
            agency, agency == Party.Other ? values.Typed($"{row}.agencyName") : null, values.Typed($"{row}.name"), values.Typed($"{row}.role"), values.Typed($"{row}.email"),
            values.Typed($"{row}.caseNumber"), manager == new IntakeManager(null, null) ? null : manager);
    }

    /// <summary>An address is typed on lines, and kept on one.</summary>
    private static string? OnOneLine(string? text) =>
        text is null ? null : string.Join(", ", text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd(',')));

    private static PersonName? Officer(FormValues values)
    {
        const string Row = "independentReviewingOfficer";
        return (values.Typed($"{Row}.name") ?? values.Typed($"{Row}.role") ?? values.Typed($"{Row}.email")) is null
            ? null
            : new PersonName(values[$"{Row}.name"], values.Typed($"{Row}.role"), values.Typed($"{Row}.email"));
    }

    /// <summary>Null: now. The time is local.</summary>
    private static DateTimeOffset? RaisedAt(FormValues values, WorkingCalendar calendar, List<FieldError> errors)
    {
        if ((values.Typed(RaisedOn) ?? values.Typed(RaisedTime)) is null)
            return null;
        if (values.Typed(RaisedOn) is null)
            errors.Add(new(RaisedOn, "Enter the date on which it was raised"));
        if (!TimeOnly.TryParseExact(values[RaisedTime], ["H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            errors.Add(new(RaisedTime, "Enter the time at which it was raised, like 14:30"));
        return Date(values, RaisedOn, "The date on which it was raised", errors) is { } date ? calendar.Instant(date, time) : null;
    }

    private static DateOnly? Date(FormValues values, string field, string label, List<FieldError> errors)
    {
        if (values.Typed(field) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is > 1900 and < 2200)
            return date;
        errors.Add(new(field, $"{label} must be a real date, like 27 3 2015"));
        return null;
    }
}
