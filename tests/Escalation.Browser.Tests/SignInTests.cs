using Escalation.Browser.Tests.Driving;

namespace Escalation.Browser.Tests;

public sealed class SignInTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Signing_in_leads_to_the_page_that_was_asked_for_and_out_again(bool script)
    {
        await using var site = await Site.StartAsync("2026-12-23T10:00:00Z");
        await using var visitor = await Chromium.VisitAsync(site, Sight.Phone with { Script = script });
        await visitor.OpenAsync("/");
        Assert.Equal("Sign in", await visitor.HeadingAsync());
        if (script)
            await visitor.SoundAsync("sign-in");
        await visitor.PressAsync("Sign in");
        if (script)
            await visitor.SoundAsync("sign-in");
        Assert.StartsWith("Error: ", await visitor.Page.TitleAsync(), StringComparison.Ordinal);
        await visitor.SignInAsync();
        await visitor.PressAsync("Sign out");
        Assert.Equal("Sign in", await visitor.HeadingAsync());
    }
}
