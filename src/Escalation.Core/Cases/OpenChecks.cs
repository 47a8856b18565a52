using Escalation.Core.Policies;

namespace Escalation.Core.Cases;

/// <summary>What is wrong with an intake form.</summary>
internal static class OpenChecks
{
    /// <summary>How far a form's clock may be ahead of ours (inclusive): what it says until then was raised now.</summary>
    public static TimeSpan ClockTolerance { get; } = TimeSpan.FromMinutes(5);

    public static Refusal? Check(OpenCase open, Rules rules, DateTimeOffset now)
    {
        var (faults, policy) = (new Faults(), rules.Policy);
        if (open.RaisedAt > now + ClockTolerance)
            faults.Add("raisedAt", FaultCode.InFuture, "In the future.");
        else if (open.RaisedAt < now.AddYears(-1))
            faults.Add("raisedAt", FaultCode.TooLongAgo, "More than a year ago: raise the concern as it stands now.");
        Person(faults, open, policy, rules.Calendar.LocalDate(now));
        Agencies(faults, open, rules);
        Texts(faults, open);
        Named(faults, open, policy);
        faults.Terms("nature", open.Nature, policy.Natures);
        faults.Terms("circumstances", open.Circumstances, policy.Circumstances);
        Fields(faults, open, policy);
        Dates(faults, open, rules, now);
        if (open.StartAtStage is { } stage && policy.Find(stage) is null)
            faults.Add("startAtStage", FaultCode.NotOffered, "Not a stage of this policy.");
        if (open.StartAtStage is { } later && policy.IndexOf(later) > 0)
            Later(faults, open, policy, later);
        return faults.ToRefusal();
    }

    /// <summary>Why it starts at a later stage, and after asking whom.</summary>
    private static void Later(Faults faults, OpenCase open, Policy policy, string stage)
    {
        faults.Required("startReason", open.StartReason, Faults.LongText);
        if (policy.Skip.Starts is { Consulting: not null } starts && starts.Stages.Contains(stage))
            faults.Required("startConsulted", open.StartConsulted);
    }

    private static void Person(Faults faults, OpenCase open, Policy policy, DateOnly today)
    {
        if (open.Person is not { } person)
        {
            faults.Add("person", FaultCode.Required, "Required.");
            return;
        }
        if (!policy.Parties.PersonKinds.Contains(person.Kind))
            faults.Add(
                "person.kind",
                FaultCode.NotOffered,
                $"One of: {string.Join(", ", policy.Parties.PersonKinds)}."
            );
        if (person.Kind == "theme")
        {
            Nobody(faults, person);
            return;
        }
        if (person.Kind == "family")
            faults.Optional("person.name", person.Name);
        else
            faults.Required("person.name", person.Name);
        faults.Optional("person.address", person.Address, 1_000);
        if (person.DateOfBirth > today || person.DateOfBirth?.Year < 1900)
            faults.Add("person.dateOfBirth", FaultCode.NotPlausible, "Not a plausible date of birth.");
    }

    /// <summary>Nobody's name is kept with a concern that is not about them.</summary>
    private static void Nobody(Faults faults, Person person)
    {
        const string why = "A theme is about no one person: leave it out, or say whom it is about.";
        foreach (
            var (field, given) in new[]
            {
                ("person.name", person.Name is not null),
                ("person.dateOfBirth", person.DateOfBirth is not null),
                ("person.address", person.Address is not null),
            }
        )
            if (given)
                faults.Add(field, FaultCode.NotOffered, why);
    }

    private static void Agencies(Faults faults, OpenCase open, Rules rules)
    {
        Agency(faults, "raisedBy", open.RaisedBy, rules, nameRequired: true);
        if (rules.Policy.Parties.Receiving)
        {
            if (open.ReceivedBy.Count == 0)
                faults.Add("receivedBy", FaultCode.Required, "Required: the agency the disagreement is with.");
            if (open.Involved.Count > 0)
                faults.Add("agencies", FaultCode.NotOffered, "Only for a procedure where nobody receives.");
        }
        else
        {
            if (open.ReceivedBy.Count > 0)
                faults.Add(
                    "receivedBy",
                    FaultCode.NotOffered,
                    "Nobody receives in this procedure: list the agencies instead."
                );
            if (open.Involved.Count == 0)
                faults.Add("agencies", FaultCode.Required, "Required: the other agencies that share the risk.");
        }
        faults.Most("receivedBy", open.ReceivedBy, 10);
        faults.Most("agencies", open.Involved, 20);
        for (var i = 0; i < open.ReceivedBy.Count; i++)
            Agency(
                faults,
                open.ReceivedBy.Count == 1 ? "receivedBy" : $"receivedBy[{i}]",
                open.ReceivedBy[i],
                rules,
                nameRequired: false
            );
        for (var i = 0; i < open.Involved.Count; i++)
            Agency(faults, $"agencies[{i}]", open.Involved[i], rules, nameRequired: false);
        var raising = open.RaisedBy?.Agency;
        if (raising is null or Party.Other)
            return;
        const string Both = "The same agency on both sides: this procedure is for disagreements between agencies.";
        if (open.ReceivedBy.Any(r => r.Agency == raising))
            faults.Add("receivedBy.agency", FaultCode.SameAgency, Both);
        for (var i = 0; i < open.Involved.Count; i++)
            if (open.Involved[i].Agency == raising)
                faults.Add($"agencies[{i}].agency", FaultCode.SameAgency, Both);
    }

