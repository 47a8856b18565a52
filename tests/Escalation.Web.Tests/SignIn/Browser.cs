using System.Net;
using Escalation.Web.Site.SignIn;
using Escalation.Web.Tests.Hosting;

namespace Escalation.Web.Tests.SignIn;

/// <summary>A browser with cookies of its own, which goes where it is sent only when told to.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _client;

    public Browser(TestHost host) => _client = Client(host, new CookieContainer());

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path);

    public Task<HttpResponseMessage> SignInAsync(string key) =>
        PostAsync("/sign-in", new() { ["key"] = key, ["to"] = "/" });

    public Task<HttpResponseMessage> SignOutAsync() => PostAsync("/sign-out", []);

    public async Task<bool> IsSignedInAsync() => (await GetAsync("/")).Headers.Location!.OriginalString == "/tracker";

    /// <summary>The cookie of an answer to a sign-in, as a browser sends it back.</summary>
    public static string CookieOf(HttpResponseMessage signedIn) =>
        signedIn
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith($"{KeySignIn.CookieName}=", StringComparison.Ordinal))
            .Split(';')[0];

    /// <summary>Whether this cookie is taken from somebody who has nothing else.</summary>
    public static async Task<bool> IsTakenAsync(TestHost host, string cookie)
    {
        using var client = Client(host, null);
        var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Cookie", cookie);
        return (await client.SendAsync(request)).Headers.Location!.OriginalString == "/tracker";
    }

    public static async Task<string> KeyAsync(TestHost host, string id)
    {
        var key = new AccessKey(id, Roles.BusinessManager, "sandwell", null, "Mel Manager");
        return await host.Keys.AddAsync(key, $"the-access-key-of-the-{id}", CancellationToken.None);
    }

    public void Dispose() => _client.Dispose();

    /// <param name="origin">Of the site on which the form stands; null: of ours.</param>
    public async Task<HttpResponseMessage> PostAsync(
        string path,
        Dictionary<string, string> form,
        string? origin = null
    )
    {
        var post = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        post.Headers.Add("Origin", origin ?? _client.BaseAddress!.ToString().TrimEnd('/'));
        return await _client.SendAsync(post);
    }

    private static HttpClient Client(TestHost host, CookieContainer? cookies)
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = cookies is not null };
        if (cookies is not null)
            handler.CookieContainer = cookies;
        return new HttpClient(handler) { BaseAddress = host.Nobody().BaseAddress };
    }
}
