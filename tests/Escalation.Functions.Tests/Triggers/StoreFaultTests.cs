using System.Net;
using Azure.Identity;
using Escalation.Functions.Tests.World;
using Microsoft.Azure.Cosmos;
using static Escalation.Functions.Tests.Triggers.Asking;

namespace Escalation.Functions.Tests.Triggers;

/// <summary>What a store that fails means to a caller: worth another try, or a fault of the program.</summary>
public sealed class StoreFaultTests
{
    public static TheoryData<Exception, int> Faults { get; } =
        new()
        {
            { new CosmosException("", HttpStatusCode.RequestTimeout, 0, "", 0), 503 },
            { new CosmosException("", HttpStatusCode.Forbidden, 0, "", 0), 503 },
            { new HttpRequestException("No such host."), 503 },
            { new AuthenticationFailedException("The identity is refused."), 503 },
            { new CredentialUnavailableException("The platform's identity does not answer."), 503 },
            { new TimeoutException(), 503 },
            { new IOException(), 503 },
            { new InvalidOperationException(), 500 },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_store_that_cannot_be_reached_or_signed_in_to_is_unavailable_and_a_bug_is_a_500(
        Exception fault,
        int status
    )
    {
        await using var world = await CaseWorld.AtAsync("2026-09-25 11:00");
        await using var front = await Front.StartAsync(world);
        var reference = await world.OpenAsync("sandwell");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/escalations/{reference}");
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Principal("Administrator"));
        world.Store.IsDownNow = () => throw fault;

        var answer = await front.Client().SendAsync(request);

        Assert.Equal((status, "unavailable"), ((int)answer.StatusCode, (string)(await JsonOf(answer))["code"]!));
    }
}
