using Escalation.Core.Calendars;
using Escalation.Standalone.Tests.Storage;
using Escalation.Web.Site.SignIn;

namespace Escalation.Standalone.Tests.Host;

/// <summary>Everybody's bank holidays are an administrator's to change, and nobody else's.</summary>
public sealed class CalendarDoorTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ServedHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await ServedHost.StartAsync(_folder["data"], ServedHost.Settings(_folder.Path));

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Roles.Administrator, null, null, 200)]
    [InlineData(Roles.BusinessManager, "sandwell", null, 403)]
    [InlineData(Roles.Practitioner, "sandwell", "oak-primary", 403)]
    [InlineData(Roles.Intake, null, null, 403)]
    [InlineData(Roles.Intake, "sandwell", null, 403)]
    public async Task A_feed_is_taken_from_an_administrator_alone(
        string role,
        string? partnership,
        string? agency,
        int status
    )
    {
        using var client = await _host.AsAsync(role, partnership, agency);

        Assert.Equal(status, await PostAsync(client, CalendarEdition.BuiltIn.ToJson()));
        Assert.Equal(status == 200 ? 400 : status, await PostAsync(client, "no feed"));
    }

    [Fact]
    public async Task It_is_not_read_there_and_nobody_is_nobody()
    {
        using var nobody = _host.Client();
        Assert.Equal(401, await PostAsync(nobody, CalendarEdition.BuiltIn.ToJson()));
        using var administrator = _host.Client(ServedHost.StaffKey);
        Assert.Equal(405, (int)(await administrator.GetAsync("/api/calendar/refresh")).StatusCode);
    }

    private static async Task<int> PostAsync(HttpClient client, string feed)
    {
        using var content = new StringContent(feed);
        return (int)(await client.PostAsync("/api/calendar/refresh", content)).StatusCode;
    }
}
