using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Escalation.Standalone.Tests.Host;

/// <summary>What is asked of the demonstration's clock and is no move. Since none moves it, one host is asked all of them.</summary>
public sealed class ClockRefusalTests(DemoHost demo) : IClassFixture<DemoHost>
{
    [Theory]
    [InlineData("{\"now\":\"2026-12-23T09:59:59Z\"}")]
    [InlineData("{\"now\":\"2026-12-24T10:00:00\"}")]
    [InlineData("{\"now\":\"tomorrow\"}")]
    [InlineData("{\"to\":\"yesterday\"}")]
    [InlineData("{\"now\":\"2026-12-24T10:00:00Z\",\"to\":\"nextWake\"}")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("null")]
    [InlineData("{\"now\":null}")]
    [InlineData("{\"to\":null}")]
    [InlineData("{\"x\":null}")]
    [InlineData("{\"now\":\"\\ud800\"}")]
    [InlineData("")]
    public async Task A_move_that_is_none_is_invalid_and_moves_nothing(string body)
    {
        using var content = new StringContent(body);
        using var response = await demo.Host.Client.PostAsync("/api/clock", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(
            "invalid",
            (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()
        );
        Assert.Equal(DemoHost.Raised, (await demo.Host.GetAsync("/api/clock")).GetProperty("now").GetString());
    }
}
