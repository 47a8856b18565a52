using Notify.Interfaces;

namespace Escalation.Web.GovUkNotify;

/// <summary>
/// What the client library sends one request by. It adds what the library lacks: a caller who may give up, and a refusal as it came.
/// </summary>
internal sealed class NotifyRequest(HttpClient client, CancellationToken cancel) : IHttpClient
{
    /// <summary>The library sets its own; the settings' counts.</summary>
    public Uri BaseAddress
    {
        get => client.BaseAddress!;
        set => _ = value;
    }

    /// <exception cref="NotifyRefusedException">Notify answered, and not with success.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        // The library waits for this on its caller's thread: nothing here may need that thread.
        var response = await client.SendAsync(request, cancel).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw new NotifyRefusedException(await NotifyAnswer.ReadAsync(response, cancel).ConfigureAwait(false));
    }

    public void SetClientBaseAddress()
    {
        // The client that sends has its address already.
    }

    public void AddContentHeader(string header)
    {
        // The client that sends asks for JSON already.
    }

    public void AddUserAgent(string userAgent)
    {
        // The client that sends says what it is already.
    }

    /// <summary>The client that sends is for many requests: it is not disposed of with one.</summary>
    public void Dispose() { }
}

/// <summary>Its message says the status alone: Notify's words may hold an address.</summary>
internal sealed class NotifyRefusedException(NotifyAnswer answer)
    : Exception($"GOV.UK Notify answered {answer.Status}.")
{
    public NotifyAnswer Answer => answer;
}
