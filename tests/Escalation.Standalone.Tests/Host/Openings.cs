namespace Escalation.Standalone.Tests.Host;

/// <summary>Intake bodies for the demonstration's agencies.</summary>
internal static class Openings
{
    public static object Sandwell { get; } = Of("Kim Archer");

    /// <param name="name">Of the child: different names are different cases.</param>
    public static object Of(string name) => new
    {
        policy = "sandwell",
        person = new { kind = "child", name, dateOfBirth = "2015-03-04" },
        raisedBy = new { agency = "oak-primary", name = "Sam Teacher", role = "Teacher", email = "sam@oak-primary.example.org", caseNumber = "OAK-1" },
        receivedBy = new[] { new { agency = "sandwell-childrens-trust", name = "Jo Worker", email = "jo@sandwell-childrens-trust.example.org" } },
        nature = new[] { "informationSharing" },
        details = "The outcome of the referral was not shared.",
    };
}
