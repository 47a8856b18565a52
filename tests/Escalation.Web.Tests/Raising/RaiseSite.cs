using System.Net;
using Escalation.Core.Policies;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Tracking;

namespace Escalation.Web.Tests.Raising;

/// <summary>A host with staff at the form. It is Friday 25 September 2026, 11am in London.</summary>
public abstract class RaiseSite : IAsyncLifetime
{
    public static TheoryData<string> Policies => [.. PolicyCatalogue.BuiltIn.All.Select(p => p.Id)];

    protected TestHost Host { get; private set; } = null!;

    /// <summary>An administrator's browser, which goes nowhere by itself.</summary>
    protected HttpClient Staff { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Host = await TestHost.StartAsync();
        Staff = Browser(await Host.AdministratorAsync());
    }

    public Task DisposeAsync() => Host.DisposeAsync().AsTask();

    protected static HttpClient Browser(HttpClient known) => known.GoingNowhere();

    protected async Task<Seen> Page(string id, HttpClient? client = null)
    {
        client ??= Staff;
        var page = await new Filled(await client.SeeAsync($"/raise/{id}?step=new"))
            .With("imminentRisk", "no")
            .With("conductOfColleague", "no")
            .SendAsync(client, $"/raise/{id}", "answered");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return page;
    }

    protected async Task<Filled> FormAsync(string id, HttpClient? client = null) => new(await Page(id, client));

    protected async Task<Seen> CheckAsync(Filled form, string id)
    {
        var page = await form.SendAsync(Staff, $"/raise/{id}", "check");
        Assert.Empty(page.Errors);
        Assert.Equal(
            (HttpStatusCode.OK, "Raise a concern: check your answers - Escalation"),
            (page.Status, page.Html.Title)
        );
        return page;
    }

    protected async Task<string> OpenAsync(Seen check, string id)
    {
        var page = await new Filled(check).SendAsync(Staff, $"/raise/{id}", "open");
        Assert.Empty(page.Errors);
        Assert.Equal(HttpStatusCode.SeeOther, page.Status);
        var to = page.Message.Headers.Location!.ToString();
        Assert.StartsWith($"/raise/{id}?opened=", to, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Staff.SeeAsync(to)).Status);
        return to.Split('=')[^1];
    }
}
