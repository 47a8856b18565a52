using System.Net;

namespace Escalation.Cosmos.Tests.Account;

/// <summary>
/// Puts right what the emulator answers otherwise than Cosmos DB: a read of an item that isn't there is 500 where
/// Cosmos DB says 404.
/// </summary>
internal sealed class EmulatorManners : DelegatingHandler
{
    public EmulatorManners()
        : base(new SocketsHttpHandler()) { }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (
            response.StatusCode == HttpStatusCode.InternalServerError
            && request.Method == HttpMethod.Get
            && request.RequestUri!.AbsolutePath.Contains("/docs/")
        )
            response.StatusCode = HttpStatusCode.NotFound;
        return response;
    }
}
