using Escalation.Core.Cases;
using Escalation.Core.Storage;

namespace Escalation.Core.Tests.Storage;

public sealed class DigestTests
{
    private static readonly byte[] Salt = new byte[EventChain.SaltLength];
    private static readonly Confirm Command = new("Agreed.")
    {
        Id = "one",
        Actor = "key:a",
        Stage = "1",
        By = new Speaker("oak-primary", "A Person", null),
    };
    private static readonly OpenCase Opening = new()
    {
        Reference = "",
        IntakeKey = "k",
        Actor = "intake",
        Person = null,
        RaisedBy = null,
        Details = "Details.",
    };

    [Fact]
    public void Command_digest_is_of_what_is_said_not_of_its_id_or_sender()
    {
        Assert.Equal(
            EventChain.Digest(Salt, Command),
            EventChain.Digest(Salt, Command with { Id = "two", Actor = "key:b" })
        );
        Assert.NotEqual(
            EventChain.Digest(Salt, Command),
            EventChain.Digest(Salt, Command with { Text = "Not agreed." })
        );
    }

    [Fact]
    public void Opening_digest_is_of_what_the_form_says_not_of_what_the_host_adds()
    {
        Assert.Equal(
            EventChain.Digest(Salt, Opening),
            EventChain.Digest(
                Salt,
                Opening with
                {
                    Reference = "SAN-0000-0000",
                    IntakeKey = "l",
                    PossibleDuplicates = ["SAN-1111-1111"],
                }
            )
        );
        Assert.NotEqual(
            EventChain.Digest(Salt, Opening),
            EventChain.Digest(Salt, Opening with { Details = "Other details." })
        );
    }
}
