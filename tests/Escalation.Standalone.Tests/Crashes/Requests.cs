using System.Text.Json;
using Escalation.Standalone.Tests.Procedures;

namespace Escalation.Standalone.Tests.Crashes;

/// <summary>What the clients ask for: mostly escalations, so that cases go up while their deadlines pass too.</summary>
internal static class Requests
{
    private static readonly string[] Policies = ["sandwell", "berkshire-west", "suffolk-mash"];

    public static Sent Opening(int number, Random random) =>
        new(Sent.Openings, $"opening-{number}", Intake.For(Policies[random.Next(Policies.Length)], $"Person {number}"));

    /// <summary>A move of the case as its sender saw it; it may be elsewhere by the time it arrives.</summary>
    public static Sent Move(JsonElement seen, Random random)
    {
        var (reference, status) = (seen.GetProperty("reference").GetString(), seen.GetProperty("status").GetString());
        var (id, stage) = (
            $"move-{random.NextInt64():x16}",
            seen.GetProperty("stages").EnumerateArray().Last().GetProperty("id").GetString()!
        );
        var (raising, receiving) = (Agency(seen, "raising"), Agency(seen, "receiving"));
        Sent To(string path, object body) => new($"/api/escalations/{reference}/{path}", id, body);

        if (status == "awaitingConfirmation")
            return To(
                random.Next(2) == 0 ? "confirm" : "dispute",
                new
                {
                    id,
                    stage,
                    by = new { agency = raising, name = "Rae" },
                    reason = "It was not agreed.",
                }
            );
        var (outcome, agency) = random.Next(10) switch
        {
            0 => ("resolved", raising),
            1 => ("resolved", receiving),
            _ => ("escalate", random.Next(2) == 0 ? raising : receiving),
        };
        return To(
            "outcomes",
            new
            {
                id,
                stage,
                outcome,
                by = new { agency, name = "Robin" },
                method = "phone",
                discussedOn = seen.GetProperty("raisedAt").GetString()![..10],
                summary = "We talked.",
                recordKeeper = agency,
                chair = new { name = "Chris", agency = "An uninvolved trust" },
            }
        );
    }

    private static string Agency(JsonElement seen, string side) =>
        seen.GetProperty("parties")
            .EnumerateArray()
            .First(p => p.GetProperty("side").GetString() == side)
            .GetProperty("agency")
            .GetString()!;
}
