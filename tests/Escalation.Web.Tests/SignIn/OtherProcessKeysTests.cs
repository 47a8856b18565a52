using System.Net;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.SignIn;

/// <summary>Keys that another process on the same store adds and revokes, such as a second host or a command.</summary>
public sealed class OtherProcessKeysTests : IAsyncLifetime
{
    private const string Text = "the-access-key-of-the-other";
    private TestHost _host = null!;
    private AccessKeys _elsewhere = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        _elsewhere = new AccessKeys(_host.Store, TimeProvider.System);
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task An_added_key_is_taken_once_what_was_read_is_a_second_old()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync());
        await AddElsewhereAsync();

        _host.Clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync());
        _host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.OK, await AskAsync());
    }

    [Fact]
    public async Task A_revoked_key_is_refused_once_what_was_read_is_half_a_minute_old()
    {
        await AddElsewhereAsync();
        Assert.Equal(HttpStatusCode.OK, await AskAsync());
        await _elsewhere.RevokeAsync("other", CancellationToken.None);

        _host.Clock.Advance(TimeSpan.FromMilliseconds(29_999));
        Assert.Equal(HttpStatusCode.OK, await AskAsync());
        _host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync());
    }

    private Task AddElsewhereAsync() =>
        _elsewhere.AddAsync(
            new AccessKey("other", Roles.Administrator, null, null, "Somebody"),
            Text,
            CancellationToken.None
        );

    private async Task<HttpStatusCode> AskAsync() => (await _host.With(Text).GetAsync("/api/policies")).StatusCode;
}
