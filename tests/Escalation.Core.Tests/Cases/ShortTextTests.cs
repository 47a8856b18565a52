using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>Names, roles and numbers are of one line: they come to stand in subjects, headers and tables.</summary>
public sealed class ShortTextTests
{
    private const string TwoLines = "A name\r\nBcc: somebody@example.org";

    public static TheoryData<string, Func<OpenCase, OpenCase>> OfForms { get; } =
        new()
        {
            { "raisedBy.name", o => o with { RaisedBy = o.RaisedBy! with { Name = TwoLines } } },
            { "raisedBy.role", o => o with { RaisedBy = o.RaisedBy! with { Role = TwoLines } } },
            { "raisedBy.caseNumber", o => o with { RaisedBy = o.RaisedBy! with { CaseNumber = TwoLines } } },
            { "raisedBy.email", o => o with { RaisedBy = o.RaisedBy! with { Email = TwoLines } } },
            { "receivedBy.name", o => o with { ReceivedBy = [o.ReceivedBy[0] with { Name = TwoLines }] } },
            { "receivedBy.role", o => o with { ReceivedBy = [o.ReceivedBy[0] with { Role = TwoLines }] } },
            {
                "receivedBy.agencyName",
                o => o with { ReceivedBy = [o.ReceivedBy[0] with { Agency = Party.Other, AgencyName = TwoLines }] }
            },
            { "natureOther", o => o with { NatureOther = TwoLines } },
            { "supporting[0]", o => o with { Supporting = [TwoLines] } },
            { "others[0].name", o => o with { Others = [new OtherPerson(TwoLines, null, null)] } },
            { "others[0].role", o => o with { Others = [new OtherPerson("A name", TwoLines, null)] } },
            { "others[0].agency", o => o with { Others = [new OtherPerson("A name", null, TwoLines)] } },
        };

    public static TheoryData<string, Func<CaseStory, CaseCommand>> OfCommands { get; } =
        new()
        {
            { "by.name", _ => Commands.Note(Sample.Raising) with { By = new Speaker(Sample.Raising, TwoLines, null) } },
            {
                "by.role",
                _ => Commands.Note(Sample.Raising) with { By = new Speaker(Sample.Raising, "A name", TwoLines) }
            },
            { "recordKeeper", story => Outcome(story) with { RecordKeeper = TwoLines } },
            { "chair.name", story => Outcome(story) with { Chair = new Speaker("A trust", TwoLines, null) } },
            { "chair.role", story => Outcome(story) with { Chair = new Speaker("A trust", "A name", TwoLines) } },
            { "chair.agency", story => Outcome(story) with { Chair = new Speaker(TwoLines, "A name", null) } },
        };

    [Theory]
    [MemberData(nameof(OfForms))]
    public void A_short_text_of_an_intake_form_has_no_line_breaks(string field, Func<OpenCase, OpenCase> change)
    {
        var (form, now) = (change(Sample.Opening("suffolk")), UkTime.At("2026-10-12 09:00"));
        var refused = Assert.IsType<Decision.Refused>(Decisions.Open(form, "", Sample.Rules("suffolk"), now));
        Assert.Contains(refused.Why.Errors![field], f => f.Code == FaultCode.ControlCharacter);
    }

    [Theory]
    [MemberData(nameof(OfCommands))]
    public void A_short_text_of_a_command_has_no_line_breaks(string field, Func<CaseStory, CaseCommand> command)
    {
        var story = CaseStory.Open("suffolk", "2026-10-12 09:00");
        Assert.Equal(Codes.Invalid, story.Do(command(story)));
        Assert.Contains(story.Refused!.Errors![field], f => f.Code == FaultCode.ControlCharacter);
    }

    private static RecordOutcome Outcome(CaseStory story) =>
        Commands.Outcome(story.Rules.Policy, story.Case, Outcomes.Resolved, Sample.Raising, UkTime.DayOf(story.Now));
}
