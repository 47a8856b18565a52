using System.Runtime.CompilerServices;
using Escalation.Core.Cases;
using Escalation.Testing;
using Escalation.Web.Tests.Emails;

namespace Escalation.Web.Tests.Browsing;

/// <summary>
/// What the pages say of cases that live through what can happen, at each step, word for word: the files in <c>CaseTexts</c>. With
/// <c>PAGES_WRITE=1</c> in the environment the files are written instead of compared.
/// </summary>
public sealed class CasePageTextsTests
{
    private const string Wednesday = "2026-12-23T10:00:00Z",
        Monday = "2026-10-12T09:00:00Z";

    [Fact]
    public Task An_agreement_is_confirmed_and_what_follows_is_done_or_overdue() =>
        HoldsAsync("confirmed", "sandwell", Wednesday, CaseLives.FullIntake, CaseLives.ConfirmedAsync);

    [Fact]
    public Task A_case_is_held_goes_on_gets_a_response_and_is_decided() =>
        HoldsAsync("held-and-decided", "suffolk", Monday, CaseLives.OnAPlan, CaseLives.HeldAsync);

    [Fact]
    public Task An_agreement_is_disputed_and_of_two_late_answers_one_is_adopted() =>
        HoldsAsync("disputed-and-adopted", "suffolk", Monday, null, CaseLives.DisputedAsync);

    [Fact]
    public Task An_agreement_is_never_confirmed_under_imminent_risk_and_the_concern_is_withdrawn() =>
        HoldsAsync("never-confirmed", "sandwell", Wednesday, null, CaseLives.NeverConfirmedAsync);

    [Fact]
    public Task Nobody_answers_an_urgent_concern_and_it_is_decided_late() =>
        HoldsAsync("urgent-and-missed", "sandwell", Wednesday, CaseLives.Urgent, CaseLives.MissedAsync);

    [Fact]
    public Task The_other_agency_confirms_what_the_raising_one_recorded() =>
        HoldsAsync("raiser-recorded", "surrey-adults", Monday, null, CaseLives.OtherConfirmsAsync);

    [Fact]
    public Task Who_raised_it_no_longer_disagrees() =>
        HoldsAsync("no-longer-disagrees", "surrey-adults", Monday, null, CaseLives.NoLongerDisagreesAsync);

    [Fact]
    public Task A_meeting_under_an_independent_chair_decides() =>
        HoldsAsync("chair-decides", "sefton", Monday, CaseLives.WithLevelOfNeed, CaseLives.ChairAsync);

    [Fact]
    public Task A_shared_risk_is_registered() =>
        HoldsAsync("risk-registered", "surrey-adults-risk", Monday, null, CaseLives.RiskAsync);

    [Fact]
    public Task A_stage_has_no_limit_of_its_own() =>
        HoldsAsync("no-limit", "berkshire-west", Monday, null, CaseLives.NoLimitAsync);

    [Fact]
    public Task Stages_are_skipped_and_a_day_becomes_a_closure() =>
        HoldsAsync("skipped-and-amended", "suffolk", Monday, null, CaseLives.SkippedAsync);

    [Fact]
    public Task Emails_fail_people_are_away_or_leave_and_the_installation_stands_still() =>
        HoldsAsync("emails-and-health", "sandwell", Wednesday, CaseLives.WithStrangers, CaseLives.FailingAsync);

    private static async Task HoldsAsync(
        string name,
        string policy,
        string now,
        Func<OpenCase, OpenCase>? change,
        Func<PageDiary, Task> life
    )
    {
        var (world, post, document) = await Lives.StartAsync(policy, now, change);
        await using var w = world;
        await using var diary = await PageDiary.StartAsync(world, post, document.Case);
        await life(diary);
        var file = Path.Combine(Here(), "CaseTexts", $"{name}.txt");
        var different = KeptWords.Difference(file, diary.Text, "PAGES_WRITE");
        Assert.True(different is null, different);
    }

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
