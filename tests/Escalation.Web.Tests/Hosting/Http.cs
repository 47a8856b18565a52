using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Escalation.Web.Tests.Hosting;

public sealed record Answer(HttpStatusCode Status, JsonNode Json, HttpResponseMessage Message, string Text)
{
    public string? this[string name] => Json[name]?.ToString();
    public string? Code => this["code"];

    public string? Error(string field) => Json["errors"]?[field]?[0]?.ToString();
}

public static class Http
{
    public static Task<Answer> PostAsync(this HttpClient client, string path, JsonNode body, string? key = null) =>
        client.PostTextAsync(path, body.ToJsonString(), key);

    public static Task<Answer> PostTextAsync(
        this HttpClient client,
        string path,
        string body,
        string? key = null,
        string type = "application/json"
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8),
        };
        request.Content.Headers.ContentType = new(type);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.AnswerAsync(request);
    }

    /// <param name="seen">The tag that has to be the one in force; null: whatever is there.</param>
    /// <param name="isNew">Nothing may be there yet.</param>
    public static Task<Answer> PutAsync(
        this HttpClient client,
        string path,
        string body,
        string? seen = null,
        bool isNew = false,
        string type = "application/json"
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path)
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        if (seen is not null)
            request.Headers.TryAddWithoutValidation("If-Match", seen);
        if (isNew)
            request.Headers.TryAddWithoutValidation("If-None-Match", "*");
        return client.AnswerAsync(request);
    }

    /// <summary>As signed in, and goes nowhere by itself: the framework would go on without the key.</summary>
    public static HttpClient GoingNowhere(this HttpClient known)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = known.BaseAddress,
        };
        client.DefaultRequestHeaders.Authorization = known.DefaultRequestHeaders.Authorization;
        return client;
    }

    public static Task<Answer> GetJsonAsync(this HttpClient client, string path) =>
        client.AnswerAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public static async Task<Answer> AnswerAsync(this HttpClient client, HttpRequestMessage request)
    {
        var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var json =
            response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) == true
                ? JsonNode.Parse(text)!
                : new JsonObject();
        return new Answer(response.StatusCode, json, response, text);
    }

    /// <summary>Where the answer says that the list goes on; null: it does not.</summary>
    public static string? NextPath(this Answer answer) =>
        answer.Message.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;

    /// <summary>Opens a case and returns its path.</summary>
    public static async Task<string> OpenAsync(this HttpClient client, string policy = "sandwell", string? key = null)
    {
        var opened = await client.PostAsync(
            "/api/escalations",
            Sample.Opening(policy),
            key ?? Guid.NewGuid().ToString("N")
        );
        Assert.Equal(HttpStatusCode.Created, opened.Status);
        return opened.Message.Headers.Location!.ToString();
    }
}
