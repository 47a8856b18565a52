using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Escalation.Core.Cases;

namespace Escalation.Bench.Demo;

/// <summary>An intake form as it would arrive, with the two digests that the web surface adds.</summary>
internal sealed record DemoForm(OpenCase Open, string SimilarityKey)
{
    /// <summary>The same number gives the same form.</summary>
    public static DemoForm Make(int number)
    {
        var raising = DemoDirectory.Raising[number % DemoDirectory.Raising.Count];
        var receiving = DemoDirectory.Receiving[number % DemoDirectory.Receiving.Count];
        var open = new OpenCase
        {
            Reference = "",
            IntakeKey = Digest($"key {number}"),
            Actor = "intake",
            Person = new Person(
                "child",
                $"Person {number}",
                new DateOnly(2015, 1, 1).AddDays(number % 3000),
                $"{number} Long Lane, Anytown, AN1 2YZ"
            ),
            RaisedBy = new IntakePerson(
                raising,
                null,
                "Raiser of Concerns",
                "Designated safeguarding lead",
                $"raiser@{raising}.example",
                Text($"R-{number}"),
                null
            ),
            ReceivedBy =
            [
                new IntakePerson(
                    receiving,
                    null,
                    "Receiver of Concerns",
                    "Social worker",
                    $"receiver@{receiving}.example",
                    Text($"C-{number}"),
                    null
                ),
            ],
            Nature = ["assessment", "driftOrDelay"],
            Concern = "The assessment was closed although the home conditions it was opened for have not changed.",
            Details = string.Concat(
                Enumerable.Repeat(
                    "We asked for the reasons on three occasions and were told that the threshold is not met. ",
                    6
                )
            ),
            OutcomeSought = "A joint visit within the week, and the assessment reopened.",
            Fields = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["levelOfNeed"] = "earlyHelp",
                ["perceivedLevelOfNeed"] = "childInNeed",
            },
        };
        return new DemoForm(open, Digest($"likeness {number}"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
