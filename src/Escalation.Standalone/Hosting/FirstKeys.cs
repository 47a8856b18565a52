using Escalation.Standalone.Settings;
using Escalation.Web.Site.SignIn;

namespace Escalation.Standalone.Hosting;

/// <summary>The keys that a new installation begins with.</summary>
internal static class FirstKeys
{
    public const string AdministratorId = "administrator",
        IntakeId = "intake";

    /// <summary>
    /// Keys given in the settings stand from now on. Where the store has no administrator, or no intake key, one is
    /// made: the lines to print, this once, as only their hashes are kept.
    /// </summary>
    public static async Task<IReadOnlyList<string>> EnsureAsync(
        AccessKeys keys,
        HostSettings settings,
        CancellationToken cancel
    )
    {
        var shown = new List<string>();
        var known = await keys.ListAsync(cancel);
        await EnsureAsync(
            new AccessKey(AdministratorId, Roles.Administrator, null, null, "First administrator"),
            settings.StaffKey,
            "Administrator key"
        );
        await EnsureAsync(
            new AccessKey(IntakeId, Roles.Intake, null, null, "Intake form"),
            settings.IntakeKey,
            "Intake key"
        );
        return shown;

        async Task EnsureAsync(AccessKey key, string? given, string label)
        {
            if (given is not null)
                await keys.AddAsync(key, given, cancel);
            else if (!known.Any(k => k.Role == key.Role))
                shown.Add($"{label} (shown only now): {await keys.AddAsync(key, null, cancel)}");
        }
    }
}
