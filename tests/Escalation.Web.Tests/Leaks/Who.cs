using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.Leaks;

/// <summary>Somebody who calls.</summary>
/// <param name="Role">Null: nobody whom the host knows.</param>
public sealed record Who(string? Role, string? Partnership, string? Agency, HttpClient Client)
{
    /// <summary>Who is told of everything in a partnership.</summary>
    public bool Runs(string partnership) =>
        Role == Roles.Administrator || (Role == Roles.BusinessManager && Partnership == partnership);

    public bool IsManager => Role is Roles.Administrator or Roles.BusinessManager;

    public bool IsOf(string partnership, params string[] agencies) =>
        Role == Roles.Practitioner && Partnership == partnership && agencies.Contains(Agency);

    public override string ToString() =>
        string.Join(' ', new[] { Role ?? "nobody", Partnership, Agency }.OfType<string>());

    /// <summary>Every role, in the partnerships of the story and in another; of each agency, and of one that has no part in it.</summary>
    public static async Task<IReadOnlyList<Who>> AllAsync(TestHost host)
    {
        var all = new List<Who> { new(null, null, null, host.Nobody()) };
        await AddAsync(Roles.Administrator, null, null);
        await AddAsync(Roles.Intake, null, null);
        foreach (var partnership in new[] { Story.Suffolk, Story.Surrey, "sefton" })
        {
            await AddAsync(Roles.BusinessManager, partnership, null);
            foreach (var agency in new[] { Story.Raising, Story.Receiving, Story.Third, "hospital" })
                await AddAsync(Roles.Practitioner, partnership, agency);
        }
        return all;

        async Task AddAsync(string role, string? partnership, string? agency) =>
            all.Add(new(role, partnership, agency, await host.AsAsync(role, partnership, agency)));
    }
}
