using Escalation.Core.Storage;

namespace Escalation.Web.Tests.Links;

/// <summary>What the tests of links share: a case with its site, and a form that resolves it.</summary>
internal static class LinkCases
{
    public const string Raiser = "intake/raisedBy",
        Receiver = "intake/receivedBy.0";

    public static readonly (string, string)[] Resolved =
    [
        ("outcome", "resolved"),
        ("method", "phone"),
        ("discussedOn", "2026-12-23"),
        ("summary", "We agreed."),
        ("name", "Rosa Raiser"),
        ("role", "Teacher"),
        ("recordKeeper", World.Raising),
    ];

    public static async Task<(World World, LinkSite Site, CaseDocument Document)> StartAsync(
        string policy = "sandwell",
        string now = "2026-12-23T10:00:00Z"
    )
    {
        var world = await new World(now).WithDirectoryAsync(policy);
        return (world, await LinkSite.StartAsync(world), await world.OpenAsync(policy));
    }

    public static (string, string)[] With((string, string)[] form, params (string, string)[] more) =>
        [.. form.Where(f => more.All(m => m.Item1 != f.Item1)), .. more];
}
