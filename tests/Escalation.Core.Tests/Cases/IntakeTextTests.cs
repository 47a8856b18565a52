using Escalation.Core.Cases;
using Escalation.Core.Notices;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Cases;

/// <summary>Each text of intake, whatever it asks: a text that is added is held by these without a line more.</summary>
public sealed class IntakeTextTests
{
    public static TheoryData<string> Ids => [.. IntakeText.All.Select(t => t.Id)];

    [Fact]
    public void Every_text_that_an_opening_has_is_in_the_catalogue_under_its_own_name()
    {
        var names = typeof(IntakeTexts)
            .GetProperties()
            .Where(p => p.PropertyType == typeof(string))
            .Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]);
        Assert.Equal(
            names.Order(StringComparer.Ordinal),
            IntakeText.All.Select(t => t.Id).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_is_written_and_read_as_itself_and_no_other(string id)
    {
        var empty = IntakeText.Fill(Sample.Opening("sandwell"), _ => null);
        var filled = IntakeText.Fill(empty, asked => asked == id ? "What was said" : null);
        foreach (var text in IntakeText.All)
            Assert.Equal(text.Id == id ? "What was said" : null, text.Of(filled));
        Assert.Equal(filled, IntakeText.Copy(filled, empty));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_may_be_as_long_as_it_says_and_has_lines_where_its_form_shows_several(string id)
    {
        var asked = IntakeText.All.Single(t => t.Id == id);
        Assert.Empty(FaultsOf(asked, new string('x', asked.Most)));
        Assert.Equal([FaultCode.TooLong], FaultsOf(asked, new string('x', asked.Most + 1)));
        Assert.Equal(asked.Rows > 0 ? [] : [FaultCode.ControlCharacter], FaultsOf(asked, "One line\nand another"));
        Assert.Equal(asked.IsRequired ? [FaultCode.Required] : [], FaultsOf(asked, null));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void It_is_printed_on_the_form_of_a_procedure_of_ones_own(string id)
    {
        var asked = IntakeText.All.Single(t => t.Id == id);
        Assert.Contains(
            RecordForms.For(OwnDocument.Read(OwnDocument.OfEssex())).Single().Sections.SelectMany(s => s.Lines),
            line => line.Shows.Contains(asked == IntakeText.NatureOther ? "nature" : asked.Id)
        );
    }

    private static IEnumerable<FaultCode> FaultsOf(IntakeText asked, string? said)
    {
        var opening = (OpenCase)asked.With(Sample.Opening("sandwell"), said);
        var decision = Decisions.Open(opening, "", Sample.Rules("sandwell"), UkTime.At("2026-10-12 09:00"));
        return decision is Decision.Refused { Why.Errors: { } errors } ? errors[asked.Id].Select(f => f.Code) : [];
    }
}
