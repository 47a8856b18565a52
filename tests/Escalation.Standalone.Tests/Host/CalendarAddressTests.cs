using System.Text;
using Escalation.Core.Calendars;
using Escalation.Standalone.Commands;
using Escalation.Standalone.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Escalation.Standalone.Tests.Host;

/// <summary>A bank holiday feed from an address, as gov.uk's is.</summary>
public sealed class CalendarAddressTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication _site = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _site = builder.Build();
        _site.MapGet("/feed/{size:int}", (int size) => Results.Bytes(Padded(size), "application/json"));
        _site.MapGet("/gone", () => Results.StatusCode(410));
        await _site.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/feed/1", null)]
    [InlineData("/feed/4194304", null)]
    [InlineData("/feed/4194305", "cannot be read")]
    [InlineData("/gone", "cannot be read")]
    [InlineData("/nothing", "cannot be read")]
    public async Task It_is_read_up_to_four_mebibytes_and_what_is_not_to_be_had_is_said(string path, string? fault)
    {
        var address = _site.Urls.First() + path;
        var (code, output, errors) = await RunAsync(address);

        Assert.Equal(fault is null ? 0 : 1, code);
        if (fault is null)
            Assert.Contains(": 0 added, 0 removed, ", output, StringComparison.Ordinal);
        else
            Assert.StartsWith($"{address} {fault}: ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP://127.0.0.1:1/feed")]
    [InlineData("http://")]
    public async Task An_address_that_leads_nowhere_is_no_file(string address)
    {
        var (code, _, errors) = await RunAsync(address);

        Assert.Equal(1, code);
        Assert.StartsWith($"{address} cannot be read: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Could not find", errors, StringComparison.Ordinal);
    }

    /// <summary>The built-in feed, with blanks at its end where it is to be longer.</summary>
    private static byte[] Padded(int size)
    {
        var feed = Encoding.UTF8.GetBytes(CalendarEdition.BuiltIn.ToJson());
        return [.. feed, .. Enumerable.Repeat((byte)' ', Math.Max(0, size - feed.Length))];
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string address)
    {
        using StringWriter output = new(),
            errors = new();
        string[] args = ["calendar", "refresh", address, "--data", _folder["data"]];
        var code = await CommandLine.RunAsync(args, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
