using System.Text.Json.Nodes;
using Escalation.Core.Cases;
using Escalation.Core.Policies;

namespace Escalation.Web.Tests.Raising;

/// <summary>The same content as a form's answers and as the API's body.</summary>
internal static class RaiseAnswers
{
    /// <summary>Every question that the procedure's policy document defines, answered; <see cref="Body"/> says the same.</summary>
    public static Filled Everything(Filled form, Policy policy)
    {
        var other = policy.Parties.Receiving ? "receivedBy[0]" : "agencies[0]";
        if (policy.Parties.PersonKinds.Count > 1)
            form.With("person.kind", policy.Parties.PersonKinds[0]);
        form.With("person.name", "Alex Example")
            .WithDate("person.dateOfBirth", 4, 3, 2000)
            .With("person.address", "1 Some Street\nSome Town")
            .With("raisedBy.agency", "school")
            .With("raisedBy.name", "Robin Raiser")
            .With("raisedBy.role", "Teacher")
            .With("raisedBy.email", "robin@school.example.org")
            .With("raisedBy.caseNumber", "OAK-17")
            .With("raisedBy.manager.name", "Mo Manager")
            .With("raisedBy.manager.email", "mo@school.example.org")
            .With($"{other}.agency", "trust")
            .With($"{other}.name", "Rowan Receiver")
            .With($"{other}.email", "rowan@trust.example.org")
            .With("nature", [.. policy.Natures.Select(n => n.Id)])
            .With("others[0].name", "Ola")
            .With("others[0].role", "Nurse")
            .With("others[0].agency", "A clinic")
            .With("supporting", "Minutes\n\nA letter")
            .WithDate("raisedOn", 25, 9, 2026)
            .With("raisedTime", "10am");
        foreach (var text in IntakeText.All)
            form.With(text.Id, Said(text));
        if (policy.Circumstances.Count > 0)
            form.With("circumstances", [.. policy.Circumstances.Select(c => c.Id)]);
        if (policy.Id == "sandwell")
            form.With("independentReviewingOfficer.name", "Ira")
                .With("independentReviewingOfficer.email", "ira@trust.example.org");
        if (policy.Skip.Forward)
            form.With("startAtStage", policy.Stages[2].Id).With("startReason", "The earlier steps were taken");
        foreach (var field in policy.Fields)
        {
            form.With($"fields.{field.Id}", field.Kind == "choice" ? field.Options[1].Id : "Text");
            if (field.WithLegalStatus)
                form.With($"fields.{field.Id}.legalStatus", "Section 17");
        }
        return form;
    }

    public static string Said(IntakeText text) => text.Rows > 0 ? $"About {text.Id}\nover lines" : $"About {text.Id}";

    public static JsonObject Body(Policy policy)
    {
        var body = new JsonObject
        {
            ["policy"] = policy.Id,
            ["raisedAt"] = "2026-09-25T09:00:00Z",
            ["person"] = new JsonObject
            {
                ["kind"] = policy.Parties.PersonKinds[0],
                ["name"] = "Alex Example",
                ["dateOfBirth"] = "2000-03-04",
                ["address"] = "1 Some Street, Some Town",
            },
            ["raisedBy"] = new JsonObject
            {
                ["agency"] = "school",
                ["name"] = "Robin Raiser",
                ["role"] = "Teacher",
                ["email"] = "robin@school.example.org",
                ["caseNumber"] = "OAK-17",
                ["manager"] = new JsonObject { ["name"] = "Mo Manager", ["email"] = "mo@school.example.org" },
            },
            [policy.Parties.Receiving ? "receivedBy" : "agencies"] = new JsonArray(
                new JsonObject
                {
                    ["agency"] = "trust",
                    ["name"] = "Rowan Receiver",
                    ["email"] = "rowan@trust.example.org",
                }
            ),
            ["nature"] = new JsonArray([.. policy.Natures.Select(n => JsonValue.Create(n.Id))]),
            ["others"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "Ola",
                    ["role"] = "Nurse",
                    ["agency"] = "A clinic",
                }
            ),
            ["circumstances"] = new JsonArray([.. policy.Circumstances.Select(c => JsonValue.Create(c.Id))]),
            ["supporting"] = new JsonArray("Minutes", "A letter"),
        };
        foreach (var text in IntakeText.All)
            body[text.Id] = Said(text);
        if (policy.Id == "sandwell")
            body["independentReviewingOfficer"] = new JsonObject
            {
                ["name"] = "Ira",
                ["email"] = "ira@trust.example.org",
            };
        if (policy.Skip.Forward)
            (body["startAtStage"], body["startReason"]) = (policy.Stages[2].Id, "The earlier steps were taken");
        var fields = new JsonObject();
        foreach (var field in policy.Fields)
            fields[field.Id] =
                field.WithLegalStatus
                    ? new JsonObject { ["value"] = field.Options[1].Id, ["legalStatus"] = "Section 17" }
                : field.Kind == "choice" ? field.Options[1].Id
                : "Text";
        body["fields"] = fields;
        return body;
    }
}
