using System.Reflection;
using Escalation.Core.Cases;
using Escalation.Web.Wording;

namespace Escalation.Web.Tests.Wording;

/// <summary>A code is for programs: people read why.</summary>
public sealed class MailWordsTests
{
    public static TheoryData<string> OfRecipients => Codes(typeof(RecipientFaults));

    public static TheoryData<string> OfTheInstallation => Codes(typeof(MailFaults));

    [Theory]
    [MemberData(nameof(OfRecipients))]
    public void Why_an_email_did_not_arrive_is_said_in_words(string code) =>
        Assert.DoesNotContain(code, MailWords.NotDelivered(code), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(OfTheInstallation))]
    public void Why_the_installation_cannot_send_is_said_in_words(string code) =>
        Assert.DoesNotContain($"the fault {code}", MailWords.Because(code), StringComparison.Ordinal);

    private static TheoryData<string> Codes(Type of) =>
        [
            .. of.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Where(f => f.IsLiteral)
                .Select(f => (string)f.GetRawConstantValue()!),
        ];
}
