using Escalation.Core.Storage;
using Escalation.Standalone.Storage;
using Escalation.Testing.Cases;

namespace Escalation.Standalone.Tests.Host;

/// <summary>Intake bodies for the demonstration's agencies, and for those of <see cref="AgenciesAsync"/>.</summary>
internal static class Openings
{
    public static object Sandwell { get; } = Of("Kim Archer");

    /// <summary>The sample agencies of Sandwell, into a data folder that no host runs on yet.</summary>
    public static async Task AgenciesAsync(string folder)
    {
        await using var store = SqliteCaseStore.Open(folder);
        foreach (var agency in Sample.Directory("sandwell").Agencies)
            Assert.True(await StoredDirectory.WriteAsync(store, "sandwell", agency, 0, CancellationToken.None));
    }

    /// <param name="name">Of the child: different names are different cases.</param>
    public static object Of(string name, string details = "The outcome of the referral was not shared.") =>
        new
        {
            policy = "sandwell",
            person = new
            {
                kind = "child",
                name,
                dateOfBirth = "2015-03-04",
            },
            raisedBy = new
            {
                agency = "oak-primary",
                name = "Sam Teacher",
                role = "Teacher",
                email = "sam@oak-primary.example.org",
                caseNumber = "OAK-1",
            },
            receivedBy = new[]
            {
                new
                {
                    agency = "sandwell-childrens-trust",
                    name = "Jo Worker",
                    email = "jo@sandwell-childrens-trust.example.org",
                },
            },
            nature = new[] { "informationSharing" },
            details,
        };
}
