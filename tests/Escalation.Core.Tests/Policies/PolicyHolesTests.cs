using System.Text;
using Escalation.Core.Policies;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Policies;

/// <summary>Nothing where something belongs, at every place of every built-in document.</summary>
public sealed class PolicyHolesTests
{
    public static TheoryData<string> Policies { get; } = [.. Sample.Policies];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Nothing_anywhere_in_a_document_is_a_fault_that_is_told_or_taken_as_absent(string policy)
    {
        var faulty = 0;
        foreach (var text in JsonHoles.In(OwnDocument.Node(policy)))
        {
            var reading = OwnPolicyDocument.Read("own", Encoding.UTF8.GetBytes(text));
            Assert.Equal(reading.Policy is null, reading.Errors.Count > 0);
            faulty += reading.Policy is null ? 1 : 0;
        }
        Assert.True(faulty > 200);
    }
}
