using System.Net;
using Escalation.Core.Policies;
using Escalation.Web.Tests.Hosting;
using Escalation.Web.Tests.Tracking;
using static Escalation.Web.Tests.Raising.RaiseAnswers;

namespace Escalation.Web.Tests.Raising;

/// <summary>The steps of raising a concern in one browser: each is a page that can be reloaded and gone back to.</summary>
public sealed class RaiseStepTests : RaiseSite
{
    private static readonly Policy Sandwell = PolicyCatalogue.BuiltIn.Find("sandwell")!;

    [Fact]
    public async Task Every_step_can_be_loaded_again_and_gone_back_to_with_everything_that_was_typed()
    {
        var check = await CheckAsync(Everything(await FormAsync("sandwell"), Sandwell), "sandwell");
        var details = new Filled(check)["details"];
        Assert.NotEqual("", details);

        var again = await Staff.SeeAsync("/raise/sandwell?step=check");
        Assert.Equal("Raise a concern: check your answers - Escalation", again.Html.Title);
        var form = await Staff.SeeAsync("/raise/sandwell?step=answered");
        Assert.Equal((HttpStatusCode.OK, details), (form.Status, new Filled(form)["details"]));
        var questions = await Staff.SeeAsync("/raise/sandwell");
        Assert.Equal("no", new Filled(questions)["imminentRisk"]);
        Assert.Contains("What you typed here before is still in the form.", questions.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "What you typed here before",
            (await Staff.SeeAsync("/raise/sandwell?step=new")).Text,
            StringComparison.Ordinal
        );
        Assert.Empty((await Staff.GetJsonAsync("/api/escalations?status=all")).Json["items"]!.AsArray());
    }

    [Theory]
    [InlineData("open")]
    [InlineData("open%20")]
    [InlineData("%E2%80%8Bopen")]
    [InlineData("+open+")]
    public async Task To_load_a_step_opens_no_case_whatever_it_is_called(string step)
    {
        await CheckAsync(Everything(await FormAsync("sandwell"), Sandwell), "sandwell");
        var page = await Staff.SeeAsync($"/raise/sandwell?step={step}");
        Assert.Equal("Raise a concern: check your answers - Escalation", page.Html.Title);
        Assert.Empty((await Staff.GetJsonAsync("/api/escalations?status=all")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task The_first_questions_that_were_answered_before_say_so()
    {
        await FormAsync("sandwell");
        var again = await Staff.SeeAsync("/raise/sandwell");
        Assert.Equal("no", new Filled(again)["imminentRisk"]);
        Assert.Contains("What you typed here before is still in the form.", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_case_was_opened_the_next_concern_starts_with_an_empty_form()
    {
        var check = await CheckAsync(Everything(await FormAsync("sandwell"), Sandwell), "sandwell");
        await OpenAsync(check, "sandwell");
        var next = await Staff.SeeAsync("/raise/sandwell");
        Assert.DoesNotContain("What you typed here before", next.Text, StringComparison.Ordinal);
        Assert.Equal("", new Filled(next)["imminentRisk"]);
    }
}