    private static void Agency(Faults faults, string field, IntakePerson? person, Rules rules, bool nameRequired)
    {
        if (person is null)
        {
            faults.Add(field, FaultCode.Required, "Required.");
            return;
        }
        faults.Required(field + ".agency", person.Agency);
        if (person.Agency == Party.Other)
            faults.Required(field + ".agencyName", person.AgencyName);
        else if (
            person.Agency is not null
            && (rules.Directory.Find(person.Agency) is null || person.Agency == rules.Policy.Partnership)
        )
            faults.Add(
                field + ".agency",
                FaultCode.UnknownAgency,
                "Not an agency of this partnership; use \"other\" with agencyName for one that is not listed."
            );
        if (nameRequired)
            faults.Required(field + ".name", person.Name);
        else
            faults.Optional(field + ".name", person.Name);
        faults.Optional(field + ".role", person.Role);
        faults.Optional(field + ".caseNumber", person.CaseNumber, 60);
        faults.Email(field + ".email", person.Email);
        faults.Optional(field + ".phone", person.Phone, PersonName.MostOfPhone);
        if (person.Manager is { } manager)
        {
            faults.Required(field + ".manager.name", manager.Name);
            faults.Email(field + ".manager.email", manager.Email);
        }
    }

    private static void Texts(Faults faults, OpenCase open)
    {
        foreach (var text in IntakeText.All)
            if (text.IsRequired)
                faults.Required(text.Id, text.Of(open), text.Most);
            else
                faults.Optional(text.Id, text.Of(open), text.Most);
        faults.Optional("startReason", open.StartReason, Faults.LongText);
        faults.Optional("startConsulted", open.StartConsulted);
        faults.Most("supporting", open.Supporting, 50);
        for (var i = 0; i < open.Supporting.Count; i++)
            faults.Required($"supporting[{i}]", open.Supporting[i]);
        faults.Most("others", open.Others, 30);
        for (var i = 0; i < open.Others.Count; i++)
        {
            faults.Required($"others[{i}].name", open.Others[i].Name);
            faults.Optional($"others[{i}].role", open.Others[i].Role);
            faults.Optional($"others[{i}].agency", open.Others[i].Agency);
        }
    }

    /// <summary>Everybody can name the reviewing officer: where the policy does not ask for one, they stand in the record.</summary>
    private static void Named(Faults faults, OpenCase open, Policy policy)
    {
        foreach (var (role, person) in open.Named)
        {
            var field = NamedRole.FieldOf(role);
            if (role != NamedRole.ReviewingOfficer && policy.Roles.All(r => r.Id != role))
                faults.Add(field, FaultCode.NotOffered, "Not a role of this policy.");
            faults.Required($"{field}.name", person.Name);
            faults.Optional($"{field}.role", person.Role);
            faults.Required($"{field}.email", person.Email);
            faults.Email($"{field}.email", person.Email);
            faults.Optional($"{field}.phone", person.Phone, PersonName.MostOfPhone);
        }
    }

    /// <summary>A day has been, or lies ahead, as the policy says of its date.</summary>
    private static void Dates(Faults faults, OpenCase open, Rules rules, DateTimeOffset now)
    {
        var dates = rules.Policy.Dates;
        foreach (var (id, day) in open.Dates)
        {
            var field = $"dates.{id}";
            if (rules.Policy.FindDate(id) is not { } date)
                faults.Add(
                    "dates",
                    FaultCode.NotOffered,
                    $"This policy has: {(dates.Count == 0 ? "none" : string.Join(", ", dates.Select(d => d.Id)))}."
                );
            else if (day.FaultAs(date, rules.Calendar, now) is { } fault)
                faults.Add(field, fault.Code, fault.Text);
        }
    }

    private static void Fields(Faults faults, OpenCase open, Policy policy)
    {
        foreach (var (key, value) in open.Fields)
        {
            var id = key.EndsWith(".legalStatus", StringComparison.Ordinal) ? key[..^".legalStatus".Length] : key;
            if (policy.Fields.FirstOrDefault(f => f.Id == id) is not { } field || (id != key && !field.WithLegalStatus))
            {
                faults.Add(
                    "fields",
                    FaultCode.NotOffered,
                    $"This policy has: {(policy.Fields.Count == 0 ? "none" : string.Join(", ", policy.Fields.Select(f => f.Id)))}."
                );
                continue;
            }
            if (id == key && field.Kind == FieldKinds.Choice)
                faults.OneOf($"fields.{id}", value, field.Options);
            faults.Optional($"fields.{key}", value, Faults.LongText);
        }
        foreach (var field in policy.Fields.Where(f => f.Required))
            faults.Required($"fields.{field.Id}", open.Fields.GetValueOrDefault(field.Id), Faults.LongText);
    }
}
