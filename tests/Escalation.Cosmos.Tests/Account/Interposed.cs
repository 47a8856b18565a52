namespace Escalation.Cosmos.Tests.Account;

/// <summary>Stands between a client and the emulator: sees every request, and may answer in the emulator's place.</summary>
/// <param name="meet">Given a request and its body; null lets it pass.</param>
internal sealed class Interposed(Func<HttpRequestMessage, string, Task<HttpResponseMessage?>> meet)
    : DelegatingHandler(new EmulatorManners())
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        return await meet(request, body) ?? await base.SendAsync(request, cancellationToken);
    }
}
