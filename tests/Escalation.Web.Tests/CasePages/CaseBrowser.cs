using System.Net;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Testing;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Links;
using Microsoft.Extensions.DependencyInjection;

namespace Escalation.Web.Tests.CasePages;

/// <summary>Somebody signed in who opens pages and sends their forms, and follows no redirect by itself.</summary>
public sealed class CaseBrowser
{
    private readonly HttpClient _client;

    private CaseBrowser(HttpClient client) => _client = client;

    public static async Task<CaseBrowser> AsAsync(
        TestHost host,
        string role,
        string? partnership = null,
        string? agency = null
    )
    {
        using var known = await host.AsAsync(role, partnership, agency);
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = known.BaseAddress,
        };
        client.DefaultRequestHeaders.Authorization = known.DefaultRequestHeaders.Authorization;
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return new CaseBrowser(client);
    }

    public static Task<CaseBrowser> ManagerAsync(TestHost host, string partnership) =>
        AsAsync(host, Roles.BusinessManager, partnership);

    public static Task<CaseBrowser> PractitionerAsync(TestHost host, string partnership, string agency) =>
        AsAsync(host, Roles.Practitioner, partnership, agency);

    public async Task<Shown> OpenAsync(string path) => await Shown.OfAsync(await _client.GetAsync(path));

    public Task<byte[]> BytesAsync(string path) => _client.GetByteArrayAsync(path);

    /// <summary>
    /// Opens a page and sends its form, empty but for these fields; where the answers are shown once more, sends them on.
    /// </summary>
    public async Task<Shown> FillAsync(string path, params (string Name, string Value)[] fields)
    {
        var page = await OpenAsync(path + (path.Contains('?') ? "&" : "?") + "step=new");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        if (!page.Asks("check"))
            return await SendAsync(path, page.Form("record"), fields);
        var check = await SendAsync(path, page.Form("check"), fields);
        return check.Asks("record") ? await SendAsync(path, check.Form("record")) : check;
    }

    public async Task<Shown> SendAsync(
        string path,
        Dictionary<string, string> form,
        params (string Name, string Value)[] fields
    )
    {
        foreach (var (name, value) in fields)
            form[name] = value;
        var sent = await _client.PostAsync(path, new FormUrlEncodedContent(form));
        // A step of the form is shown by its own page again.
        return sent.Headers.Location?.OriginalString is ['?', ..] step
            ? await OpenAsync(path.Split('?')[0] + step)
            : await Shown.OfAsync(sent);
    }

    /// <summary>The page to which a form led.</summary>
    public async Task<Shown> FollowAsync(Shown sent)
    {
        Assert.True(sent.Status == HttpStatusCode.SeeOther, $"{(int)sent.Status}: {sent.Text}");
        return await OpenAsync(sent.Response.Headers.Location!.ToString());
    }
}

internal static class CaseHosts
{
    /// <summary>Opens a case; with it comes its business manager, and the path of this action's page.</summary>
    public static async Task<(string Reference, CaseBrowser Browser, string Path)> OnAsync(
        this TestHost host,
        string policy,
        string move
    )
    {
        var reference = await host.OpenCaseAsync(policy);
        var partnership = (await host.ReadAsync(reference)).Case.Partnership;
        return (reference, await CaseBrowser.ManagerAsync(host, partnership), $"/cases/{reference}/{move}");
    }

    /// <summary>Opens a case and returns its reference.</summary>
    public static async Task<string> OpenCaseAsync(
        this TestHost host,
        string policy = "sandwell",
        Action<System.Text.Json.Nodes.JsonObject>? change = null
    )
    {
        using var client = await host.AdministratorAsync();
        var body = Sample.Opening(policy);
        change?.Invoke(body);
        var opened = await client.PostAsync("/api/escalations", body, Guid.NewGuid().ToString("N"));
        Assert.Equal(HttpStatusCode.Created, opened.Status);
        return opened["reference"] ?? opened.Message.Headers.Location!.ToString().Split('/')[^1];
    }

    public static CaseHandler Handler(this TestHost host) => host.Services.GetRequiredService<CaseHandler>();

    public static async Task<CaseDocument> ReadAsync(this TestHost host, string reference) =>
        (await host.Handler().ReadAsync(reference, CancellationToken.None))!;

    /// <summary>Time passes to this instant, wake by wake.</summary>
    public static async Task UntilAsync(this TestHost host, string reference, string instant)
    {
        var at = World.At(instant);
        for (var wakes = 0; Due(await host.ReadAsync(reference)) is { } due && due <= at; wakes++)
        {
            Waiting.ThrowIfEndless(wakes);
            host.Clock.SetUtcNow(due > host.Clock.GetUtcNow() ? due : host.Clock.GetUtcNow());
            await host.Handler().AdvanceAsync(reference, null, host.Clock.GetUtcNow(), CancellationToken.None);
        }
        host.Clock.SetUtcNow(at);
    }

    /// <summary>Carries a command out as the host's own tests do: by the handler.</summary>
    public static async Task<CaseDocument> DoAsync(this TestHost host, string reference, CaseCommand command)
    {
        var document = await host.ReadAsync(reference);
        command = command with
        {
            Id = Guid.NewGuid().ToString("N"),
            Stage = command.Stage.Length > 0 ? command.Stage : document.Case.Stage.Id,
        };
        var handled = await host.Handler()
            .ExecuteAsync(reference, command, host.Clock.GetUtcNow(), CancellationToken.None);
        return Assert.IsType<Handled.Done>(handled).Document;
    }

    /// <summary>Nothing is sent here: only what falls due counts.</summary>
    private static DateTimeOffset? Due(CaseDocument document) =>
        document.NextWakeTrying(DateTimeOffset.MaxValue.AddDays(-1), DateTimeOffset.MaxValue) is { } at
        && at < DateTimeOffset.MaxValue
            ? at
            : null;
}
