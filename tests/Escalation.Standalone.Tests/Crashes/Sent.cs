using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Escalation.Standalone.Tests.Host;

namespace Escalation.Standalone.Tests.Crashes;

/// <summary>A request that changes something, and what its sender was told. One without an answer is sent again, to the letter.</summary>
/// <param name="Id">Idempotency key of an opening, else the command's id.</param>
internal sealed record Sent(string Path, string Id, object Body)
{
    public const string Openings = "/api/escalations";

    public HttpStatusCode? Status { get; private init; }
    public JsonElement Answer { get; private init; }
    public bool IsOpening => Path == Openings;

    /// <summary>Of the case that it opened or was about.</summary>
    public string Reference => IsOpening ? Answer.GetProperty("reference").GetString()! : Path.Split('/')[3];

    /// <exception cref="HttpRequestException">There was no whole answer.</exception>
    public async Task<Sent> SendAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = new StringContent(JsonSerializer.Serialize(Body), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            IsOpening ? HostProcess.IntakeKey : HostProcess.StaffKey
        );
        if (IsOpening)
            request.Headers.Add("Idempotency-Key", Id);
        using var response = await client.SendAsync(request);
        return this with
        {
            Status = response.StatusCode,
            Answer = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()),
        };
    }
}

/// <summary>The head of a case's chain after so many events, as it was read once: it must stay so.</summary>
internal sealed record Seen(string Reference, int Events, string Head);
